#pragma once

#include "cli/context.hpp"

namespace retort {

/// Upgrades the databases that the command line names, several at the same time: a line for each as it ends, a summary,
/// and what to do about those that failed. Exit::database when there are any; none of them has an effect on another.
Exit upgrade_fleet(const Context& context);

} // namespace retort
