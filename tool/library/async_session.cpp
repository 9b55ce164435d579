#include "library/async_session.hpp"

#include "library/event_loop.hpp"
#include "session/sqlite_file.hpp"
#if RETORT_POSTGRESQL
#include "session/postgresql_driver.hpp"
#endif

#include <asio/bind_cancellation_slot.hpp>
#include <asio/co_spawn.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/strand.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <thread>
#include <utility>

namespace retort {
namespace {

/// Runs `action` on a thread of its own. A cancellation requests `stop`.
asio::awaitable<std::size_t> on_thread(std::stop_source stop, std::function<std::size_t()> action) {
  const auto executor = co_await asio::this_coro::executor;
  const auto initiate = [&](auto handler) {
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
      slot.assign([stop](asio::cancellation_type) mutable { stop.request_stop(); });
    }
    std::thread([action, handler = std::move(handler), work = asio::make_work_guard(executor)]() mutable {
      std::exception_ptr thrown;
      std::size_t committed = 0;
      try {
        committed = action();
      } catch (...) {
        thrown = std::current_exception();
      }
      asio::post(work.get_executor(),
                 [handler = std::move(handler), thrown, committed]() mutable { handler(thrown, committed); });
    }).detach();
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr, std::size_t)>(
      initiate, asio::use_awaitable);
}

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
  std::stop_source stop;
  const std::stop_callback forwarded(options.stop, [&stop] { stop.request_stop(); });
  options.stop = stop.get_token();
  std::function<std::size_t()> action = [&] {
    SqliteFile session(url, options);
    return session.migrate([&](const Applied& applied) { return planner(applied, Surroundings::none, {}); }, observer);
  };
  co_return co_await on_thread(stop, std::move(action));
}

#if RETORT_POSTGRESQL
Stream plan(const PostgresqlDriver& driver, const AsyncPlanner& planner, const Applied& applied) {
  return planner(applied, driver.joins() ? Surroundings::transaction : Surroundings::none, driver.resets());
}

/// Looks up the names of a target's hosts, which libpq would block for.
asio::awaitable<std::vector<PostgresqlHost>> look_up(std::string target) {
  const std::vector<PostgresqlHost> hosts = hosts_to_look_up(target);
  std::vector<PostgresqlHost> found;
  asio::ip::tcp::resolver resolver(co_await asio::this_coro::executor);
  for (const PostgresqlHost& host : hosts) {
    try {
      const auto addresses = co_await resolver.async_resolve(host.name, host.port, asio::use_awaitable);
      for (const auto& entry : addresses) {
        found.push_back({host.name, host.port, entry.endpoint().address().to_string()});
      }
    } catch (const asio::system_error&) {
      // libpq says which name it cannot look up, or goes on to the next host.
    }
  }
  co_return found;
}

asio::awaitable<std::size_t> migrate_postgresql(Url url, SessionOptions options, AsyncPlanner planner,
                                                Observer& observer) {
  co_await accept_cancellation();
  const auto strand = co_await asio::this_coro::executor;
  EventLoop loop(strand, options.stop);
  options.stop = loop.stop();
  Waiter waiter(options.stop);
  std::vector<PostgresqlHost> hosts = co_await look_up(url.target);
  PostgresqlDriver driver(url.display(), std::move(options), waiter,
                          [&] { return connect_postgresql(url.target, hosts, waiter); });
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
