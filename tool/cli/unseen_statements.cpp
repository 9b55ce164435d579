#include "cli/unseen_statements.hpp"

#include "dialect/session_settings.hpp"
#include "revision/lexer.hpp"
#include "revision/line.hpp"

#include <algorithm>
#include <array>
#include <span>
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
    "ANALYZE|VACUUM|REINDEX|LOCK|CHECKPOINT|DISCARD",
};

/// Of the above, what does more than that.
constexpr std::array<std::string_view, 4> unseen = {
    "CREATE [GLOBAL|LOCAL] [TEMP|TEMPORARY|UNLOGGED] TABLE ... AS",
    "CREATE SCHEMA ... AUTHORIZATION",
    "ALTER ... OWNER TO",
    "ALTER SEQUENCE|TABLE ... RESTART",
};

constexpr std::string_view setting = "SET|RESET";

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

bool is_seen(std::span<const std::string_view> tokens) {
  const auto matches = [&](std::string_view pattern) { return match(pattern, tokens).has_value(); };
  return std::ranges::any_of(seen, matches) && std::ranges::none_of(unseen, matches);
}

void add(const Unit& unit, UnseenStatement found, Dialect dialect, std::vector<UnseenStatement>& all) {
  for (const Unit::Piece& piece : unit.pieces) {
    found.source = piece.source;
    found.statement = piece.statement;
    const std::vector<std::string_view> tokens = outer_tokens(*piece.source, piece.statement, dialect);
    const bool is_known = piece.statement.kind == StatementKind::foreign_keys;
    if (!is_known && (match(setting, tokens).has_value() || !statement_reset(dialect, found.text()).empty())) {
      found.role = UnseenStatement::Role::setting;
      all.push_back(found);
    } else if (!is_known && !is_seen(tokens)) {
      found.role = UnseenStatement::Role::effect;
      all.push_back(found);
    }
  }
}

} // namespace

std::string_view UnseenStatement::first_line() const { return trimmed(text().substr(0, text().find_first_of("\r\n"))); }

std::vector<UnseenStatement> unseen_statements(const History& history, const std::vector<Index>& revisions,
                                               Direction direction, Dialect dialect) {
  std::vector<Index> order = revisions;
  if (direction == Direction::down) {
    std::ranges::reverse(order);
  }
  std::vector<UnseenStatement> found;
  for (const Index index : order) {
    const Revision& revision = history[index];
    if (direction == Direction::down && !revision.down) {
      continue;
    }
    const std::vector<Unit>& units = (direction == Direction::up ? revision.up : *revision.down).units;
    for (std::size_t i = 0; i < units.size(); ++i) {
      const Unit& unit = units[i];
      add(unit, {index, i, UnseenStatement::Role::effect, unit.transactional, nullptr, {}}, dialect, found);
    }
  }
  return without_idle_settings(found);
}

std::vector<UnseenStatement> without_idle_settings(const std::vector<UnseenStatement>& statements) {
  std::vector<UnseenStatement> kept;
  const UnseenStatement* effect = nullptr;
  for (auto found = statements.rbegin(); found != statements.rend(); ++found) {
    if (found->role == UnseenStatement::Role::effect) {
      effect = &*found;
    }
    if (effect != nullptr && effect->revision == found->revision && effect->unit == found->unit) {
      kept.push_back(*found);
    }
  }
  std::ranges::reverse(kept);
  return kept;
}

bool changes_settings(const UnseenStatement& statement) {
  constexpr std::string_view function = "set_config";
  const std::string_view text = statement.text();
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  return statement.role == UnseenStatement::Role::setting ||
         std::search(text.begin(), text.end(), function.begin(), function.end(), same) != text.end();
}

} // namespace retort
