#include "library/event_loop.hpp"

#include "text/diagnostic.hpp"

#include <asio/buffer.hpp>
#include <asio/experimental/deferred.hpp>
#include <asio/experimental/parallel_group.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace retort {
namespace {

using asio::experimental::deferred;

/// The first one of an executor opens files.
std::shared_ptr<asio::steady_timer> make_timer(const asio::any_io_executor& strand) {
  try {
    return std::make_shared<asio::steady_timer>(strand);
  } catch (const std::system_error& error) {
    throw Failure(Exit::database, {Severity::error, fmt::format("cannot begin: {}", error.what()), {}, {}, {}});
  }
}

/// How often a socket is looked at that cannot be watched.
constexpr std::chrono::milliseconds look_again{10};

/// Watches with a descriptor of its own: the caller's event loop may watch the socket, too. False when the process has
/// none left.
bool watch(asio::posix::stream_descriptor& watching, int socket) {
  const int own = ::dup(socket);
  asio::error_code error;
  if (own >= 0) {
    watching.assign(own, error);
  }
  if (own >= 0 && error) {
    ::close(own);
  }
  return own >= 0 && !error;
}

} // namespace

EventLoop::EventLoop(const asio::any_io_executor& strand, std::stop_token stop)
    : timer_(make_timer(strand)), forwarded_(std::move(stop), [this, timer = std::weak_ptr(timer_), strand] {
        stop_.request_stop();
        asio::post(strand, [timer] {
          if (const auto waiting = timer.lock()) {
            waiting->cancel();
          }
        });
      }) {}

asio::awaitable<void> EventLoop::wait(Waiter& waiter) {
  const Wait& wait = waiter.wait();
  if (is_over(wait)) {
    co_return;
  }
  asio::posix::stream_descriptor socket(timer_->get_executor());
  if (wait.socket >= 0 && !watch(socket, wait.socket)) {
    do {
      timer_->expires_at(std::min(wait.until, Wait::Clock::now() + look_again));
      co_await wait_for(wait, nullptr);
    } while (!is_ready(wait) && !is_over(wait));
    co_return;
  }
  timer_->expires_at(wait.until);
  co_await wait_for(wait, wait.socket >= 0 ? &socket : nullptr);
}

bool EventLoop::is_over(const Wait& wait) const {
  return (wait.at_stop == Wait::AtStop::ends && stop_.stop_requested()) || Wait::Clock::now() >= wait.until;
}

/// Ends when the socket is there, when the timer expires, or when somebody cancels it.
asio::awaitable<void> EventLoop::wait_for(const Wait& wait, asio::posix::stream_descriptor* socket) {
  using Readiness = asio::posix::stream_descriptor::wait_type;
  using Group = asio::experimental::wait_for_one;
  if (socket == nullptr) {
    co_await asio::experimental::make_parallel_group(timer_->async_wait(deferred))
        .async_wait(Group(), asio::use_awaitable);
  } else if (wait.readiness == Wait::For::both) {
    co_await asio::experimental::make_parallel_group(socket->async_wait(Readiness::wait_read, deferred),
                                                     socket->async_wait(Readiness::wait_write, deferred),
                                                     timer_->async_wait(deferred))
        .async_wait(Group(), asio::use_awaitable);
  } else {
    const Readiness readiness = wait.readiness == Wait::For::reading ? Readiness::wait_read : Readiness::wait_write;
    co_await asio::experimental::make_parallel_group(socket->async_wait(readiness, deferred),
                                                     timer_->async_wait(deferred))
        .async_wait(Group(), asio::use_awaitable);
  }
  const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) {
    stop_.request_stop();
  }
}

} // namespace retort
