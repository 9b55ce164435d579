#include "testing/test_databases.hpp"

#include "session/url.hpp"
#include "testing/sqlite_test_databases.hpp"
#if RETORT_POSTGRESQL
#include "testing/postgresql_test_databases.hpp"
#endif
#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace retort {

std::unique_ptr<TestDatabases> open_test_databases(const std::string& url, const std::string& server) {
  if (parse_url(url).dialect == Dialect::sqlite) {
    return std::make_unique<SqliteTestDatabases>();
  }
#if RETORT_POSTGRESQL
  return std::make_unique<PostgresqlTestDatabases>(parse_url(server).target);
#else
  static_cast<void>(server);
  throw Failure(Exit::usage, {Severity::error,
                              "this build of Retort cannot connect to PostgreSQL",
                              {},
                              {},
                              "configure Retort with RETORT_POSTGRESQL=ON"});
#endif
}

std::string suffixed(const std::string& url, std::string_view suffix) {
  const bool is_uri = url.find("://") != std::string::npos;
  std::string out = url;
  out.insert(is_uri ? std::min(url.find('?'), url.size()) : url.size(), suffix);
  return out;
}

std::string sibling(const std::string& url, std::string_view database) {
  constexpr std::string_view keyword = "dbname=";
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) {
    return fmt::format("{} {}{}", url, keyword, database); // libpq takes the last of several values
  }
  const std::size_t query = std::min(url.find('?'), url.size());
  const std::size_t path = std::min(url.find('/', scheme + 3), query);
  std::string out = fmt::format("{}/{}", url.substr(0, path), database);
  std::istringstream parameters(query == url.size() ? "" : url.substr(query + 1));
  char separator = '?';
  for (std::string parameter; std::getline(parameters, parameter, '&');) {
    if (!parameter.starts_with(keyword)) {
      out += separator + parameter;
      separator = '&';
    }
  }
  return out;
}

std::string client_command(const std::string& url) {
  const Url parsed = parse_url(url);
  return parsed.dialect == Dialect::sqlite ? fmt::format("sqlite3 '{}'", parsed.target)
                                           : fmt::format("psql \"{}\"", parsed.target);
}

} // namespace retort
