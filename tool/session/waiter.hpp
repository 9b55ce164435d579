#pragma once

#include <chrono>
#include <coroutine>
#include <functional>
#include <stop_token>
#include <utility>

namespace retort {

/// What a coroutine waits for: a socket, a time, or whichever comes first.
struct Wait {
  enum class For { reading, writing, both };
  using Clock = std::chrono::steady_clock;

  int socket = -1; ///< -1: only the time counts
  For readiness = For::reading;
  Clock::time_point until = Clock::time_point::max();
};

/// Where the coroutines of one session suspend. They do no waiting themselves: whoever runs them looks at wait(), waits
/// in its own way, blocking or not, and calls resume(). See docs/decisions/sans-io.md.
class Waiter {
public:
  explicit Waiter(std::stop_token stop = {}) : stop_(std::move(stop)) {}
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  struct Awaitable {
    Waiter& waiter;
    Wait wait;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> suspended) noexcept {
      waiter.wait_ = wait;
      waiter.suspended_ = suspended;
    }
    void await_resume() const noexcept {}
  };

  Awaitable operator()(Wait wait) { return {*this, wait}; }
  Awaitable sleep(Wait::Clock::duration duration) {
    return {*this, {-1, Wait::For::reading, Wait::Clock::now() + duration}};
  }

  const Wait& wait() const { return wait_; }
  void resume() { std::exchange(suspended_, {}).resume(); }

  /// Whether the run is to stop; asked between batches.
  const std::stop_token& stop() const { return stop_; }

  /// What ends the wait for the socket early when the run is to stop; empty where the end must be waited for. It may
  /// block, and be called on any thread.
  std::function<void()> cancel;

private:
  std::stop_token stop_;
  Wait wait_;
  std::coroutine_handle<> suspended_;
};

} // namespace retort
