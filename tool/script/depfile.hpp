#pragma once

#include <string>
#include <vector>

namespace retort {

/// A dependency file in Makefile syntax, as gcc writes them: `output` depends on every one of `inputs`. Paths are
/// escaped as ninja and CMake read them.
std::string write_depfile(const std::string& output, const std::vector<std::string>& inputs);

} // namespace retort
