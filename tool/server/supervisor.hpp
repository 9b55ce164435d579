#pragma once

#include "server/cluster.hpp"
#include "server/descriptor.hpp"
#include "server/lock.hpp"

#include <csignal>
#include <string_view>

namespace retort {

/// What a supervisor reports when its server accepts connections; anything else that it reports is why it does not.
inline constexpr std::string_view supervisor_ready = "ready";

/// What becomes of the data when the server ends.
enum class Ending {
  at_once, ///< they are thrown away
  keeping  ///< when other databases are there than at the start, they become the pattern for later starts
};

/// Asks the supervisor for Ending::keeping.
inline constexpr int keep_signal = SIGUSR1;

/// Forks the process that makes the data folder, starts the server, and then lives as long as it: until the server
/// ends, or SIGTERM or keep_signal asks for the end, or the folder's record, which the caller has written, is not
/// wanted any more. It then ends the server and removes data, socket directory and record, all within five seconds
/// unless data are to be kept. It holds `alive`, whose file names it, and of what the calling process has open nothing
/// else.
///
/// Returns the reading end of a pipe with its report, which is complete at the end of file. The caller has one thread.
Descriptor launch_supervisor(const Cluster& cluster, FileLock alive);

} // namespace retort
