#include "testing/postgresql_test_databases.hpp"

#include "dialect/lexicon.hpp"
#include "session/blocking.hpp"
#include "session/database_error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

constexpr std::string_view prefix = "retort_";
constexpr std::size_t longest_name = 63;
constexpr std::string_view template_mark = "retort: template ";

/// The database that a URL of a test database names: behind the host, or last among the keywords.
std::string name_of(const std::string& url) {
  constexpr std::string_view keyword = "dbname=";
  const std::size_t scheme = url.find("://");
  std::string name;
  if (scheme == std::string::npos) {
    const std::size_t found = url.rfind(keyword);
    name = found == std::string::npos ? "" : url.substr(found + keyword.size());
  } else {
    const std::size_t slash = std::min(url.find('/', scheme + 3), url.size());
    name = url.substr(std::min(slash + 1, url.size()), url.find('?') - slash - 1);
  }
  if (!name.starts_with(prefix) || name.size() > longest_name) {
    throw Failure(Exit::usage,
                  {Severity::error,
                   fmt::format("'{}' cannot be a test database's name", name),
                   {},
                   {},
                   fmt::format("it begins with '{}' and has at most {} characters", prefix, longest_name)});
  }
  return name;
}

} // namespace

PostgresqlConnection& PostgresqlTestDatabases::connection() {
  if (!connection_) {
    handle_ = connect_postgresql(server_);
    connection_ = std::make_unique<PostgresqlConnection>(handle_.get(), waiter_, PostgresqlConnection::OnNotice());
  }
  return *connection_;
}

PostgresqlTestDatabases::Rows PostgresqlTestDatabases::query(std::string_view doing, const std::string& name,
                                                             std::string sql) {
  try {
    return run_blocking(waiter_, connection().query(std::move(sql)));
  } catch (const PostgresqlFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, fmt::format("cannot {} the database {}", doing, name)));
  }
}

std::optional<std::string> PostgresqlTestDatabases::key_of(const std::string& url) {
  const std::string name = name_of(url);
  const Rows rows = query("look for", name,
                          fmt::format("SELECT pg_catalog.shobj_description(oid, 'pg_database') "
                                      "FROM pg_catalog.pg_database WHERE datname = {} AND datistemplate",
                                      literal(name)));
  if (rows.empty() || !rows[0].at(0) || !rows[0].at(0)->starts_with(template_mark)) {
    return {};
  }
  return rows[0].at(0)->substr(template_mark.size());
}

void PostgresqlTestDatabases::begin_template(const std::string& url) {
  const std::string name = name_of(url);
  drop(url);
  query("create", name, fmt::format("CREATE DATABASE {} TEMPLATE template0", quoted(name)));
}

void PostgresqlTestDatabases::finish_template(const std::string& url, std::string_view key) {
  const std::string name = name_of(url);
  query("mark", name, fmt::format("COMMENT ON DATABASE {} IS '{}{}'", quoted(name), template_mark, key));
  query("mark", name, fmt::format("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true", quoted(name)));
}

/// From PostgreSQL 15 on, the usual way copies through the write-ahead log.
void PostgresqlTestDatabases::clone(const std::string& template_url, const std::string& url) {
  const std::string name = name_of(url);
  drop(url);
  const bool has_strategies = connection().server_version() >= 150000;
  query("create", name,
        fmt::format("CREATE DATABASE {} TEMPLATE {}{}", quoted(name), quoted(name_of(template_url)),
                    has_strategies ? " STRATEGY file_copy" : ""));
}

void PostgresqlTestDatabases::drop(const std::string& url) {
  const std::string name = name_of(url);
  const Rows found =
      query("look for", name,
            fmt::format("SELECT datistemplate FROM pg_catalog.pg_database WHERE datname = {}", literal(name)));
  if (found.empty()) {
    return;
  }
  if (found[0].at(0) == "t") {
    query("drop", name, fmt::format("ALTER DATABASE {} WITH IS_TEMPLATE false", quoted(name)));
  }
  query("drop", name, fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(name)));
}

void PostgresqlTestDatabases::drop_suffixed(const std::string& url) {
  const std::string name = name_of(url);
  for (const auto& row : query("look for", name,
                               fmt::format("SELECT datname FROM pg_catalog.pg_database WHERE datname <> {0} AND "
                                           "pg_catalog.starts_with(datname::pg_catalog.text, {0})",
                                           literal(name)))) {
    drop(fmt::format("dbname={}", row.at(0).value_or("")));
  }
}

void PostgresqlTestDatabases::keep(const std::string& url, std::string_view reason) {
  const std::string name = name_of(url);
  query("mark", name,
        fmt::format("COMMENT ON DATABASE {} IS {}", quoted(name), literal(fmt::format("retort: kept, {}", reason))));
}

} // namespace retort
