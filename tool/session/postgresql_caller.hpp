#pragma once

#include "session/postgresql_connection.hpp"

#include <string>
#include <vector>

namespace retort {

/// The session settings, role and transaction that a caller's connection came with. Temporary tables, prepared
/// statements, cursors and channels are the caller's too: they are not touched.
class PostgresqlCaller {
public:
  explicit PostgresqlCaller(PostgresqlConnection& connection) : connection_(connection) {}

  /// Looks at the connection; opens a savepoint in a transaction that is open. Throws Failure (Exit::database) when the
  /// connection is not idle, PostgresqlFailure.
  Task<void> enter();

  bool has_transaction() const { return has_transaction_; }

  /// What brings the settings back to what enter() found, a statement each. What did not change is not set again: a
  /// SET LOCAL stays one.
  const std::vector<std::string>& resets() const { return resets_; }

  enum class Result { succeeded, failed };
  /// Leaves the connection as enter() found it. Throws PostgresqlFailure.
  Task<void> leave(Result result);

private:
  PostgresqlConnection& connection_;
  bool has_transaction_ = false;
  std::vector<std::string> resets_;
};

} // namespace retort
