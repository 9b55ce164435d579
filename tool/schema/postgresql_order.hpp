#pragma once

#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_hosts.hpp"

#include <vector>

namespace retort::postgresql_change {

/// What is done to an item; with it, what is done to the others comes about, too: a table that is dropped takes its
/// columns along.
struct Action {
  /// Whether PostgreSQL can check a function's body: not if that speaks of what needs the function.
  enum class Body { checked, unchecked };

  std::size_t item = 0;
  Part part = Part::coming;
  Online online = Online::no;
  Body body = Body::checked;
  std::vector<std::size_t> others;
};

/// All actions, each behind those that it needs, and otherwise by kind and name. What of ChangeOptions::online is done
/// outside of the transaction is before all else or behind it, where that is possible; what goes and comes again does
/// so within one transaction.
std::vector<Action> ordered_actions(const Items& items, const ChangeOptions& options);

} // namespace retort::postgresql_change
