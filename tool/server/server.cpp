#include "server/server.hpp"

#include "server/binaries.hpp"
#include "server/cluster.hpp"
#include "server/lock.hpp"
#include "server/record.hpp"
#include "server/supervisor.hpp"
#include "server/tree.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <deque>
#include <exception>
#include <fstream>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace retort {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto lock_patience = std::chrono::seconds(90);
constexpr auto report_patience = std::chrono::seconds(150);
constexpr auto ready_patience = std::chrono::seconds(60);
constexpr auto end_patience = std::chrono::seconds(8);
constexpr auto keep_patience = std::chrono::seconds(60);
constexpr auto waiting_pause = std::chrono::milliseconds(50);
constexpr std::size_t shown_log_lines = 10;

Failure failure(Exit exit, std::string message, const std::filesystem::path& path, std::string hint) {
  return Failure(exit, {Severity::error, std::move(message), locate(path.string()), {}, std::move(hint)});
}

FileLock lock_folder(const ServerFolder& folder) {
  if (auto lock = FileLock::wait_lock(folder.lock(), lock_patience)) {
    return std::move(*lock);
  }
  throw failure(Exit::database,
                fmt::format("another start or stop has been at work here for {} seconds", lock_patience.count()),
                folder.path(), "end that process, then try again");
}

Failure start_failure(const ServerFolder& folder, const std::string& reason) {
  Diagnostic diagnostic{Severity::error,
                        "the private PostgreSQL server did not start: " + reason,
                        locate(folder.log().string()),
                        {},
                        "the notes are the end of the log; see there, then try again"};
  std::ifstream log(folder.log());
  std::deque<std::string> last;
  for (std::string line; std::getline(log, line);) {
    last.push_back(line.substr(0, 1000));
    if (last.size() > shown_log_lines) {
      last.pop_front();
    }
  }
  for (std::string& line : last) {
    diagnostic.notes.push_back({std::move(line), {}});
  }
  return {Exit::database, std::move(diagnostic)};
}

Server describe(const ServerFolder& folder, const ServerRecord& record) {
  return {record.uri,   record.data,           is_in_memory(record.data) ? Storage::memory : Storage::disk,
          folder.log(), server_account().name, read_owner(folder.supervisor())};
}

void register_watched(ServerRecord& record, const std::optional<ProcessId>& watched) {
  if (watched) {
    record.watched = watched;
  } else {
    record.until_stopped = true;
  }
}

/// The process for which the running server must be left alone by `watched`.
std::optional<ProcessId> find_user(const ServerFolder& folder, const std::optional<ProcessId>& watched) {
  const std::optional<ServerRecord> record = load_record(folder.record());
  const bool is_used = watched && record && record->watched && *record->watched != *watched;
  return is_used && is_alive(*record->watched) ? record->watched : std::nullopt;
}

void check_same(const ServerFolder& folder, const ServerRecord& record, const ServerOptions& options) {
  const bool has_programs = options.bindir.empty() || std::filesystem::absolute(options.bindir) == record.bindir;
  const bool has_settings = options.settings.empty() || options.settings == record.settings;
  if (!has_programs || !has_settings) {
    throw failure(Exit::usage,
                  fmt::format("a server with other {} runs here already", has_programs ? "settings" : "programs"),
                  folder.path(), "end it with retort server stop, then try again");
  }
}

/// The server whose supervisor is alive, as long as it is not about to end.
std::optional<Server> join_running(const ServerFolder& folder, const ServerOptions& options,
                                   const std::optional<ProcessId>& watched) {
  std::optional<ServerRecord> record = load_record(folder.record());
  if (!record || !record->is_wanted()) {
    return {};
  }
  check_same(folder, *record, options);
  register_watched(*record, watched);
  save_record(folder.record(), *record);
  // It is ready already, unless the start that launched it was killed.
  const auto deadline = Clock::now() + ready_patience;
  while (!is_ready(record->data)) {
    if (FileLock::try_lock(folder.supervisor()) || Clock::now() >= deadline) {
      return {};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return describe(folder, *record);
}

/// Ends the supervisor, which ends the server, and returns the lock that it held.
FileLock end_supervisor(const ServerFolder& folder, Ending ending) {
  std::vector<int> signals = {SIGTERM, SIGKILL};
  if (ending == Ending::keeping) {
    signals.insert(signals.begin(), keep_signal);
  }
  for (const int signal : signals) {
    const auto deadline = Clock::now() + (signal == keep_signal ? keep_patience : end_patience);
    bool is_sent = false;
    while (Clock::now() < deadline) {
      if (auto alive = FileLock::try_lock(folder.supervisor())) {
        return std::move(*alive);
      }
      // It writes its number right after it began to live.
      const pid_t supervisor = read_owner(folder.supervisor());
      if (supervisor > 0 && !is_sent) {
        is_sent = ::kill(supervisor, signal) == 0;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  throw failure(Exit::database, "the private PostgreSQL server cannot be ended", folder.path(),
                fmt::format("end the process {} by hand", read_owner(folder.supervisor())));
}

void end_stray(const std::filesystem::path& data) {
  if (!end_stray_server(data)) {
    throw failure(Exit::database, "an earlier server still runs on these data", data, "end it by hand");
  }
}

/// Removes what a killed supervisor left behind.
void clear_remains(const ServerFolder& folder) {
  if (const std::optional<ServerRecord> record = load_record(folder.record())) {
    end_stray(record->data);
    remove_folders(record->data, record->socket_directory);
  }
  // Also there, without a record of its own, in a copy of a build tree.
  end_stray(folder.data());
  std::filesystem::remove_all(folder.data());
  std::filesystem::remove(folder.record());
}

/// Everything up to the end of file; nothing when that takes too long.
std::optional<std::string> read_report(const Descriptor& pipe) {
  const auto deadline = Clock::now() + report_patience;
  std::string report;
  char buffer[512];
  while (Clock::now() < deadline) {
    pollfd event{pipe.number(), POLLIN, 0};
    if (::poll(&event, 1, 1000) <= 0) {
      continue;
    }
    const ssize_t got = ::read(pipe.number(), buffer, sizeof buffer);
    if (got == 0 || (got < 0 && errno != EINTR)) {
      return report;
    }
    report.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  }
  return {};
}

Server launch(const ServerOptions& options, const ServerFolder& folder, const std::optional<ProcessId>& watched,
              FileLock alive) {
  const std::filesystem::path socket_directory =
      std::filesystem::absolute(options.socket_directory.empty() ? "/tmp" / std::filesystem::path(unpredictable_name())
                                                                 : options.socket_directory);
  check_socket_directory(socket_directory);
  const std::filesystem::path bindir =
      options.bindir.empty() ? require_server_binaries() : std::filesystem::absolute(options.bindir);
  check_server_binaries(bindir);
  check_settings(options.settings);
  const Account account = server_account();
  const Cluster cluster{folder,           bindir,
                        account,          choose_data_folder(folder, options.memory, socket_directory, account),
                        socket_directory, pattern_folder(folder, bindir, options.settings),
                        options.settings};
  ServerRecord record{folder.path(),
                      cluster.data,
                      socket_directory,
                      server_uri(socket_directory, account),
                      bindir,
                      options.settings,
                      false,
                      {}};
  register_watched(record, watched);
  claim_private_folder(socket_directory, account);
  try {
    save_record(folder.record(), record);
  } catch (...) {
    remove_folders({}, socket_directory);
    throw;
  }
  const Descriptor pipe = launch_supervisor(cluster, std::move(alive));
  const std::optional<std::string> report = read_report(pipe);
  if (report != supervisor_ready) {
    throw start_failure(folder, !report           ? "its supervisor does not answer"
                                : report->empty() ? "its supervisor was killed"
                                                  : *report);
  }
  return describe(folder, record);
}

/// Locks the folder at a time when no other watched process uses its server.
FileLock lock_unused(const ServerFolder& folder, const ServerOptions& options,
                     const std::optional<ProcessId>& watched) {
  for (bool is_told = false;; is_told = true) {
    std::optional<ProcessId> user;
    {
      FileLock lock = lock_folder(folder);
      user = find_user(folder, watched);
      if (!user) {
        return lock;
      }
    }
    if (!is_told && options.waiting) {
      options.waiting(user->pid);
    }
    if (!is_alive(*watched)) {
      throw failure(Exit::database, fmt::format("the process {} ended before it got a server", watched->pid),
                    folder.path(), "");
    }
    std::this_thread::sleep_for(waiting_pause);
  }
}

} // namespace

Server start_server(const ServerOptions& options) {
  const ServerFolder folder(options.directory);
  const std::optional<ProcessId> watched = options.watched ? identify(*options.watched) : std::nullopt;
  if (options.watched && !watched) {
    throw Failure(Exit::usage, {Severity::error,
                                fmt::format("there is no process {} to watch", *options.watched),
                                {},
                                {},
                                "name a running process"});
  }
  std::error_code problem;
  std::filesystem::create_directories(folder.path(), problem);
  if (problem) {
    throw failure(Exit::usage, fmt::format("cannot create the directory: {}", problem.message()), folder.path(), "");
  }
  const FileLock lock = lock_unused(folder, options, watched);
  std::optional<FileLock> alive = FileLock::try_lock(folder.supervisor());
  if (!alive) {
    if (std::optional<Server> running = join_running(folder, options, watched)) {
      return *running;
    }
    alive = end_supervisor(folder, Ending::at_once);
  }
  clear_remains(folder);
  return launch(options, folder, watched, std::move(*alive));
}

StopOutcome stop_server(const std::filesystem::path& directory, const StopOptions& options) {
  const ServerFolder folder(directory);
  if (!std::filesystem::exists(folder.path())) {
    return StopOutcome::not_running;
  }
  const FileLock lock = lock_folder(folder);
  if (FileLock::try_lock(folder.supervisor())) {
    clear_remains(folder);
    return StopOutcome::not_running;
  }
  std::optional<ServerRecord> record = load_record(folder.record());
  if (record && options.watched) {
    if (record->watched && record->watched->pid == *options.watched) {
      record->watched.reset();
    }
    if (record->is_wanted()) {
      save_record(folder.record(), *record);
      return StopOutcome::left_running;
    }
  }
  Ending ending = Ending::at_once;
  std::exception_ptr problem;
  if (record && options.tidy) {
    try {
      options.tidy(describe(folder, *record));
      ending = Ending::keeping;
    } catch (...) {
      problem = std::current_exception();
    }
  }
  {
    const FileLock alive = end_supervisor(folder, ending);
    clear_remains(folder);
  }
  if (problem) {
    std::rethrow_exception(problem);
  }
  return StopOutcome::stopped;
}

std::optional<Server> find_server(const std::filesystem::path& directory) {
  const ServerFolder folder(directory);
  if (!std::filesystem::exists(folder.path())) {
    return {};
  }
  const FileLock lock = lock_folder(folder);
  if (FileLock::try_lock(folder.supervisor())) {
    return {};
  }
  const std::optional<ServerRecord> record = load_record(folder.record());
  return record && record->is_wanted() ? std::optional(describe(folder, *record)) : std::nullopt;
}

} // namespace retort
