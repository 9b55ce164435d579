#pragma once

#include "server/cluster.hpp"

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// How to start a private PostgreSQL server: for one test run, on no TCP port, with data that are thrown away.
struct ServerOptions {
  /// Its state folder, in a build tree: the log, and an initialised data folder that later starts copy. Created if need
  /// be.
  std::filesystem::path directory;
  /// Where its socket lies, created for the server's user alone and removed with the server. It must not exist, or be
  /// empty and private. Empty: a new one in /tmp.
  std::filesystem::path socket_directory;
  /// The folder of initdb and postgres. Empty: require_server_binaries().
  std::filesystem::path bindir;
  /// The server ends when this process ends. Absent: it runs until it is stopped.
  std::optional<pid_t> watched;
  /// Told the process that uses the server, before it is waited for.
  std::function<void(pid_t)> waiting;
  /// A memory file system: the data lie there when it has 256 MB free. Empty: on the disk.
  std::filesystem::path memory = "/dev/shm";
  /// Parameters of the server beyond Retort's own, or in their place.
  std::vector<Setting> settings;
};

enum class Storage { memory, disk };

/// A running server.
struct Server {
  std::string uri; ///< for libpq; names no password, there is none
  std::filesystem::path data;
  Storage storage = Storage::disk;
  std::filesystem::path log;
  std::string user; ///< of the operating system; empty when the user database does not know it
  pid_t supervisor = 0;
};

/// Starts a server and returns when it accepts connections, or finds the one that already runs on this directory. One
/// watched process at a time uses a server: a start for another waits until that one ends or has stopped it. All other
/// waits are bounded. Throws Failure: Exit::usage for the options, also where the running server was started with other
/// programs or settings than these name; Exit::database, with the end of the log, when the server does not start, and
/// when the watched process ends before. The calling process has one thread.
Server start_server(const ServerOptions& options);

struct StopOptions {
  /// The process that does not want the server any more: it is ended unless another does. Absent: it is ended.
  std::optional<pid_t> watched;
  /// Called before the server ends, to drop what the next one shall not have: the databases are then kept for it.
  /// Empty: all are thrown away.
  std::function<void(const Server&)> tidy;
};

enum class StopOutcome { stopped, left_running, not_running };

/// Ends the server of `directory` and removes its data and its socket directory. Throws Failure (Exit::database) when
/// it cannot be ended, and what `tidy` throws, when it has ended.
StopOutcome stop_server(const std::filesystem::path& directory, const StopOptions& options = {});

/// The server that runs on `directory`, if one does. Waits for a start or stop that is under way.
std::optional<Server> find_server(const std::filesystem::path& directory);

} // namespace retort
