#pragma once

#include <filesystem>

namespace retort {

/// The files of one server's state folder.
class ServerFolder {
public:
  /// Relative paths are taken from the working directory.
  explicit ServerFolder(const std::filesystem::path& directory);

  const std::filesystem::path& path() const { return path_; }

  /// Locked by a start or stop while it changes anything.
  std::filesystem::path lock() const { return path_ / "lock"; }
  /// Locked by the supervisor as long as it lives; holds its process id.
  std::filesystem::path supervisor() const { return path_ / "supervisor.pid"; }
  /// See ServerRecord.
  std::filesystem::path record() const { return path_ / "server.json"; }
  /// What initdb and postgres said since the last start; stays behind when the server has ended.
  std::filesystem::path log() const { return path_ / "server.log"; }
  /// Where the data lie when they do not lie in memory.
  std::filesystem::path data() const { return path_ / "data"; }

private:
  std::filesystem::path path_;
};

} // namespace retort
