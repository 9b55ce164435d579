#include "schema/sqlite_statement.hpp"

#include "dialect/lexicon.hpp"
#include "schema/sqlite_text.hpp"

#include <fmt/format.h>

namespace retort::sqlite_statement {

using namespace sqlite_text;

namespace {

bool is_name(const TextToken& token) {
  return token.kind == TokenKind::word || token.kind == TokenKind::quoted_identifier || token.kind == TokenKind::string;
}

} // namespace

std::string trimmed(std::string_view statement) { return std::string(written(tokens(statement))); }

std::string create_table(std::string_view statement, std::string_view name) {
  const std::vector<TextToken> all = tokens(statement);
  TextCursor cursor(all);
  cursor.accept("CREATE");
  cursor.accept("VIRTUAL");
  cursor.accept("TABLE");
  cursor.accept("IF NOT EXISTS");
  const std::size_t named_at = all.size() - cursor.rest().size();
  const std::string old_name = cursor.name();
  std::string out;
  std::size_t done = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    // A CHECK can say `orders.total`.
    const bool qualifies = i > named_at && is_name(all[i]) && i + 1 < all.size() && is_punctuation(all[i + 1], ".") &&
                           same_word(unquoted(all[i].text), old_name);
    if (i == named_at || qualifies) {
      const auto at = static_cast<std::size_t>(all[i].text.data() - statement.data());
      out += statement.substr(done, at - done);
      out += name;
      done = at + all[i].text.size();
    }
  }
  const auto end = static_cast<std::size_t>(all.back().text.data() - statement.data()) + all.back().text.size();
  out += statement.substr(done, end - done);
  return out;
}

std::set<std::string> names(std::string_view text) {
  std::set<std::string> found;
  for (const TextToken& token : tokens(text)) {
    if (is_name(token)) {
      found.insert(in_small_letters(unquoted(token.text)));
    }
  }
  return found;
}

std::set<std::string> double_quoted(std::string_view text) {
  std::set<std::string> found;
  for (const TextToken& token : tokens(text)) {
    if (token.kind == TokenKind::quoted_identifier && token.text.front() == '"') {
      found.insert(in_small_letters(unquoted(token.text)));
    }
  }
  return found;
}

std::string spare_name(std::string_view prefix, std::string_view name,
                       const std::function<bool(const std::string&)>& is_taken) {
  const std::string own = unquoted(name);
  std::string spare = fmt::format("{}{}", prefix, own);
  for (int number = 2; is_taken(in_small_letters(spare)); ++number) {
    spare = fmt::format("{}{}_{}", prefix, number, own);
  }
  return spelled(spare);
}

std::string list(const std::vector<std::string>& items) {
  constexpr std::size_t width = 100;
  std::string out;
  std::size_t column = 0;
  for (const std::string& item : items) {
    if (column > 0) {
      const bool is_full = column + item.size() > width;
      out += is_full ? ",\n  " : ", ";
      column = is_full ? 2 : column + 2;
    }
    out += item;
    column += item.size();
  }
  return out;
}

} // namespace retort::sqlite_statement
