#pragma once

#include "revision/compile.hpp"
#include "revision/revision.hpp"
#include "text/diagnostic.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// The revisions of a migrations directory, and everything that was looked at to find them.
struct Reading {
  std::vector<Revision> revisions; ///< in id order
  std::vector<std::string> inputs; ///< files and directories, for a build system's depfile
};

/// Reads a migrations directory. With a dialect the revisions are compiled for it as well.
/// All problems of all files go to `diagnostics`; a file with errors still yields its revision as far as it was
/// understood, so that what refers to it is not reported on top.
Reading read_revisions(const std::filesystem::path& directory, std::optional<Dialect> dialect, WayDown way_down,
                       Diagnostics& diagnostics);

} // namespace retort
