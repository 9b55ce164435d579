#pragma once

#include "session/database_error.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace retort {

/// Thrown by PostgresqlConnection::query; the session turns it into a Failure.
struct PostgresqlFailure {
  DatabaseError error;
};

/// A connection to a PostgreSQL server. Everything is sent asynchronously and waited for with poll, so that no message
/// of the server is lost, not even the one that says why it closed the connection (F12). Not thread-safe.
class PostgresqlConnection {
public:
  using Row = std::vector<std::optional<std::string>>;
  using OnNotice = std::function<void(const std::string&)>;

  /// Connects; waits at most ten seconds for each host unless `target` says otherwise. `target`: a libpq URI or keyword
  /// string. Throws Failure (Exit::database), or Failure (Exit::usage) when libpq cannot parse the string.
  PostgresqlConnection(const std::string& target, OnNotice on_notice);
  ~PostgresqlConnection();
  PostgresqlConnection(const PostgresqlConnection&) = delete;
  PostgresqlConnection& operator=(const PostgresqlConnection&) = delete;

  /// Runs one statement and returns its rows. Throws PostgresqlFailure.
  std::vector<Row> query(std::string_view sql);

  /// What became of a batch: the commands before `failed` ran.
  struct Outcome {
    std::size_t completed = 0;
    std::optional<DatabaseError> error;
  };

  /// Runs the commands in pipeline mode, one round trip for all of them; after the first error the rest does not run.
  /// Checks that every record and journal command changed exactly one row (F6) and that a commit was one (F14).
  Outcome run(std::span<const Command> batch);

  bool in_transaction() const;
  int server_version() const;
  int backend_pid() const;

  /// Whether `standard_conforming_strings` is on.
  bool has_standard_strings() const;

  /// Whether what is sent can be read on the way: no TLS, and a host that is not this machine (S6).
  bool is_exposed() const;

private:
  struct Closer {
    void operator()(pg_conn* connection) const;
  };

  bool send(const Command& command);
  std::optional<DatabaseError> receive(const Command& command);
  pg_result* next_result();
  void discard_copy();
  void wait();
  DatabaseError error_of(const pg_result* result, std::string_view sql) const;
  DatabaseError connection_error() const;
  bool is_lost() const;

  std::unique_ptr<pg_conn, Closer> connection_;
  OnNotice on_notice_;
};

} // namespace retort
