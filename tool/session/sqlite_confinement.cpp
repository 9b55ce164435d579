#include "session/sqlite_confinement.hpp"

#include <sqlite3.h>

#include <string_view>

namespace retort {
namespace {

/// `file` is absent where an expression gives it. VACUUM attaches a nameless one.
int authorize(void* /*context*/, int action, const char* file, const char* /*second*/, const char* /*database*/,
              const char* /*trigger*/) {
  const bool is_own = file != nullptr && (std::string_view(file).empty() || std::string_view(file) == ":memory:");
  return action == SQLITE_ATTACH && !is_own ? SQLITE_DENY : SQLITE_OK;
}

} // namespace

void confine(sqlite3* handle) { sqlite3_set_authorizer(handle, authorize, nullptr); }

} // namespace retort
