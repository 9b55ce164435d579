#pragma once

#include <string>
#include <vector>

namespace retort {

/// Runs the tool with the arguments behind the program's name. Prints to standard output and error, throws nothing and
/// returns the process's exit status.
int run(const std::vector<std::string>& arguments);

} // namespace retort
