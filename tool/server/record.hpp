#pragma once

#include "server/cluster.hpp"
#include "server/process.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// What a start leaves for later starts, stops and the supervisor: written to `server.json` before the data folder is
/// made, removed when all folders are. A record without a living supervisor names what a killed one left behind.
struct ServerRecord {
  std::filesystem::path directory; ///< the state folder itself: tells a copied folder from the server's own
  std::filesystem::path data;
  std::filesystem::path socket_directory;
  std::string uri;
  std::filesystem::path bindir;
  std::vector<Setting> settings;
  bool until_stopped = false;       ///< somebody started it without a process to watch
  std::optional<ProcessId> watched; ///< the server is wanted as long as it lives

  /// Whether the server is to go on.
  bool is_wanted() const;
};

/// Nothing when there is no record, or none that belongs to its folder and can be read.
std::optional<ServerRecord> load_record(const std::filesystem::path& path);

/// Replaces the record in one step. Throws Failure (Exit::usage).
void save_record(const std::filesystem::path& path, const ServerRecord& record);

} // namespace retort
