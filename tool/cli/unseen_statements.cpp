#include "cli/unseen_statements.hpp"

#include "revision/lexer.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace retort {
namespace {

/// What a schema has, or what leaves nothing behind. Whatever is not here counts as unseen.
constexpr std::array<std::string_view, 9> seen = {
    "CREATE [OR REPLACE] [GLOBAL|LOCAL] [TEMP|TEMPORARY|UNLOGGED|VIRTUAL] TABLE|VIEW|SEQUENCE|TRIGGER",
    "CREATE [UNIQUE] INDEX",
    "CREATE [OR REPLACE] [TEMP|TEMPORARY] [MATERIALIZED|RECURSIVE] VIEW",
    "CREATE [OR REPLACE] [CONSTRAINT] TRIGGER|FUNCTION|PROCEDURE",
    "CREATE TYPE|DOMAIN|EXTENSION|SCHEMA|POLICY",
    "DROP [MATERIALIZED] "
    "TABLE|INDEX|VIEW|SEQUENCE|TRIGGER|FUNCTION|PROCEDURE|ROUTINE|TYPE|DOMAIN|EXTENSION|SCHEMA|POLICY",
    "ALTER [MATERIALIZED] "
    "TABLE|INDEX|VIEW|SEQUENCE|TRIGGER|FUNCTION|PROCEDURE|ROUTINE|TYPE|DOMAIN|EXTENSION|SCHEMA|POLICY",
    "COMMENT ON",
    "ANALYZE|VACUUM|REINDEX|SET|RESET|EXPLAIN|LOCK|CHECKPOINT|DISCARD",
};

/// Of the above, what does more than that.
constexpr std::array<std::string_view, 2> unseen = {
    "CREATE [GLOBAL|LOCAL] [TEMP|TEMPORARY|UNLOGGED] TABLE ... AS",
    "ALTER ... OWNER TO",
};

/// The tokens outside of all parentheses.
std::vector<std::string_view> outer_tokens(const Source& source, const Statement& statement, Dialect dialect) {
  Diagnostics known; // from when it was compiled
  Lexer lexer(source, statement.offset, statement.offset + statement.length, lexicon(dialect), known);
  std::vector<std::string_view> texts;
  int depth = 0;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    const std::string_view text = lexer.text_of(token);
    depth -= text == ")" ? 1 : 0;
    if (depth == 0 && text != ")" && text != "(" && token.kind != TokenKind::hint) {
      texts.push_back(text);
    }
    depth += text == "(" ? 1 : 0;
  }
  return texts;
}

bool is_seen(const Source& source, const Statement& statement, Dialect dialect) {
  const std::vector<std::string_view> tokens = outer_tokens(source, statement, dialect);
  const auto matches = [&](std::string_view pattern) { return match(pattern, tokens).has_value(); };
  return statement.kind == StatementKind::foreign_keys ||
         (std::ranges::any_of(seen, matches) && std::ranges::none_of(unseen, matches));
}

} // namespace

std::vector<UnseenStatement> unseen_statements(const History& history, const std::vector<Index>& revisions,
                                               Dialect dialect) {
  std::vector<UnseenStatement> found;
  for (const Index index : revisions) {
    for (const Unit& unit : history[index].up.units) {
      for (const Unit::Piece& piece : unit.pieces) {
        if (!is_seen(*piece.source, piece.statement, dialect)) {
          found.push_back({index, unit.transactional, piece.source, piece.statement});
        }
      }
    }
  }
  return found;
}

} // namespace retort
