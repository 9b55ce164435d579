#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

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
  /// A memory file system: the data lie there when it has 256 MB free. Empty: on the disk.
  std::filesystem::path memory = "/dev/shm";
};

/// A running server.
struct Server {
  std::string uri; ///< for libpq; names no password, there is none
  std::filesystem::path data;
  std::filesystem::path log;
  std::string user; ///< of the operating system; empty when the user database does not know it
  pid_t supervisor = 0;
};

/// Starts a server and returns when it accepts connections, or finds the one that already runs on this directory, which
/// then lives as long as one of the processes to be watched. Two starts at once on one directory wait for each other.
/// Every wait is bounded. Throws Failure: Exit::usage for the options, Exit::database, with the end of the log, when
/// the server does not start. The calling process has one thread.
Server start_server(const ServerOptions& options);

enum class StopOutcome { stopped, still_watched, not_running };

/// Ends the server of `directory` and removes its data and its socket directory. With `watched`, it is ended only
/// when no process but this one has started it: of two test runs at once, the first to finish leaves it to the other.
/// Throws Failure (Exit::database) when it cannot be ended.
StopOutcome stop_server(const std::filesystem::path& directory, std::optional<pid_t> watched = {});

/// The server that runs on `directory`, if one does. Waits for a start or stop that is under way.
std::optional<Server> find_server(const std::filesystem::path& directory);

} // namespace retort
