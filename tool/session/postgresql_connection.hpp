#pragma once

#include "session/database_error.hpp"
#include "session/postgresql_link.hpp"
#include "session/task.hpp"
#include "session/waiter.hpp"

#include <functional>
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

/// Speaks with a PostgreSQL server on a connection that it borrows. Everything is sent asynchronously and waited for
/// through the waiter, so that no message of the server is lost, not even the one that says why it closed the
/// connection (F12). Leaves the connection's own modes as it found them. Not thread-safe.
class PostgresqlConnection {
public:
  using Row = std::vector<std::optional<std::string>>;
  using OnNotice = std::function<void(const std::string&)>;

  /// `on_notice`, where there is one, is told what the server remarks from now on.
  PostgresqlConnection(pg_conn* connection, Waiter& waiter, OnNotice on_notice);
  ~PostgresqlConnection();
  PostgresqlConnection(const PostgresqlConnection&) = delete;
  PostgresqlConnection& operator=(const PostgresqlConnection&) = delete;

  /// Runs one statement and returns its rows. Throws PostgresqlFailure.
  Task<std::vector<Row>> query(std::string sql);

  /// What the server says to a statement.
  struct Answer {
    std::vector<Row> rows;
    std::string tag; ///< the command, as the server calls what it did
    std::optional<DatabaseError> error;
  };

  /// Runs statements in one round trip, each in a transaction of its own where none is open. The answers are in their
  /// order.
  Task<std::vector<Answer>> query_all(std::vector<std::string> statements);

  enum class Delivery {
    prompt,  ///< a commit is known as soon as it is done
    together ///< the answers come when everything ran, or the server's buffer is full
  };

  /// Runs the commands in pipeline mode, one round trip for all of them, and calls `on_ran` for each that ran; after
  /// the first error, which it returns, the rest does not run, nor does `last`, a query that follows them where it is
  /// not empty. Every record and journal command must change exactly one row (F6), and a commit must be one (F14).
  /// What `on_ran` throws cancels what the server runs, and is thrown when the pipeline has ended.
  Task<std::optional<DatabaseError>> run(std::span<const Command> batch, std::function<void()> on_ran, std::string last,
                                         Delivery delivery);

  enum class Transaction { none, open, failed, busy, unknown };
  Transaction transaction() const;

  int server_version() const;
  int backend_pid() const;

  /// Whether `standard_conforming_strings` is on.
  bool has_standard_strings() const;

  /// Whether what is sent can be read on the way: no TLS, and a host that is not this machine (S6).
  bool is_exposed() const;

private:
  using AtStop = PostgresqlLink::AtStop;

  Task<std::vector<Row>> query(std::string sql, AtStop at_stop);
  bool send(std::string_view sql);
  Task<std::optional<DatabaseError>> receive(const Command& command);
  enum class Rows { kept, dropped };
  Task<Answer> receive(std::string_view sql, Rows rows);
  Task<void> receive_sync();
  Task<void> discard_copy();
  DatabaseError error_of(const pg_result* result, std::string_view sql) const;
  DatabaseError connection_error() const;

  pg_conn* connection_;
  PostgresqlLink link_;
  OnNotice on_notice_;
  bool was_nonblocking_;
};

} // namespace retort
