#include "library/crew.hpp"

#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/strand.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>

namespace retort {
namespace {

/// The workers of one crew. Lives on one strand.
class Workers {
public:
  Workers(const asio::any_io_executor& strand, Crew& crew) : crew_(crew), ended_(strand) {}

  asio::awaitable<void> run() {
    co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    co_await asio::this_coro::throw_if_cancelled(false);
    ended_.expires_at(asio::steady_timer::time_point::max());
    const std::size_t count = std::min(std::max<std::size_t>(crew_.jobs, 1), crew_.pieces);
    for (working_ = 0; working_ < count; ++working_) {
      asio::co_spawn(ended_.get_executor(), work(), [this](const std::exception_ptr& thrown) { end(thrown); });
    }
    while (working_ > 0) {
      asio::error_code ignored;
      co_await ended_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
      if (state.cancelled() != asio::cancellation_type::none) {
        crew_.stop.request_stop();
      }
    }
    if (thrown_) {
      std::rethrow_exception(thrown_);
    }
  }

private:
  asio::awaitable<void> work() {
    while (next_ < crew_.pieces && goes_on_ && !crew_.stop.stop_requested()) {
      const std::size_t number = next_++;
      asio::awaitable<bool> piece = crew_.work(number);
      const bool goes_on = co_await std::move(piece);
      goes_on_ = goes_on_ && goes_on;
    }
  }

  void end(const std::exception_ptr& thrown) {
    if (thrown) {
      thrown_ = thrown_ ? thrown_ : thrown;
      goes_on_ = false;
    }
    if (--working_ == 0) {
      ended_.cancel();
    }
  }

  Crew& crew_;
  asio::steady_timer ended_; ///< cancelled by the last worker
  std::size_t next_ = 0;
  std::size_t working_ = 0;
  bool goes_on_ = true;
  std::exception_ptr thrown_;
};

asio::awaitable<void> run_on(asio::any_io_executor strand, Crew& crew) {
  Workers workers(strand, crew);
  co_await workers.run();
}

} // namespace

asio::awaitable<void> run(asio::any_io_executor executor, Crew& crew) {
  const asio::any_io_executor strand = asio::make_strand(executor);
  asio::awaitable<void> running = run_on(strand, crew);
  co_await asio::co_spawn(strand, std::move(running), asio::use_awaitable);
}

} // namespace retort
