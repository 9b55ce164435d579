#pragma once

#include "cli/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace retort {

/// Runs the tool in `folder`, with no environment, as a user who may not read everything: for root that is `nobody`.
/// It runs in a child of the test, not from its file, since `nobody` may not be allowed to enter the build tree.
Output run_unprivileged(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

} // namespace retort
