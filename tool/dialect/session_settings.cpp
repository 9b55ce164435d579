#include "dialect/session_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace retort {
namespace {

struct Pragma {
  std::string_view name;
  std::string_view initial;
};

/// PRAGMAs that outlive a transaction, can change what later statements do, and have a fixed initial value
/// (https://sqlite.org/pragma.html).
constexpr std::array<Pragma, 9> connection_pragmas = {{{"case_sensitive_like", "OFF"},
                                                       {"defer_foreign_keys", "OFF"},
                                                       {"foreign_keys", "OFF"},
                                                       {"ignore_check_constraints", "OFF"},
                                                       {"legacy_alter_table", "OFF"},
                                                       {"query_only", "OFF"},
                                                       {"recursive_triggers", "OFF"},
                                                       {"reverse_unordered_selects", "OFF"},
                                                       {"writable_schema", "RESET"}}};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return out;
}

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

} // namespace

const std::vector<std::string>& session_settings(Dialect dialect) {
  static const std::vector<std::string> none;
  static const std::vector<std::string> postgresql = {"SET client_encoding = 'UTF8'",
                                                      "SET standard_conforming_strings = on"};
  return dialect == Dialect::sqlite ? none : postgresql;
}

std::vector<std::string> statement_reset(Dialect dialect, std::string_view statement) {
  constexpr std::string_view keyword = "pragma";
  // A PRAGMA is short; a statement of megabytes is none.
  const std::string text = lower(statement.substr(0, 200));
  if (dialect != Dialect::sqlite || !text.starts_with(keyword)) {
    return {};
  }
  for (const Pragma& pragma : connection_pragmas) {
    const std::size_t found = text.find(pragma.name, keyword.size());
    const std::size_t end = found + pragma.name.size();
    if (found != std::string::npos && !is_name(text[found - 1]) && (end == text.size() || !is_name(text[end]))) {
      return {fmt::format("PRAGMA {} = {}", pragma.name, pragma.initial)};
    }
  }
  return {};
}

std::span<const std::string_view> session_pragmas() {
  static constexpr std::array<std::string_view, 7> names = {
      "defer_foreign_keys", "foreign_keys",       "ignore_check_constraints", "legacy_alter_table",
      "query_only",         "recursive_triggers", "reverse_unordered_selects"};
  return names;
}

const std::vector<std::string>& session_reset(Dialect dialect) {
  static const std::vector<std::string> none;
  static const std::vector<std::string> postgresql = {
      "RESET SESSION AUTHORIZATION",
      "RESET ROLE",
      "RESET ALL",
      "DISCARD TEMP",
      "DEALLOCATE ALL",
      "CLOSE ALL",
      "UNLISTEN *",
  };
  return dialect == Dialect::sqlite ? none : postgresql;
}

} // namespace retort
