#include "library/operation.hpp"
#include "session/postgresql_session.hpp"

#include <retort/postgresql.hpp>

namespace retort {
namespace {

Report migrate(pg_conn* connection, const EmbeddedHistory& history, MigrationRequest request, const Options& options) {
  Operation operation(history, Dialect::postgresql, std::move(request), options);
  try {
    PostgresqlSession session(connection, postgresql_name(connection), session_options(options));
    session.migrate([&](const Applied& applied) { return operation.plan(applied, session); }, operation);
  } catch (...) {
    operation.fail(std::current_exception());
  }
  return operation.finish();
}

} // namespace

Report upgrade(pg_conn* connection, const EmbeddedHistory& history, const Options& options) {
  return migrate(connection, history, {Migration::upgrade, options.target}, options);
}

Report downgrade(pg_conn* connection, const EmbeddedHistory& history, std::string_view target, const Options& options) {
  return migrate(connection, history, {Migration::downgrade, std::string(target)}, options);
}

Report stamp(pg_conn* connection, const EmbeddedHistory& history, std::string_view target, const Options& options) {
  return migrate(connection, history, {Migration::stamp, std::string(target)}, options);
}

std::vector<std::string> current(pg_conn* connection, const EmbeddedHistory& history) {
  return current_of(check(connection, history));
}

std::vector<RevisionName> pending(pg_conn* connection, const EmbeddedHistory& history, const Options& options) {
  return pending_of(check(connection, history, options));
}

Status check(pg_conn* connection, const EmbeddedHistory& history, const Options& options) {
  try {
    PostgresqlSession session(connection, postgresql_name(connection), session_options(options));
    return status_of(history, Dialect::postgresql, session.read(), options);
  } catch (const Failure& failure) {
    throw error_of(failure);
  }
}

} // namespace retort
