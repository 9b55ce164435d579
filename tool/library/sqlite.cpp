#include "library/operation.hpp"
#include "session/sqlite_session.hpp"

#include <retort/sqlite.hpp>
#include <sqlite3.h>

namespace retort {
namespace {

SqliteSession session_on(SqliteHandle database, const Options& options) {
  const char* file = sqlite3_db_filename(database.get(), "main");
  const std::string name = file == nullptr || *file == '\0' ? ":memory:" : file;
  return {database.get(), "sqlite:" + name, session_options(options)};
}

/// Whether the rows are exactly the history's revisions: what is asked whenever a program starts. False may also mean
/// that ids are ordered differently, or that SQLite cannot say now.
bool is_at_heads(SqliteHandle database, const EmbeddedHistory& history) {
  constexpr std::string_view rows =
      "SELECT id, checksum FROM main.retort_revisions WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE type = "
      "'table' AND name = 'retort_journal') ORDER BY id";
  std::size_t count = 0;
  std::size_t same = 0;
  try {
    SqliteConnection(database.get()).run(rows, [&](const SqliteRow& row) {
      if (count < history.size() && row.view(0) == history.id(count) &&
          row.view(1) == history.checksum(Dialect::sqlite, count)) {
        ++same;
      }
      ++count;
    });
  } catch (const SqliteFailure&) {
    return false; // there is no such table, for example
  }
  return count > 0 && count == history.size() && same == count;
}

Report migrate(SqliteHandle database, const EmbeddedHistory& history, MigrationRequest request,
               const Options& options) {
  Operation operation(history, Dialect::sqlite, std::move(request), options);
  if (operation.goes_to_heads() && is_at_heads(database, history)) {
    return operation.finish();
  }
  try {
    SqliteSession session = session_on(database, options);
    session.migrate([&](const Applied& applied) { return operation.plan(applied, session); }, operation);
  } catch (...) {
    operation.fail(std::current_exception());
  }
  return operation.finish();
}

} // namespace

Report upgrade(SqliteHandle database, const EmbeddedHistory& history, const Options& options) {
  return migrate(database, history, {Migration::upgrade, options.target}, options);
}

Report downgrade(SqliteHandle database, const EmbeddedHistory& history, std::string_view target,
                 const Options& options) {
  return migrate(database, history, {Migration::downgrade, std::string(target)}, options);
}

Report stamp(SqliteHandle database, const EmbeddedHistory& history, std::string_view target, const Options& options) {
  return migrate(database, history, {Migration::stamp, std::string(target)}, options);
}

std::vector<std::string> current(SqliteHandle database, const EmbeddedHistory& history) {
  return current_of(check(database, history));
}

std::vector<RevisionName> pending(SqliteHandle database, const EmbeddedHistory& history, const Options& options) {
  return pending_of(check(database, history, options));
}

Status check(SqliteHandle database, const EmbeddedHistory& history, const Options& options) {
  try {
    return status_of(history, Dialect::sqlite, session_on(database, options).read(), options);
  } catch (const Failure& failure) {
    throw error_of(failure);
  }
}

} // namespace retort
