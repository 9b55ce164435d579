#include "library/event_loop.hpp"

#include <asio/buffer.hpp>
#include <asio/experimental/deferred.hpp>
#include <asio/experimental/parallel_group.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <asio/system_executor.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <unistd.h>

#include <utility>

namespace retort {
namespace {

using asio::experimental::deferred;

} // namespace

EventLoop::EventLoop(const asio::any_io_executor& strand, std::stop_token stop)
    : timer_(std::make_shared<asio::steady_timer>(strand)),
      forwarded_(std::move(stop), [this, timer = std::weak_ptr(timer_), strand] {
        stop_.request_stop();
        asio::post(strand, [timer] {
          if (const auto waiting = timer.lock()) {
            waiting->cancel();
          }
        });
      }) {}

asio::awaitable<void> EventLoop::wait(Waiter& waiter) {
  const Wait& wait = waiter.wait();
  if (stop_.stop_requested() && waiter.cancel && wait.socket >= 0) {
    // libpq opens a connection of its own for it, and blocks.
    asio::post(asio::system_executor(), std::exchange(waiter.cancel, {}));
  }
  if (stop_.stop_requested() && wait.socket < 0) {
    co_return;
  }
  co_await wait_for(wait);
  const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) {
    stop_.request_stop();
  }
}

/// Ends when what is waited for is there, when the time is over, or when somebody cancels the timer.
asio::awaitable<void> EventLoop::wait_for(const Wait& wait) {
  using Readiness = asio::posix::stream_descriptor::wait_type;
  using Group = asio::experimental::wait_for_one;
  timer_->expires_at(wait.until);
  if (wait.socket < 0) {
    co_await asio::experimental::make_parallel_group(timer_->async_wait(deferred))
        .async_wait(Group(), asio::use_awaitable);
    co_return;
  }
  // A descriptor of its own: the caller's event loop may watch the socket, too.
  asio::posix::stream_descriptor socket(timer_->get_executor(), ::dup(wait.socket));
  if (wait.readiness == Wait::For::both) {
    co_await asio::experimental::make_parallel_group(socket.async_wait(Readiness::wait_read, deferred),
                                                     socket.async_wait(Readiness::wait_write, deferred),
                                                     timer_->async_wait(deferred))
        .async_wait(Group(), asio::use_awaitable);
    co_return;
  }
  const Readiness readiness = wait.readiness == Wait::For::reading ? Readiness::wait_read : Readiness::wait_write;
  co_await asio::experimental::make_parallel_group(socket.async_wait(readiness, deferred), timer_->async_wait(deferred))
      .async_wait(Group(), asio::use_awaitable);
}

} // namespace retort
