#pragma once

#include <string>
#include <vector>

namespace retort {

/// Runs `retort` with the arguments behind its name, as run().
int run_tool(const std::vector<std::string>& arguments);

} // namespace retort
