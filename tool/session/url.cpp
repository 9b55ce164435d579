#include "session/url.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace retort {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::string_view space = " \t\r\n\f\v";

[[noreturn]] void fail(std::string message, std::string hint) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), {}, {}, std::move(hint)});
}

bool is_uri(std::string_view text) { return text.starts_with("postgresql://") || text.starts_with("postgres://"); }

bool is_keyword_string(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view key = text.substr(0, equals);
  return equals != std::string_view::npos && !key.empty() &&
         std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == ' '; });
}

struct Uri {
  std::string_view scheme; ///< with `://`
  std::string_view user;
  bool has_user = false;
  std::string_view rest; ///< hosts, database and parameters
};

/// Taken apart as libpq does it: credentials end at the first `@`, unless a `/` comes before it.
Uri parse_uri(std::string_view text) {
  Uri uri;
  const std::size_t authority = text.find("://") + 3;
  uri.scheme = text.substr(0, authority);
  text.remove_prefix(authority);
  const std::size_t end = text.find_first_of("@/");
  if (end != std::string_view::npos && text[end] == '@') {
    uri.has_user = true;
    uri.user = text.substr(0, std::min(text.find(':'), end));
    text.remove_prefix(end + 1);
  }
  uri.rest = text;
  return uri;
}

std::string display_uri(std::string_view text) {
  const Uri uri = parse_uri(text);
  return fmt::format("{}{}{}{}", uri.scheme, uri.user, uri.has_user ? "@" : "", uri.rest.substr(0, uri.rest.find('?')));
}

/// The value that begins `text`, without its quotes and backslashes, taken off it; nothing when its quote is not
/// closed.
std::optional<std::string> take_value(std::string_view& text) {
  const bool quoted = text.starts_with('\'');
  text.remove_prefix(quoted ? 1 : 0);
  std::string value;
  while (!text.empty() && (quoted ? text.front() != '\'' : space.find(text.front()) == std::string_view::npos)) {
    text.remove_prefix(text.front() == '\\' && text.size() > 1 ? 1 : 0);
    value += text.front();
    text.remove_prefix(1);
  }
  if (quoted && text.empty()) {
    return {};
  }
  text.remove_prefix(quoted ? 1 : 0);
  return value;
}

void skip_space(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(space), text.size())); }

/// The keywords that are safe to show, in their order.
std::string display_keywords(std::string_view text) {
  constexpr std::array<std::string_view, 6> safe = {"host", "hostaddr", "port", "dbname", "user", "service"};
  std::string shown;
  for (skip_space(text); !text.empty(); skip_space(text)) {
    const std::string_view key = text.substr(0, text.find_first_of(" \t\r\n\f\v="));
    text.remove_prefix(key.size());
    skip_space(text);
    if (!text.starts_with('=')) {
      return "postgresql";
    }
    text.remove_prefix(1);
    skip_space(text);
    const auto value = take_value(text);
    if (!value) {
      return "postgresql";
    }
    // dbname can be a whole connection string.
    if (std::find(safe.begin(), safe.end(), key) != safe.end() && value->find_first_of("=:") == std::string::npos) {
      shown += fmt::format("{}{}={}", shown.empty() ? "" : " ", key, *value);
    }
  }
  return shown.empty() ? "postgresql" : shown;
}

} // namespace

std::string Url::display() const {
  if (dialect == Dialect::sqlite) {
    return std::string(sqlite_scheme) + target;
  }
  return is_uri(target) ? display_uri(target) : display_keywords(target);
}

Url parse_url(std::string_view text) {
  if (text.starts_with(sqlite_scheme) && text.size() > sqlite_scheme.size()) {
    const std::string_view file = text.substr(sqlite_scheme.size());
    // sqlite:///x is relative for SQLAlchemy and absolute for others: no guess.
    if (!file.starts_with("//")) {
      return {Dialect::sqlite, std::string(file)};
    }
  }
  if (is_uri(text)) {
    // libpq would take the rest of such a password for a host or port, and name it in its complaint (S4).
    if (parse_uri(text).rest.find('@') != std::string_view::npos) {
      fail("the database URL holds an '@' or '/' that is not part of its form",
           "in a user's name or password, write @ as %40, / as %2F and : as %3A");
    }
    return {Dialect::postgresql, std::string(text)};
  }
  if (is_keyword_string(text)) {
    return {Dialect::postgresql, std::string(text)};
  }
  fail("this is no database URL that Retort knows",
       "write sqlite:file.db, sqlite:/absolute/file.db, postgresql://user@host/name, or host=… dbname=…");
}

} // namespace retort
