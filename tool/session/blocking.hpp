#pragma once

#include "session/task.hpp"
#include "session/waiter.hpp"

#include <memory>
#include <stop_token>

namespace retort {

/// Waits by blocking the thread.
class Blocker {
public:
  /// Throws Failure when the process has no file descriptor left.
  explicit Blocker(const std::stop_token& stop);
  ~Blocker();

  void wait(const Wait& wait) const;

private:
  class StopSignal;
  std::unique_ptr<StopSignal> signal_; ///< where somebody can request a stop
};

/// Runs a task to its end on this thread.
template <typename T>
T run_blocking(Waiter& waiter, Task<T> task) {
  const Blocker blocker(waiter.stop());
  for (task.start(); !task.done(); waiter.resume()) {
    blocker.wait(waiter.wait());
  }
  return task.result();
}

} // namespace retort
