#include "session/postgresql_test_database.hpp"

#include "server/binaries.hpp"
#include "server/server.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <random>
#include <stdexcept>

namespace retort {
namespace {

constexpr const char* variable = "RETORT_TEST_POSTGRESQL_URL";

std::string given_url() {
  const char* url = std::getenv(variable);
  return url == nullptr ? "" : url;
}

std::string unique_name() {
  std::random_device random;
  return "retort_" + std::to_string(::getpid()) + "_" + std::to_string(random());
}

/// A parameter of a URI overrides what stands before it; of several equal keywords the last one counts.
std::string with(const std::string& url, const std::string& key, const std::string& value) {
  if (url.find("://") == std::string::npos) {
    return url + " " + key + "=" + value;
  }
  return url + (url.find('?') == std::string::npos ? "?" : "&") + key + "=" + value;
}

} // namespace

std::optional<std::string> PostgresqlTestServer::missing() {
  if (given_url().empty() && !find_server_binaries()) {
    return std::string("no PostgreSQL: install its server, or name one in ") + variable;
  }
  return {};
}

const std::string& PostgresqlTestServer::url() {
  static const std::string given = given_url();
  if (!given.empty()) {
    return given;
  }
  static const PostgresqlTestServer server;
  return server.url_;
}

PostgresqlTestServer::PostgresqlTestServer() {
  ServerOptions options;
  options.directory = folder_.path();
  options.watched = ::getpid();
  url_ = start_server(options).uri;
}

PostgresqlTestServer::~PostgresqlTestServer() { stop(); }

void PostgresqlTestServer::stop() { stop_server(folder_.path()); }

PostgresqlClient::PostgresqlClient(const std::string& url) : connection_(PQconnectdb(url.c_str()), PQfinish) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
}

std::string PostgresqlClient::run(const std::string& sql) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_.get(), sql.c_str()), PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
  std::string rows;
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      rows += column > 0 ? "|" : "";
      rows += PQgetvalue(result.get(), row, column);
    }
    rows += '\n';
  }
  return rows;
}

std::string PostgresqlClient::host() const { return PQhost(connection_.get()); }
std::string PostgresqlClient::port() const { return PQport(connection_.get()); }
std::string PostgresqlClient::user() const { return PQuser(connection_.get()); }
std::string PostgresqlClient::password() const { return PQpass(connection_.get()); }

PostgresqlTestDatabase::PostgresqlTestDatabase(const std::string& server_url)
    : server_url_(server_url), name_(unique_name()) {
  PostgresqlClient client(server_url_);
  const bool has_strategies = std::stoi(client.run("SHOW server_version_num")) >= 150000;
  client.run("CREATE DATABASE " + name_ + " TEMPLATE template0" + (has_strategies ? " STRATEGY file_copy" : ""));
}

PostgresqlTestDatabase::~PostgresqlTestDatabase() {
  try {
    PostgresqlClient(server_url_).run("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (const std::exception&) {
    // A test may have ended its server.
  }
}

std::string PostgresqlTestDatabase::url() const { return with(server_url_, "dbname", name_); }

std::string PostgresqlTestDatabase::url_of(const std::string& role) const { return with(url(), "user", role); }

} // namespace retort
