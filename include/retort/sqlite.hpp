#pragma once

#include <retort/migration.hpp>

#include <concepts>
#include <string_view>
#include <vector>

struct sqlite3;

namespace retort {

/// A caller's open SQLite connection: a `sqlite3*`, or anything with a `getHandle()` that gives one, such as
/// `SQLite::Database`. Borrowed.
class SqliteHandle {
public:
  SqliteHandle(sqlite3* handle) : handle_(handle) {}

  template <typename Database>
  requires requires(Database& database) {
    { database.getHandle() } -> std::convertible_to<sqlite3*>;
  }
  SqliteHandle(Database& database) : handle_(database.getHandle()) {}

  sqlite3* get() const { return handle_; }

private:
  sqlite3* handle_;
};

// Each function works on the caller's connection, which nothing else may use meanwhile, and leaves it as it was found,
// also when it fails: foreign keys and other PRAGMAs, transactions. In a transaction that the caller has open it begins
// and commits nothing: a savepoint holds what it does. Revisions that cannot run in a transaction are then refused
// before anything runs, and so are those that drop a table while foreign keys are on.
//
// They throw Error, and nothing else but std::bad_alloc and what the progress callback throws. Different connections
// may be migrated by different threads at the same time.

/// Applies what is pending. Does nothing, and takes no lock, when nothing is.
Report upgrade(SqliteHandle database, const EmbeddedHistory& history, const Options& options = {});

/// Undoes what lies above `target`, such as `-1`, an id, or `base`.
Report downgrade(SqliteHandle database, const EmbeddedHistory& history, std::string_view target,
                 const Options& options = {});

/// Records that the database stands at `target`, without running a revision.
Report stamp(SqliteHandle database, const EmbeddedHistory& history, std::string_view target,
             const Options& options = {});

/// The ids on which no applied revision follows; none for a database without revisions. Throws Error (newer).
std::vector<std::string> current(SqliteHandle database, const EmbeddedHistory& history);

/// What an upgrade would apply, in order. Throws Error (newer, drifted).
std::vector<RevisionName> pending(SqliteHandle database, const EmbeddedHistory& history, const Options& options = {});

/// How the database stands to the history. Changes nothing.
Status check(SqliteHandle database, const EmbeddedHistory& history, const Options& options = {});

} // namespace retort
