#include "session/url.hpp"

#include "text/diagnostic.hpp"

#include <algorithm>

namespace retort {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

bool is_keyword_string(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view key = text.substr(0, equals);
  return equals != std::string_view::npos && !key.empty() &&
         std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == ' '; });
}

/// `scheme://user@host:port/name` without the password and without parameters, which can hold one.
std::string display_uri(std::string_view uri) {
  const std::size_t authority = uri.find("://") + 3;
  const std::string_view rest = uri.substr(authority, uri.find_first_of("?#", authority) - authority);
  const std::size_t at = rest.rfind('@', rest.find('/'));
  if (at == std::string_view::npos) {
    return std::string(uri.substr(0, authority)) + std::string(rest);
  }
  const std::string_view user = rest.substr(0, std::min(rest.find(':'), at));
  return std::string(uri.substr(0, authority)) + std::string(user) + std::string(rest.substr(at));
}

/// The parts of a keyword string that are safe to show; values in quotes are not taken apart.
std::string display_keywords(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    for (const std::string_view safe : {"host=", "hostaddr=", "port=", "dbname=", "user=", "service="}) {
      if (word.starts_with(safe) && word.find('\'') == std::string_view::npos) {
        shown += shown.empty() ? "" : " ";
        shown += word;
      }
    }
  }
  return shown.empty() ? "postgresql" : shown;
}

} // namespace

std::string Url::display() const {
  if (dialect == Dialect::sqlite) {
    return std::string(sqlite_scheme) + target;
  }
  return target.find("://") != std::string::npos ? display_uri(target) : display_keywords(target);
}

Url parse_url(std::string_view text) {
  if (text.starts_with(sqlite_scheme) && text.size() > sqlite_scheme.size()) {
    const std::string_view file = text.substr(sqlite_scheme.size());
    // sqlite:///x is relative for SQLAlchemy and absolute for others: no guess.
    if (!file.starts_with("//")) {
      return {Dialect::sqlite, std::string(file)};
    }
  }
  if (text.starts_with("postgresql://") || text.starts_with("postgres://") || is_keyword_string(text)) {
    return {Dialect::postgresql, std::string(text)};
  }
  throw Failure(Exit::usage, {Severity::error,
                              "this is no database URL that Retort knows",
                              {},
                              {},
                              "write sqlite:file.db, sqlite:/absolute/file.db, postgresql://user@host/name, or "
                              "host=… dbname=…"});
}

} // namespace retort
