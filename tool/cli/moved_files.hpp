#pragma once

#include <filesystem>
#include <utility>
#include <vector>

namespace retort {

/// Files that are moved into a folder, which is made. They come back with the object, unless they are to stay.
class MovedFiles {
public:
  explicit MovedFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  MovedFiles(const MovedFiles&) = delete;
  MovedFiles& operator=(const MovedFiles&) = delete;
  ~MovedFiles();

  /// Moves a file or a folder. Throws Failure (Exit::usage) where there is one of that name already, for a symbolic
  /// link, and for what the system refuses.
  void move(const std::filesystem::path& from);

  void stay() { moved_.clear(); }

private:
  std::filesystem::path folder_;
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> moved_;
};

} // namespace retort
