#include "library/async_session.hpp"

#include "library/event_loop.hpp"
#include "session/errand.hpp"
#include "session/sqlite_file.hpp"
#if RETORT_POSTGRESQL
#include "session/postgresql_driver.hpp"
#endif

#include <asio/co_spawn.hpp>
#include <asio/strand.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace retort {
namespace {

asio::awaitable<void> accept_cancellation() {
  co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
  co_await asio::this_coro::throw_if_cancelled(false);
}

/// A coroutine of its own, whose cancellation state is its own, too.
asio::awaitable<std::size_t> on_strand(asio::any_io_executor executor, asio::awaitable<std::size_t> operation) {
  co_return co_await asio::co_spawn(asio::make_strand(executor), std::move(operation), asio::use_awaitable);
}

asio::awaitable<std::size_t> migrate_sqlite(Url url, SessionOptions options, AsyncPlanner planner, Observer& observer) {
  co_await accept_cancellation();
  const auto strand = co_await asio::this_coro::executor;
  EventLoop loop(strand, options.stop);
  options.stop = loop.stop();
  Waiter waiter(options.stop);
  std::size_t committed = 0;
  const std::function<void()> action = [&] {
    SqliteFile session(url, options);
    committed =
        session.migrate([&](const Applied& applied) { return planner(applied, Surroundings::none, {}); }, observer);
  };
  co_await loop.run(waiter, run_elsewhere(action, waiter));
  co_return committed;
}

#if RETORT_POSTGRESQL
Stream plan(const PostgresqlDriver& driver, const AsyncPlanner& planner, const Applied& applied) {
  return planner(applied, driver.joins() ? Surroundings::transaction : Surroundings::none, driver.resets());
}

asio::awaitable<std::size_t> migrate_postgresql(Url url, SessionOptions options, AsyncPlanner planner,
                                                Observer& observer) {
  co_await accept_cancellation();
  const auto strand = co_await asio::this_coro::executor;
  EventLoop loop(strand, options.stop);
  options.stop = loop.stop();
  Waiter waiter(options.stop);
  PostgresqlDriver driver(url.display(), std::move(options), waiter,
                          [&] { return connect_postgresql(url.target, waiter); });
  const Session::Planner plan_state = [&](const Applied& applied) { return plan(driver, planner, applied); };
  co_return co_await loop.run(waiter, driver.migrate(plan_state, observer));
}

asio::awaitable<std::size_t> migrate_postgresql(pg_conn* connection, std::string name, SessionOptions options,
                                                AsyncPlanner planner, Observer& observer) {
  co_await accept_cancellation();
  const auto strand = co_await asio::this_coro::executor;
  EventLoop loop(strand, options.stop);
  options.stop = loop.stop();
  Waiter waiter(options.stop);
  PostgresqlDriver driver(std::move(name), std::move(options), waiter, connection);
  const Session::Planner plan_state = [&](const Applied& applied) { return plan(driver, planner, applied); };
  co_return co_await loop.run(waiter, driver.migrate(plan_state, observer));
}
#endif

} // namespace

asio::awaitable<std::size_t> async_migrate(asio::any_io_executor executor, Url url, SessionOptions options,
                                           AsyncPlanner planner, Observer& observer) {
  if (url.dialect == Dialect::sqlite) {
    return on_strand(std::move(executor),
                     migrate_sqlite(std::move(url), std::move(options), std::move(planner), observer));
  }
#if RETORT_POSTGRESQL
  return on_strand(std::move(executor),
                   migrate_postgresql(std::move(url), std::move(options), std::move(planner), observer));
#else
  throw cannot_connect_to_postgresql();
#endif
}

#if RETORT_POSTGRESQL
asio::awaitable<std::size_t> async_migrate(asio::any_io_executor executor, pg_conn* connection, std::string name,
                                           SessionOptions options, AsyncPlanner planner, Observer& observer) {
  return on_strand(std::move(executor),
                   migrate_postgresql(connection, std::move(name), std::move(options), std::move(planner), observer));
}
#endif

} // namespace retort
