#pragma once

#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#include "testing/test_databases.hpp"

#include <memory>
#include <vector>

namespace retort {

/// Databases of a PostgreSQL server. What a database is for stands in its comment: `retort: template KEY`, or
/// `retort: kept, REASON`. Only names that begin with `retort_` are touched: a typing mistake must not cost a real
/// database.
class PostgresqlTestDatabases : public TestDatabases {
public:
  /// `server`: a target for libpq. Connects when it is first needed.
  explicit PostgresqlTestDatabases(std::string server) : server_(std::move(server)) {}

  std::optional<std::string> key_of(const std::string& url) override;
  void begin_template(const std::string& url) override;
  void finish_template(const std::string& url, std::string_view key) override;
  void clone(const std::string& template_url, const std::string& url) override;
  void drop(const std::string& url) override;
  void drop_suffixed(const std::string& url) override;
  void keep(const std::string& url, std::string_view reason) override;

private:
  using Rows = std::vector<PostgresqlConnection::Row>;

  PostgresqlConnection& connection();
  Rows query(std::string_view doing, const std::string& name, std::string sql);

  std::string server_;
  Waiter waiter_;
  PostgresqlHandle handle_;
  std::unique_ptr<PostgresqlConnection> connection_;
};

} // namespace retort
