#include "schema/sqlite_virtual_table.hpp"

#include "dialect/lexicon.hpp"
#include "schema/sqlite_text.hpp"

#include <fmt/format.h>

#include <optional>

namespace retort::sqlite_virtual_table {

using namespace sqlite_text;

namespace {

bool is_module(const Object& table, std::string_view module) {
  const std::vector<TextToken> all = tokens(table.value("using"));
  return !all.empty() && same_word(unquoted(all.front().text), module);
}

/// What stands behind `option =`.
std::optional<std::string> option(const Object& table, std::string_view option) {
  const std::vector<TextToken> all = tokens(table.value("using"));
  for (std::size_t i = 0; i + 2 < all.size(); ++i) {
    if (is_keyword(all[i], option) && is_punctuation(all[i + 1], "=")) {
      return unquoted(all[i + 2].text);
    }
  }
  return {};
}

/// What stands between the first parentheses, in one form.
std::string columns_of(std::string_view sql) {
  const std::vector<TextToken> all = tokens(sql);
  TextCursor cursor(all);
  while (!cursor.at_end() && !is_punctuation(cursor.peek(), "(")) {
    cursor.next();
  }
  return canonical(cursor.parenthesised(), DoubleQuotes::name);
}

/// FTS3 makes it when it first needs it.
bool is_statistics_of_fts3(std::string_view sql) { return columns_of(sql) == "id INTEGER PRIMARY KEY, value BLOB"; }

} // namespace

bool is_virtual(const Object& table) { return !table.value("using").empty(); }

std::string indexed_content(const Object& table) { return option(table, "content").value_or(""); }

std::vector<std::string> indexed_columns(const Object& table) {
  const std::vector<TextToken> all = tokens(table.value("using"));
  TextCursor cursor(all);
  cursor.next();
  const TextTokens arguments = cursor.parenthesised();
  std::vector<std::string> columns;
  for (TextCursor rest(arguments); !rest.at_end();) {
    const TextTokens argument = rest.element();
    if (argument.size() == 1 || (argument.size() > 1 && !is_punctuation(argument[1], "="))) {
      columns.push_back(unquoted(argument.front().text));
    }
  }
  return columns;
}

bool keeps_in(const Object& table, std::string_view name, std::string_view sql) {
  const std::string word = in_small_letters(std::string(name));
  const std::string prefix = in_small_letters(fmt::format("{}_", unquoted(table.name)));
  if (!is_virtual(table) || !word.starts_with(prefix)) {
    return false;
  }
  const std::string_view part = std::string_view(word).substr(prefix.size());
  if (is_module(table, "fts3")) {
    return part != "docsize" && (part != "stat" || is_statistics_of_fts3(sql));
  }
  if (is_module(table, "fts4")) {
    return (part != "content" || !option(table, "content")) && (part != "docsize" || !option(table, "matchinfo"));
  }
  if (is_module(table, "fts5")) {
    return (part != "content" || !option(table, "content") || option(table, "contentless_unindexed") == "1") &&
           (part != "docsize" || option(table, "columnsize") != "0");
  }
  return true;
}

} // namespace retort::sqlite_virtual_table
