#pragma once

#include "schema/postgresql_items.hpp"

#include <vector>

namespace retort::postgresql_change {

/// What is done to an item, one behind the other.
enum class Part {
  building, ///< an index, beside an old one, while others use the table
  going,
  coming,
  finishing ///< what new rows keep to is made sure of for all, while others use the table
};

constexpr std::size_t parts = 4;

/// A part of an item as a number.
inline std::size_t number(std::size_t item, Part part) { return parts * item + static_cast<std::size_t>(part); }
inline std::size_t building(std::size_t item) { return number(item, Part::building); }
inline std::size_t going(std::size_t item) { return number(item, Part::going); }
inline std::size_t coming(std::size_t item) { return number(item, Part::coming); }
inline std::size_t finishing(std::size_t item) { return number(item, Part::finishing); }

inline std::size_t item_of(std::size_t number) { return number / parts; }
inline Part part_of(std::size_t number) { return static_cast<Part>(number % parts); }

/// For each number the one whose statements do it: its own, or that of what the item is a part of.
std::vector<std::size_t> find_hosts(const Items& items);

} // namespace retort::postgresql_change
