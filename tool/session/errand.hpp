#pragma once

#include "session/task.hpp"
#include "session/waiter.hpp"

#include <functional>
#include <memory>

namespace retort {

/// Something that blocks, on a thread of its own that nobody has to wait for: the errand's end does not end the thread.
/// No signal reaches it.
class Errand {
public:
  /// `action` must not throw, and must own what it uses. Throws std::system_error.
  explicit Errand(std::function<void()> action);

  /// What `action` wrote may be read once it is done.
  bool is_done() const;

  /// A file that can be read from when it is done.
  int file() const;

private:
  class State;
  std::shared_ptr<State> state_;
};

/// Runs `action` on a thread of its own, waits for its end, also when a stop is requested, and throws what it threw.
/// Throws Failure when there is no thread to be had. `action` must outlive the task.
Task<void> run_elsewhere(const std::function<void()>& action, Waiter& waiter);

} // namespace retort
