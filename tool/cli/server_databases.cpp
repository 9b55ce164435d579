#include "cli/server_databases.hpp"

#include "cli/arguments.hpp"
#include "dialect/dialect.hpp"
#include "session/url.hpp"
#include "text/diagnostic.hpp"
#if RETORT_POSTGRESQL
#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#endif

#include <fmt/format.h>

#include <string_view>

namespace retort {

#if RETORT_POSTGRESQL
namespace {

/// Names that may be dropped: a typing mistake must not cost a real database.
constexpr std::string_view test_prefix = "retort_";
constexpr std::string_view kept_comment = "retort: kept";

/// A connection for some statements, one after another.
class Client {
public:
  explicit Client(const std::string& target)
      : handle_(connect_postgresql(target)), connection_(handle_.get(), waiter_, {}) {
    // Nobody needs to know that there was nothing to drop.
    run("SET client_min_messages = warning");
  }

  std::vector<PostgresqlConnection::Row> run(std::string sql) {
    return run_blocking(waiter_, connection_.query(std::move(sql)));
  }

private:
  PostgresqlHandle handle_;
  Waiter waiter_;
  PostgresqlConnection connection_;
};

void drop(Client& client, std::string_view name) {
  client.run(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", retort::quoted(name)));
}

} // namespace

void create_test_database(const std::string& url, const std::string& name) {
  if (!name.starts_with(test_prefix) || name.size() > 63) {
    fail_usage(fmt::format("'{}' cannot be a test database's name", name),
               fmt::format("it begins with '{}' and has at most 63 characters", test_prefix));
  }
  try {
    Client server(parse_url(url).target);
    drop(server, name);
    server.run(fmt::format("CREATE DATABASE {} TEMPLATE template0", retort::quoted(name)));
  } catch (const PostgresqlFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, fmt::format("cannot create the database {}", name)));
  }
}

int server_version(const std::string& url) {
  try {
    return std::stoi(Client(parse_url(url).target).run("SHOW server_version_num").front().front().value()) / 10000;
  } catch (const PostgresqlFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, "cannot ask the server for its version"));
  }
}

void drop_test_databases(const std::string& url) {
  try {
    Client server(parse_url(url).target);
    const auto rows =
        server.run(fmt::format("SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname, '{}') "
                               "AND NOT datistemplate AND NOT pg_catalog.starts_with("
                               "COALESCE(pg_catalog.shobj_description(oid, 'pg_database'), ''), '{}')",
                               test_prefix, kept_comment));
    for (const auto& row : rows) {
      drop(server, row.front().value());
    }
  } catch (const PostgresqlFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, "cannot drop the databases that tests left behind"));
  }
}
#else
namespace {

[[noreturn]] void fail_without_postgresql(const std::string& url) {
  fail_usage(fmt::format("cannot connect to {}: this build of Retort has no PostgreSQL", parse_url(url).display()),
             "configure Retort with RETORT_POSTGRESQL=ON");
}

} // namespace

void create_test_database(const std::string& url, const std::string&) { fail_without_postgresql(url); }

int server_version(const std::string& url) { fail_without_postgresql(url); }

/// Nothing made databases that it could drop.
void drop_test_databases(const std::string&) {}
#endif

} // namespace retort
