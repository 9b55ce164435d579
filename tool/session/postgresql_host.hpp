#pragma once

#include "session/task.hpp"
#include "session/waiter.hpp"

#include <string>
#include <vector>

namespace retort {

/// A host of a target, as libpq tries it.
struct PostgresqlHost {
  std::string name;    ///< a name, an address, or the folder of a socket; empty: the usual one
  std::string address; ///< empty where the name is a socket's, or was not looked up yet
  std::string port;    ///< empty: the usual one
};

/// The addresses of hosts, and what there is to say of those that have none.
struct PostgresqlAddresses {
  std::vector<PostgresqlHost> hosts; ///< in their order, as often as one has addresses
  std::string complaints;            ///< a line each
};

/// Looks up the names of hosts, each on a thread of its own, since nothing can end a look-up that waits for its server.
/// Throws Failure.
/// `hosts` must outlive the task.
Task<PostgresqlAddresses> look_up(const std::vector<PostgresqlHost>& hosts, Waiter& waiter);

} // namespace retort
