#pragma once

#include <filesystem>
#include <utility>
#include <vector>

namespace retort {

/// Files that are moved into a folder, which is made where there is none.
class MovedFiles {
public:
  explicit MovedFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Moves a file or a folder. Throws Failure (Exit::usage) where there is one of that name already, for a symbolic
  /// link, and for what the system refuses.
  void move(const std::filesystem::path& from);

  /// Moves them back, and removes the folder that was made. Returns those that the system would not move.
  std::vector<std::filesystem::path> take_back();

private:
  std::filesystem::path folder_;
  bool made_folder_ = false;
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> moved_;
};

} // namespace retort
