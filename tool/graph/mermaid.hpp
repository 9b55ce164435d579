#pragma once

#include "graph/graph.hpp"

namespace retort {

/// The graph as a flowchart of Mermaid, line by line; what stands for what is as in dot_lines.
std::vector<std::string> mermaid_lines(const Graph& graph);

} // namespace retort
