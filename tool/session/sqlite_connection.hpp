#pragma once

#include "session/database_error.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace retort {

/// Thrown by SqliteConnection; the session turns it into a Failure.
struct SqliteFailure {
  DatabaseError error;
  int code = 0; ///< SQLite's primary result code
};

/// A row of a running query. Valid during the call that hands it out.
class SqliteRow {
public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

  /// Nothing for NULL.
  std::string_view view(int column) const;
  std::string text(int column) const { return std::string(view(column)); }
  std::optional<std::string> optional_text(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  std::int64_t integer(int column) const { return optional_integer(column).value_or(0); }

private:
  sqlite3_stmt* statement_;
};

/// Runs single statements on a connection that it borrows. Every function throws SqliteFailure when SQLite refuses.
class SqliteConnection {
public:
  using OnRow = std::function<void(const SqliteRow&)>;

  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}

  /// Runs `sql`, one statement, to its end. `parameter` is bound to ?1 when the statement has it.
  void run(std::string_view sql, const OnRow& on_row = {}, std::optional<std::int64_t> parameter = {});

  /// Prepares `sql` without running it.
  void check(std::string_view sql);

  /// The first column of the first row; 0 when there is none.
  std::int64_t integer(std::string_view sql);

  /// How long SQLite itself waits for a lock, in milliseconds; 0 also where the caller has a busy handler of its own.
  int busy_timeout();
  /// Removes such a handler.
  void set_busy_timeout(int milliseconds);

  bool in_transaction() const;
  bool is_read_only() const;
  std::int64_t changes() const;

private:
  [[noreturn]] void fail(std::string_view sql) const;

  sqlite3* handle_;
};

} // namespace retort
