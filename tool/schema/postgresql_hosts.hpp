#pragma once

#include "schema/postgresql_items.hpp"

#include <vector>

namespace retort::postgresql_change {

/// The going and the coming of an item as numbers.
inline std::size_t going(std::size_t item) { return 2 * item; }
inline std::size_t coming(std::size_t item) { return 2 * item + 1; }

/// For each number the one whose statements do it: its own, or that of what the item is a part of.
std::vector<std::size_t> find_hosts(const Items& items);

} // namespace retort::postgresql_change
