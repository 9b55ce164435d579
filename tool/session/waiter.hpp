#pragma once

#include <chrono>
#include <coroutine>
#include <stop_token>
#include <utility>

namespace retort {

/// What a coroutine waits for: a socket, a time, or whichever comes first.
struct Wait {
  enum class For { reading, writing, both };
  enum class AtStop { ends, goes_on };
  using Clock = std::chrono::steady_clock;

  int socket = -1; ///< -1: only the time counts
  For readiness = For::reading;
  Clock::time_point until = Clock::time_point::max();
  AtStop at_stop = AtStop::ends; ///< what a request to stop does to the wait
};

/// What `poll` calls a readiness.
short poll_events(Wait::For readiness);

/// Whether the socket is ready now. False without one.
bool is_ready(const Wait& wait);

/// Where the coroutines of one session suspend. They do no waiting themselves: whoever runs them looks at wait(), waits
/// in its own way, blocking or not, and calls resume(), at times too early. See docs/decisions/sans-io.md.
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
    return {*this, {-1, Wait::For::reading, Wait::Clock::now() + duration, Wait::AtStop::ends}};
  }

  const Wait& wait() const { return wait_; }
  void resume() { std::exchange(suspended_, {}).resume(); }

  /// Whether the run is to stop; asked between batches.
  const std::stop_token& stop() const { return stop_; }

private:
  std::stop_token stop_;
  Wait wait_;
  std::coroutine_handle<> suspended_;
};

} // namespace retort
