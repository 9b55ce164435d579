#include "session/postgresql_cancel.hpp"

#include <libpq-fe.h>

#include <array>
#include <system_error>

namespace retort {

PostgresqlCancel::PostgresqlCancel(pg_conn* connection) : cancel_(PQgetCancel(connection), PQfreeCancel) {}

void PostgresqlCancel::ask() {
  if (asks()) {
    return;
  }
  try {
    errand_.emplace([cancel = cancel_] {
      std::array<char, 256> complaint{};
      PQcancel(cancel.get(), complaint.data(), static_cast<int>(complaint.size()));
    });
  } catch (const std::system_error&) {
    // It is asked again.
  }
}

} // namespace retort
