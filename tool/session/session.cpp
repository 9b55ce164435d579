#include "session/session.hpp"

#include "session/sqlite_file.hpp"
#if RETORT_POSTGRESQL
#include "session/postgresql_session.hpp"
#endif

namespace retort {

Failure cannot_connect_to_postgresql() {
  return {Exit::usage,
          {Severity::error,
           "this build of Retort cannot connect to PostgreSQL",
           {},
           {},
           "configure Retort with RETORT_POSTGRESQL=ON; scripts (--sql) need no connection"}};
}

std::unique_ptr<Session> open_session(const Url& url, const SessionOptions& options) {
  if (url.dialect == Dialect::sqlite) {
    return std::make_unique<SqliteFile>(url, options);
  }
#if RETORT_POSTGRESQL
  return std::make_unique<PostgresqlSession>(url, options);
#else
  throw cannot_connect_to_postgresql();
#endif
}

} // namespace retort
