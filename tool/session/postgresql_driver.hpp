#pragma once

#include "session/postgresql_caller.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#include "session/session.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What a session does on a PostgreSQL database, as coroutines: whoever runs them does the waiting, blocking or not
/// (docs/decisions/sans-io.md). The lock is a session-level advisory lock on the working connection.
class PostgresqlDriver {
public:
  using Connect = std::function<Task<PostgresqlHandle>()>;

  /// Works on connections of its own. `name`: what messages call the database. The waiter must outlive it.
  PostgresqlDriver(std::string name, SessionOptions options, Waiter& waiter, Connect connect);

  /// Works on the caller's connection, which it leaves as it found it; joins the transaction that is open on it.
  PostgresqlDriver(std::string name, SessionOptions options, Waiter& waiter, pg_conn* connection);

  ~PostgresqlDriver();
  PostgresqlDriver(const PostgresqlDriver&) = delete;
  PostgresqlDriver& operator=(const PostgresqlDriver&) = delete;

  /// As the functions of Session, which throw what these end with. The arguments must outlive the task.
  Task<Applied> read(Observer& observer);
  Task<std::size_t> migrate(const Session::Planner& planner, Observer& observer);
  std::vector<std::string> resets() const;
  bool joins() const { return caller_ && caller_->has_transaction(); }

private:
  /// What a database says at first.
  struct Greeting {
    bool writable = false;
    bool locked = false;
    Applied applied;
  };
  enum class Locking { none, tried };

  Task<void> open(Observer& observer);
  Task<void> close(PostgresqlCaller::Result result);
  void check_server(Observer& observer) const;
  revision_table::Place place() const;
  std::vector<std::string> settings() const;
  Task<Greeting> greet(Locking locking);
  Task<Applied> read_state();
  Task<void> read_rows(Applied& applied);
  Task<void> check_table(std::string name);

  Task<void> migrate(const Session::Planner& planner, Observer& observer, std::size_t& committed);
  Task<std::optional<Applied>> read_after_loss();

  std::string name_;
  SessionOptions options_;
  Waiter& waiter_;
  Connect connect_;
  PostgresqlHandle handle_; ///< of its own
  std::unique_ptr<PostgresqlConnection> connection_;
  std::optional<PostgresqlCaller> caller_;
  bool has_standard_strings_ = true; ///< whether the server starts sessions with standard_conforming_strings
  bool locked_ = false;              ///< whether the session has Retort's lock
  bool checks_client_ = false;       ///< whether the server ends a statement whose client is gone
};

} // namespace retort
