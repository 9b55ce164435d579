#pragma once

#include "session/task.hpp"
#include "session/waiter.hpp"

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace retort {

/// Does the waiting of one session's coroutines with Asio. Lives on one strand. Waiting throws
/// nothing: a task is never left in the middle.
class EventLoop {
public:
  /// Stops when `stop` is requested or the coroutine that runs it is cancelled. Throws Failure when Asio cannot wait.
  EventLoop(const asio::any_io_executor& strand, std::stop_token stop);
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// The request to stop, for the waiter and the session.
  std::stop_token stop() const { return stop_.get_token(); }

  template <typename T>
  asio::awaitable<T> run(Waiter& waiter, Task<T> task) {
    for (task.start(); !task.done(); waiter.resume()) {
      co_await wait(waiter);
    }
    co_return task.result();
  }

private:
  asio::awaitable<void> wait(Waiter& waiter);
  asio::awaitable<void> wait_for(const Wait& wait, asio::posix::stream_descriptor* socket);
  bool is_over(const Wait& wait) const;

  std::shared_ptr<asio::steady_timer> timer_; ///< shared with who may wake it
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> forwarded_;
};

} // namespace retort
