#include "library/async_session.hpp"
#include "library/operation.hpp"

#include <retort/async.hpp>
#if RETORT_POSTGRESQL
#include "session/postgresql_connect.hpp"
#endif

namespace retort {
namespace {

/// Runs `migrate`, which is given the planner, the observer and the session's options.
template <typename Migrate>
asio::awaitable<Report> operate(const EmbeddedHistory& history, Dialect dialect, const MigrationRequest& request,
                                const Options& options, const Migrate& migrate) {
  Operation operation(history, dialect, request, options);
  std::exception_ptr thrown;
  try {
    AsyncPlanner planner = [&](const Applied& applied, Surroundings surroundings, std::vector<std::string> resets) {
      return operation.plan(applied, surroundings, std::move(resets));
    };
    asio::awaitable<std::size_t> migration = migrate(std::move(planner), operation, session_options(options));
    co_await std::move(migration);
  } catch (...) {
    thrown = std::current_exception();
  }
  if (thrown) {
    operation.fail(thrown);
  }
  co_return operation.finish();
}

Url url_of(const std::string& text) {
  try {
    return parse_url(text);
  } catch (const Failure& failure) {
    throw error_of(failure);
  }
}

asio::awaitable<Report> migrate_url(asio::any_io_executor executor, std::string text, const EmbeddedHistory& history,
                                    MigrationRequest request, Options options) {
  const Url url = url_of(text);
  const auto migrate = [&](AsyncPlanner planner, Observer& observer, SessionOptions session) {
    return async_migrate(executor, url, std::move(session), std::move(planner), observer);
  };
  co_return co_await operate(history, url.dialect, request, options, migrate);
}

#if RETORT_POSTGRESQL
asio::awaitable<Report> migrate_connection(asio::any_io_executor executor, pg_conn* connection,
                                           const EmbeddedHistory& history, MigrationRequest request, Options options) {
  const auto migrate = [&](AsyncPlanner planner, Observer& observer, SessionOptions session) {
    return async_migrate(executor, connection, postgresql_name(connection), std::move(session), std::move(planner),
                         observer);
  };
  co_return co_await operate(history, Dialect::postgresql, request, options, migrate);
}
#endif

} // namespace

asio::awaitable<Report> async_upgrade(asio::any_io_executor executor, const std::string& url,
                                      const EmbeddedHistory& history, const Options& options) {
  return migrate_url(std::move(executor), url, history, {Migration::upgrade, options.target}, options);
}

asio::awaitable<Report> async_downgrade(asio::any_io_executor executor, const std::string& url,
                                        const EmbeddedHistory& history, const std::string& target,
                                        const Options& options) {
  return migrate_url(std::move(executor), url, history, {Migration::downgrade, target}, options);
}

#if RETORT_POSTGRESQL
asio::awaitable<Report> async_upgrade(asio::any_io_executor executor, pg_conn* connection,
                                      const EmbeddedHistory& history, const Options& options) {
  return migrate_connection(std::move(executor), connection, history, {Migration::upgrade, options.target}, options);
}

asio::awaitable<Report> async_downgrade(asio::any_io_executor executor, pg_conn* connection,
                                        const EmbeddedHistory& history, const std::string& target,
                                        const Options& options) {
  return migrate_connection(std::move(executor), connection, history, {Migration::downgrade, target}, options);
}
#endif

} // namespace retort
