#pragma once

#include "server/account.hpp"
#include "server/descriptor.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A process, told from a later one with the same number by the time of its start.
struct ProcessId {
  pid_t pid = 0;
  std::uint64_t started = 0; ///< in clock ticks since the machine's start

  bool operator==(const ProcessId&) const = default;
};

/// Nothing when there is no such process, or when it has ended and only waits to be reaped.
std::optional<ProcessId> identify(pid_t pid);

bool is_alive(const ProcessId& process);

/// A descriptor that polls readable when `process` ends; none where the system cannot do that, or when it has ended.
Descriptor open_process(const ProcessId& process);

struct Executable {
  std::filesystem::path executable; ///< without a slash: looked for in PATH
  std::vector<std::string> arguments;
  Account account;
  int output = -1;      ///< its standard output and error output; it inherits nothing else
  int death_signal = 0; ///< sent to it when the calling process ends
};

/// Starts `program` with /dev/null as its input and an environment without PG* variables, locales and time zone.
/// What keeps it from starting is written to its output, and its exit status is then 127. Throws Failure
/// (Exit::database) when the system cannot create a process. Only for processes with one thread.
pid_t spawn(const Executable& program);

/// Whether the child `pid` has ended, and with which wait status. Waits for up to `patience`.
std::optional<int> wait_for(pid_t pid, std::chrono::milliseconds patience);

/// "ended with status 1", "was ended by signal 9".
std::string describe_status(int status);

/// What `executable` prints, without white space at its end; nothing when it fails or takes longer than 10 seconds.
std::optional<std::string> output_of(const std::filesystem::path& executable, std::vector<std::string> arguments);

/// Closes all descriptors of the process but the standard ones and those of `kept`.
void close_inherited(const std::vector<int>& kept);

} // namespace retort
