#include "schema/read.hpp"

#include "session/session.hpp"
#include "session/sqlite_file.hpp"
#if RETORT_POSTGRESQL
#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#endif

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>

namespace retort {
namespace {

Failure unreadable(const Url& url, const DatabaseError& error) {
  return {Exit::database, explain(error, fmt::format("cannot read the schema of {}", url.display()))};
}

struct SqliteCloser {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

Schema read_sqlite(const Url& url) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(url.target.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  const std::unique_ptr<sqlite3, SqliteCloser> handle(raw);
  if (code != SQLITE_OK) {
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("cannot open {}: {}", url.display(), sqlite3_errstr(code)),
                                   {},
                                   {},
                                   "check the path, and that this user may read it"});
  }
  constexpr int patience = 5'000; // milliseconds, while another process writes
  sqlite3_busy_timeout(raw, patience);
  SqliteConnection connection(raw);
  try {
    return read_schema(connection);
  } catch (SqliteFailure& failure) {
    if (failure.code == SQLITE_BUSY) {
      failure.error.hint = "another process writes to the database; try again";
    }
    throw unreadable(url, failure.error);
  }
}

} // namespace

Schema read_schema(const Url& url) {
  if (url.dialect == Dialect::sqlite) {
    return read_sqlite(url);
  }
#if RETORT_POSTGRESQL
  const PostgresqlHandle handle = connect_postgresql(url.target);
  Waiter waiter;
  PostgresqlConnection connection(handle.get(), waiter, {});
  try {
    return run_blocking(waiter, read_schema(connection));
  } catch (const PostgresqlFailure& failure) {
    throw unreadable(url, failure.error);
  }
#else
  throw cannot_connect_to_postgresql();
#endif
}

} // namespace retort
