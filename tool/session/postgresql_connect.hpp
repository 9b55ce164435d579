#pragma once

#include "session/task.hpp"
#include "session/waiter.hpp"

#include <memory>
#include <string>

struct pg_conn;

namespace retort {

struct PostgresqlCloser {
  void operator()(pg_conn* connection) const;
};
using PostgresqlHandle = std::unique_ptr<pg_conn, PostgresqlCloser>;

/// Connects without blocking, to the first of the target's hosts that libpq takes; waits at most ten seconds for each
/// unless `target` says otherwise. `target`: a libpq URI or keyword string. Throws Failure (Exit::database), or Failure
/// (Exit::usage) when libpq cannot parse the string.
Task<PostgresqlHandle> connect_postgresql(std::string target, Waiter& waiter);

/// The same, blocking.
PostgresqlHandle connect_postgresql(const std::string& target);

/// The database of a connection as messages may name it: as Url::display.
std::string postgresql_name(pg_conn* connection);

} // namespace retort
