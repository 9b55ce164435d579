#pragma once

#include "session/task.hpp"
#include "session/waiter.hpp"

#include <memory>
#include <string>
#include <vector>

struct pg_conn;

namespace retort {

struct PostgresqlCloser {
  void operator()(pg_conn* connection) const;
};
using PostgresqlHandle = std::unique_ptr<pg_conn, PostgresqlCloser>;

/// Connects, blocking; waits at most ten seconds for each host unless `target` says otherwise. `target`: a libpq URI or
/// keyword string. Throws Failure (Exit::database), or Failure (Exit::usage) when libpq cannot parse the string.
PostgresqlHandle connect_postgresql(const std::string& target);

/// The database of a connection as messages may name it: as Url::display.
std::string postgresql_name(pg_conn* connection);

/// A host of a target and its port, as libpq would try them.
struct PostgresqlHost {
  std::string name; ///< a name, an address, or the folder of a socket
  std::string port;
  std::string address; ///< of the name, once it was looked up
};

/// The hosts of a target whose names libpq would have to look up, which blocks; empty when there is none of them.
/// Throws as connect_postgresql.
std::vector<PostgresqlHost> hosts_to_look_up(const std::string& target);

/// As connect_postgresql, without blocking; the time counts for all hosts together. `hosts`: the target's, each with
/// its address, as often as it has several; empty: as the target says.
Task<PostgresqlHandle> connect_postgresql(std::string target, std::vector<PostgresqlHost> hosts, Waiter& waiter);

} // namespace retort
