#pragma once

#include "cli/context.hpp"
#include "schema/change.hpp"

#include <vector>

namespace retort {

/// Asks on a terminal whether what went and what came instead is one thing with another name: tables that have a column
/// in common, columns of one table that have one type. Adds the answers; asks nothing without a terminal.
void ask_for_renames(const Context& context, const Schema& from, const Schema& to, std::vector<Rename>& renames);

} // namespace retort
