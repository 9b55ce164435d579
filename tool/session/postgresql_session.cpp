#include "session/postgresql_session.hpp"

#include "session/blocking.hpp"

namespace retort {
PostgresqlSession::PostgresqlSession(Url url, SessionOptions options)
    : waiter_(options.stop), driver_(url.display(), std::move(options), waiter_,
                                     [this, target = url.target] { return connect_postgresql(target, waiter_); }) {}

PostgresqlSession::PostgresqlSession(pg_conn* connection, std::string name, SessionOptions options)
    : waiter_(options.stop), driver_(std::move(name), std::move(options), waiter_, connection) {}

Applied PostgresqlSession::read() {
  Observer silent;
  return run_blocking(waiter_, driver_.read(silent));
}

std::size_t PostgresqlSession::migrate(const Planner& planner, Observer& observer) {
  return run_blocking(waiter_, driver_.migrate(planner, observer));
}

} // namespace retort
