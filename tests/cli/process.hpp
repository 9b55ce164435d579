#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// What came out of a program.
struct Output {
  int status = -1; ///< 128 + the signal's number when one ended it
  std::string out;
  std::string err;

  /// Everything as one text, for comparisons: the status, then both outputs under a line each, if there is any.
  std::string text() const;
};

/// How to start a program. Standard input is empty.
struct Invocation {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path folder = "/";             ///< its working directory
  std::map<std::string, std::string> environment; ///< on top of a small fixed one; not of this process's
  std::string standard_output;                    ///< a file instead of a pipe, such as /dev/full
};

/// A running program; killed at the end of the scope.
class Process {
public:
  explicit Process(const Invocation& invocation);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Waits for its end. A program that runs on for a minute is killed.
  Output wait();

  /// Ends it with SIGKILL; does not wait.
  void kill() const;

  /// Whether it ends within that time.
  bool ends_within(std::chrono::microseconds time);

  pid_t pid() const { return pid_; }

private:
  bool read_some(int timeout_ms);

  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
  Output output_;
  std::optional<int> status_;
};

/// Starts it and waits for its end.
Output run_process(const Invocation& invocation);

} // namespace retort
