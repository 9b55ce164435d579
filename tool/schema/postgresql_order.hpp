#pragma once

#include "schema/postgresql_items.hpp"

#include <vector>

namespace retort::postgresql_change {

/// What is done to an item that goes or comes; with it, what is done to the others comes about, too: a table that is
/// dropped takes its columns along.
struct Action {
  enum class Part { going, coming };

  std::size_t item = 0;
  Part part = Part::coming;
  std::vector<std::size_t> others;
};

/// All actions, each behind those that it needs, and otherwise by kind and name.
std::vector<Action> ordered_actions(const Items& items);

} // namespace retort::postgresql_change
