#pragma once

#include "session/task.hpp"
#include "session/waiter.hpp"

namespace retort {

/// Waits, blocking, for what the waiter's coroutine waits for, or for the request to stop: a wait for a time alone ends
/// then, and the waiter's cancel() is called, once, for a wait for a socket.
void block(Waiter& waiter);

/// Runs a task to its end on this thread.
template <typename T>
T run_blocking(Waiter& waiter, Task<T> task) {
  for (task.start(); !task.done(); waiter.resume()) {
    block(waiter);
  }
  return task.result();
}

} // namespace retort
