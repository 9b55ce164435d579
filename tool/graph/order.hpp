#pragma once

#include "history/state.hpp"

#include <vector>

namespace retort {

/// The members as a graph shows them: newest first, a revision above its parents and dependencies, and a branch in one
/// piece as far as that allows.
std::vector<Index> graph_order(const History& history, const State& members);

} // namespace retort
