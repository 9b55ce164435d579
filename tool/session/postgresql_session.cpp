#include "session/postgresql_session.hpp"

#include "session/blocking.hpp"

namespace retort {
namespace {

Task<PostgresqlHandle> connect(std::string target) { co_return connect_postgresql(target); }

} // namespace

PostgresqlSession::PostgresqlSession(Url url, SessionOptions options)
    : waiter_(options.stop),
      driver_(url.display(), std::move(options), waiter_, [target = url.target] { return connect(target); }) {}

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
