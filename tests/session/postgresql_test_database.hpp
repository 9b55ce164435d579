#pragma once

#include "session/test_database.hpp"
#include "support/folder.hpp"

#include <memory>
#include <optional>
#include <string>

struct pg_conn;

namespace retort {

/// A server for tests.
class PostgresqlTestServer {
public:
  /// Why there is none; nothing when there is one.
  static std::optional<std::string> missing();

  /// The URL of the one that all tests of this process share.
  static const std::string& url();

  /// Starts a private one that ends with this process at the latest.
  PostgresqlTestServer();
  ~PostgresqlTestServer();
  PostgresqlTestServer(const PostgresqlTestServer&) = delete;
  PostgresqlTestServer& operator=(const PostgresqlTestServer&) = delete;

  const std::string& private_url() const { return url_; }
  void stop();

private:
  Folder folder_;
  std::string url_;
};

/// A connection of a test's own. Not the code that is tested.
class PostgresqlClient {
public:
  explicit PostgresqlClient(const std::string& url);

  /// As run_sql.
  std::string run(const std::string& sql);

  std::string host() const;
  std::string port() const;
  std::string user() const;
  std::string password() const;

private:
  std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;
};

/// A database called `retort_…` on a server.
class PostgresqlTestDatabase : public TestDatabase {
public:
  explicit PostgresqlTestDatabase(const std::string& server_url = PostgresqlTestServer::url());
  ~PostgresqlTestDatabase() override;
  PostgresqlTestDatabase(const PostgresqlTestDatabase&) = delete;
  PostgresqlTestDatabase& operator=(const PostgresqlTestDatabase&) = delete;

  std::string url() const override;

  const std::string& name() const { return name_; }

  /// The same database for another role, without a password.
  std::string url_of(const std::string& role) const;

private:
  std::string server_url_;
  std::string name_;
};

} // namespace retort
