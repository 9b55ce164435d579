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
asio::awaitable<Report> operate(const EmbeddedHistory& history, Dialect dialect, MigrationRequest request,
                                Options options, Migrate migrate) {
  Operation operation(history, dialect, std::move(request), options);
  std::exception_ptr thrown;
  try {
    AsyncPlanner planner = [&](const Applied& applied, Surroundings surroundings, std::vector<std::string> resets) {
      return operation.plan(applied, surroundings, std::move(resets));
    };
    co_await migrate(std::move(planner), operation, session_options(options));
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
  co_return co_await operate(history, url.dialect, std::move(request), std::move(options), migrate);
}

#if RETORT_POSTGRESQL
asio::awaitable<Report> migrate_connection(asio::any_io_executor executor, pg_conn* connection,
                                           const EmbeddedHistory& history, MigrationRequest request, Options options) {
  const auto migrate = [&](AsyncPlanner planner, Observer& observer, SessionOptions session) {
    return async_migrate(executor, connection, postgresql_name(connection), std::move(session), std::move(planner),
                         observer);
  };
  co_return co_await operate(history, Dialect::postgresql, std::move(request), std::move(options), migrate);
}
#endif

} // namespace

asio::awaitable<Report> async_upgrade(asio::any_io_executor executor, std::string url, const EmbeddedHistory& history,
                                      Options options) {
  MigrationRequest request{Migration::upgrade, options.target};
  return migrate_url(std::move(executor), std::move(url), history, std::move(request), std::move(options));
}

asio::awaitable<Report> async_downgrade(asio::any_io_executor executor, std::string url, const EmbeddedHistory& history,
                                        std::string target, Options options) {
  MigrationRequest request{Migration::downgrade, std::move(target)};
  return migrate_url(std::move(executor), std::move(url), history, std::move(request), std::move(options));
}

#if RETORT_POSTGRESQL
asio::awaitable<Report> async_upgrade(asio::any_io_executor executor, pg_conn* connection,
                                      const EmbeddedHistory& history, Options options) {
  MigrationRequest request{Migration::upgrade, options.target};
  return migrate_connection(std::move(executor), connection, history, std::move(request), std::move(options));
}

asio::awaitable<Report> async_downgrade(asio::any_io_executor executor, pg_conn* connection,
                                        const EmbeddedHistory& history, std::string target, Options options) {
  MigrationRequest request{Migration::downgrade, std::move(target)};
  return migrate_connection(std::move(executor), connection, history, std::move(request), std::move(options));
}
#endif

} // namespace retort
