#include "session/sqlite_connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <limits>
#include <memory>

namespace retort {
namespace {

struct Finalizer {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Finalizer>;

std::string hint_for(int code) {
  switch (code) {
  case SQLITE_BUSY: return "another process uses the database; try again, or wait longer with --lock-wait";
  case SQLITE_READONLY: return "the file or its folder cannot be written by this user";
  case SQLITE_NOTADB: return "the file is no SQLite database, or it is encrypted";
  case SQLITE_CORRUPT: return "the file is damaged, or it was written by a newer SQLite than this one";
  case SQLITE_FULL: return "the disk is full; everything of the transaction was rolled back";
  case SQLITE_CANTOPEN: return "check that the folder exists and that this user may write to it";
  case SQLITE_AUTH: return "a database that Retort makes for a moment opens no other file";
  default: return {};
  }
}

} // namespace

std::string_view SqliteRow::view(int column) const {
  const unsigned char* bytes = sqlite3_column_text(statement_, column);
  if (bytes == nullptr) {
    return {};
  }
  return {reinterpret_cast<const char*>(bytes), // NOLINT(*-reinterpret-cast): SQLite's text is unsigned
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<std::string> SqliteRow::optional_text(int column) const {
  const std::string_view text = view(column);
  return text.data() == nullptr ? std::nullopt : std::optional<std::string>(text);
}

std::optional<std::int64_t> SqliteRow::optional_integer(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) {
    return {};
  }
  return sqlite3_column_int64(statement_, column);
}

void SqliteConnection::fail(std::string_view sql) const {
  constexpr std::string_view reserved = "object name reserved for internal use";
  SqliteFailure failure;
  failure.code = sqlite3_errcode(handle_);
  failure.error.message = sqlite3_errmsg(handle_);
  failure.error.code = std::to_string(sqlite3_extended_errcode(handle_));
  failure.error.hint = failure.error.message.starts_with(reserved)
                           ? "SQLite makes its own tables itself: remove the statement; '.schema --nosys' has none"
                           : hint_for(failure.code);
  const int offset = sqlite3_error_offset(handle_);
  if (offset >= 0 && static_cast<std::size_t>(offset) < sql.size()) {
    failure.error.offset = static_cast<std::size_t>(offset);
  }
  throw failure;
}

void SqliteConnection::run(std::string_view sql, const OnRow& on_row, std::optional<std::int64_t> parameter) {
  if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw SqliteFailure{{"the statement is longer than SQLite can read", {}, {}, {}, {}, {}, false}, SQLITE_TOOBIG};
  }
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK) {
    fail(sql);
  }
  const Prepared statement(raw);
  if (parameter && sqlite3_bind_parameter_count(raw) > 0) {
    sqlite3_bind_int64(raw, 1, *parameter);
  }
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
    if (on_row) {
      on_row(SqliteRow(raw));
    }
  }
  if (code != SQLITE_DONE) {
    fail(sql);
  }
}

void SqliteConnection::check(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  const Prepared statement(raw);
  if (code != SQLITE_OK) {
    fail(sql);
  }
}

std::int64_t SqliteConnection::integer(std::string_view sql) {
  std::int64_t value = 0;
  run(sql, [&](const SqliteRow& row) { value = row.integer(0); });
  return value;
}

int SqliteConnection::busy_timeout() { return static_cast<int>(integer("PRAGMA busy_timeout")); }

void SqliteConnection::set_busy_timeout(int milliseconds) { sqlite3_busy_timeout(handle_, milliseconds); }

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

bool SqliteConnection::is_read_only() const { return sqlite3_db_readonly(handle_, "main") == 1; }

std::int64_t SqliteConnection::changes() const { return sqlite3_changes64(handle_); }

} // namespace retort
