#include "library/connection.hpp"

#if RETORT_POSTGRESQL
#include "library/libpq_client.hpp"
#endif

#include <retort/sqlite.hpp>
#include <sqlite3.h>

#include <stdexcept>

namespace retort {
namespace {

sqlite3* open(const std::string& path) {
  sqlite3* handle = nullptr;
  if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(handle));
  }
  return handle;
}

int append_row(void* rows, int columns, char** values, char** /*names*/) {
  auto& text = *static_cast<std::string*>(rows);
  for (int column = 0; column < columns; ++column) {
    text += column > 0 ? "|" : "";
    text += values[column] == nullptr ? "" : values[column];
  }
  text += '\n';
  return 0;
}

} // namespace

SqliteClient::SqliteClient(const std::string& path) : handle_(open(path), sqlite3_close) {}

std::string SqliteClient::run(const std::string& sql) {
  std::string rows;
  if (sqlite3_exec(get(), sql.c_str(), append_row, &rows, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(get()));
  }
  return rows;
}

Report SqliteClient::upgrade(const EmbeddedHistory& history, const Options& options) {
  return retort::upgrade(get(), history, options);
}

Report SqliteClient::downgrade(const EmbeddedHistory& history, std::string_view target, const Options& options) {
  return retort::downgrade(get(), history, target, options);
}

Report SqliteClient::stamp(const EmbeddedHistory& history, std::string_view target, const Options& options) {
  return retort::stamp(get(), history, target, options);
}

std::vector<std::string> SqliteClient::current(const EmbeddedHistory& history) {
  return retort::current(get(), history);
}

std::vector<RevisionName> SqliteClient::pending(const EmbeddedHistory& history, const Options& options) {
  return retort::pending(get(), history, options);
}

Status SqliteClient::check(const EmbeddedHistory& history, const Options& options) {
  return retort::check(get(), history, options);
}

std::unique_ptr<Connection> connect(const TestDatabase& database) {
#if RETORT_POSTGRESQL
  if (database.parsed_url().dialect == Dialect::postgresql) {
    return std::make_unique<LibpqClient>(database.url());
  }
#endif
  return std::make_unique<SqliteClient>(database.parsed_url().target);
}

} // namespace retort
