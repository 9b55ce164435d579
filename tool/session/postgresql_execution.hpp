#pragma once

#include "session/executor.hpp"
#include "session/postgresql_connection.hpp"
#include "session/session.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace retort {

/// Runs a stream on a PostgreSQL connection that has Retort's lock. What it is given must outlive it.
class PostgresqlExecution {
public:
  struct Options {
    std::string schema;       ///< of Retort's tables
    std::size_t attempts = 1; ///< how often a transaction is tried that waited too long for a lock
    Batching batching = Batching::many;
    /// The database's state after the connection was lost; nothing when it cannot be asked.
    std::function<Task<std::optional<Applied>>()> read_after_loss;
  };

  /// `committed` counts the steps that are committed.
  PostgresqlExecution(PostgresqlConnection& connection, Waiter& waiter, const Stream& stream, Observer& observer,
                      std::size_t& committed, Options options);

  /// Gives the lock back when it succeeds. Throws Failure (Exit::database) and PostgresqlFailure; a transaction may be
  /// open then.
  Task<void> run();

private:
  void report();
  Task<Failure> explain_failure(const DatabaseError& error);
  Task<void> add_outcome(std::span<const Command> lost, std::vector<std::size_t> uncommitted, Diagnostic& diagnostic);

  /// What a command's text must mention for an index to count as the command's.
  enum class Mention { index, index_or_table };
  Task<std::vector<std::string>> invalid_indexes(const Command& command, Mention mention);

  PostgresqlConnection& connection_;
  Waiter& waiter_;
  const Stream& stream_;
  Executor executor_;
  Observer& observer_;
  std::size_t& committed_;
  Options options_;
};

} // namespace retort
