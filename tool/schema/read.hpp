#pragma once

#include "schema/schema.hpp"
#include "session/sqlite_connection.hpp"
#include "session/task.hpp"
#include "session/url.hpp"

namespace retort {

class PostgresqlConnection;

/// Connects to a database, without changing it, and reads its schema. Throws Failure: Exit::database when it cannot be
/// reached or read.
Schema read_schema(const Url& url);

/// The schema `main` of a connection. Throws SqliteFailure.
Schema read_schema(SqliteConnection& connection);

/// All schemas of a database but for the system's, in one round trip, and leaves the session as it was, also inside a
/// transaction. Throws PostgresqlFailure.
Task<Schema> read_schema(PostgresqlConnection& connection);

} // namespace retort
