#pragma once

#include "graph/graph.hpp"

namespace retort {

/// The graph in the language of Graphviz, line by line: the newest revision on top, a solid arrow from each parent to
/// its child, a dashed one from a dependency to what needs it, applied revisions filled.
std::vector<std::string> dot_lines(const Graph& graph);

} // namespace retort
