#pragma once

#include "server/descriptor.hpp"

#include <sys/types.h>

#include <functional>
#include <string>

namespace retort {

/// A copy of this process that runs one function and ends. Only for processes with one thread. One that nobody waited
/// for is killed at the end.
class ForkedProcess {
public:
  enum class Output {
    result, ///< what the function returns
    all     ///< all that the process prints
  };

  struct Outcome {
    int status = 0; ///< 1: the function threw a Failure, and the output is its messages
    int signal = 0; ///< what ended the process; 0: it ended by itself
    std::string output;
  };

  /// Throws Failure (Exit::database) when there is no process to be had.
  explicit ForkedProcess(const std::function<std::string()>& work, Output output = Output::result);
  ~ForkedProcess();
  ForkedProcess(const ForkedProcess&) = delete;
  ForkedProcess& operator=(const ForkedProcess&) = delete;

  Outcome wait();

private:
  pid_t pid_ = -1;
  Descriptor output_;
};

} // namespace retort
