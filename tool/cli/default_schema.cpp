#include "cli/default_schema.hpp"

#include "revision/lexer.hpp"

#include <string_view>

namespace retort {
namespace {

constexpr std::string_view schema = "public";

std::string folded(std::string_view word) {
  std::string text(word);
  if (text.size() > 1 && text.front() == '"') {
    return text.substr(1, text.size() - 2);
  }
  for (char& c : text) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return text;
}

bool is_name(const Token& token) { return token.kind == TokenKind::word || token.kind == TokenKind::quoted_identifier; }

struct Tokens {
  std::string_view text;
  std::vector<Token> all;

  std::string_view at(std::size_t i) const {
    return i < all.size() ? text.substr(all[i].offset, all[i].length) : std::string_view();
  }
  /// Whether `public .` begins there.
  bool names_public(std::size_t i) const {
    return is_name(all[i]) && folded(at(i)) == schema && at(i + 1) == "." && (i == 0 || at(i - 1) != ".");
  }
  /// Whether it is `'public.x'` that is cast to regclass or the like.
  bool holds_public(std::size_t i) const {
    return all[i].kind == TokenKind::string && at(i).starts_with("'public.") && at(i + 1) == "::" &&
           folded(at(i + 2)).starts_with("reg");
  }
};

Tokens tokens_of(const Source& source, std::size_t begin, std::size_t end) {
  Diagnostics known; // from when it was compiled
  Lexer lexer(source, begin, end, lexicon(Dialect::postgresql), known);
  Tokens tokens{source.text(), {}};
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    tokens.all.push_back(token);
  }
  return tokens;
}

void add_names(const Tokens& tokens, WrittenNames& names) {
  constexpr std::string_view quoted = "'public.";
  for (std::size_t i = 0; i < tokens.all.size(); ++i) {
    if (tokens.names_public(i)) {
      names.with_public.insert(folded(tokens.at(i + 2)));
      i += 2;
    } else if (tokens.all[i].kind == TokenKind::string && tokens.at(i).starts_with(quoted)) {
      const std::string_view name = tokens.at(i).substr(quoted.size());
      names.with_public.insert(folded(name.substr(0, name.size() - 1)));
    } else if (is_name(tokens.all[i])) {
      names.bare.insert(folded(tokens.at(i)));
    }
  }
}

std::string without_public(const std::string& sql) {
  const Source source("", sql);
  const Tokens tokens = tokens_of(source, 0, sql.size());
  std::string text;
  std::size_t from = 0;
  const auto leave_out = [&](std::size_t begin, std::size_t end) {
    text += sql.substr(from, begin - from);
    from = end;
  };
  for (std::size_t i = 0; i < tokens.all.size(); ++i) {
    const std::size_t at = tokens.all[i].offset;
    if (tokens.names_public(i)) {
      leave_out(at, tokens.all[i + 1].offset + 1);
    } else if (tokens.holds_public(i)) {
      leave_out(at + 1, at + 2 + schema.size());
    }
  }
  return text + sql.substr(from);
}

} // namespace

WrittenNames written_names(const History& history, const std::vector<Index>& revisions) {
  WrittenNames names;
  for (const Index index : revisions) {
    for (const Unit& unit : history[index].up.units) {
      for (const Unit::Piece& piece : unit.pieces) {
        const std::size_t begin = piece.statement.offset;
        add_names(tokens_of(*piece.source, begin, begin + piece.statement.length), names);
      }
    }
  }
  return names;
}

void add_names(const Source& source, WrittenNames& names) {
  add_names(tokens_of(source, 0, source.text().size()), names);
}

WrittenNames written_names(const SchemaChange& change) {
  WrittenNames names;
  for (const SchemaChange::Step& step : change.steps) {
    add_names(Source("", step.sql), names);
  }
  return names;
}

SchemaChange without_public(SchemaChange change) {
  for (SchemaChange::Step& step : change.steps) {
    step.sql = without_public(step.sql);
  }
  return change;
}

} // namespace retort
