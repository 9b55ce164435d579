#pragma once

#include "session/postgresql_connection.hpp"

#include <map>
#include <string>
#include <vector>

namespace retort {

/// The session settings, role and transaction that a caller's connection came with. Temporary tables, prepared
/// statements, cursors and channels are the caller's too: they are not touched.
class PostgresqlCaller {
public:
  /// What a run needs a setting to be, as `pg_settings.setting` says it.
  using Settings = std::map<std::string, std::string>;

  PostgresqlCaller(PostgresqlConnection& connection, Settings settings)
      : connection_(connection), settings_(std::move(settings)) {}

  /// Looks at the connection; opens a savepoint in a transaction that is open. Throws Failure (Exit::database) when the
  /// connection is not idle, PostgresqlFailure.
  Task<void> enter();

  bool has_transaction() const { return has_transaction_; }

  /// The statements that set what the run needs. In the caller's transaction they end with it.
  std::vector<std::string> settings() const;

  /// What undoes the settings of a revision, a statement each; behind it, settings() are to be set again. In the
  /// caller's transaction, what a revision SET that the caller had SET LOCAL keeps the caller's value behind its end.
  const std::vector<std::string>& resets() const { return resets_; }

  enum class Result { succeeded, failed };
  /// Leaves the connection as enter() found it; not touched where enter() refused it. Throws PostgresqlFailure.
  Task<void> leave(Result result);

private:
  Task<void> look();
  std::string set(std::string_view name, std::string_view value) const;

  PostgresqlConnection& connection_;
  Settings settings_;
  bool is_inside_ = false; ///< whether there is something to leave
  bool has_transaction_ = false;
  std::vector<std::string> resets_;
  std::vector<std::string> last_resets_; ///< of settings()
};

} // namespace retort
