#pragma once

#include <retort/migration.hpp>

#include <string>
#include <string_view>
#include <vector>

struct pg_conn; // libpq's PGconn

namespace retort {

// Each function works on the caller's connection, which must be idle, and which nothing else may use meanwhile, and
// leaves it as it was found, also when it fails: session settings, search_path, role, non-blocking mode, transactions.
// What revisions leave behind otherwise, such as temporary tables and custom settings (`a.b`), stays. Notices go to the
// caller's own receiver. In a transaction that the caller has open it
// begins and commits nothing: a savepoint holds what it does, Retort's lock is held to the transaction's end, and
// revisions that cannot run in a transaction are refused before anything runs.
//
// They throw Error, and nothing else but std::bad_alloc and what the progress callback throws. Different connections
// may be migrated by different threads at the same time.

/// Applies what is pending.
Report upgrade(pg_conn* connection, const EmbeddedHistory& history, const Options& options = {});

/// Undoes what lies above `target`, such as `-1`, an id, or `base`.
Report downgrade(pg_conn* connection, const EmbeddedHistory& history, std::string_view target,
                 const Options& options = {});

/// Records that the database stands at `target`, without running a revision.
Report stamp(pg_conn* connection, const EmbeddedHistory& history, std::string_view target, const Options& options = {});

/// The ids on which no applied revision follows; none for a database without revisions. Throws Error (newer).
std::vector<std::string> current(pg_conn* connection, const EmbeddedHistory& history);

/// What an upgrade would apply, in order. Throws Error (newer, drifted).
std::vector<RevisionName> pending(pg_conn* connection, const EmbeddedHistory& history, const Options& options = {});

/// How the database stands to the history. Changes nothing.
Status check(pg_conn* connection, const EmbeddedHistory& history, const Options& options = {});

} // namespace retort
