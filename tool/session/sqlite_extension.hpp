#pragma once

#include <string>

struct sqlite3;

namespace retort {

/// Loads a shared library into a connection. Throws Failure (Exit::database).
void load_sqlite_extension(sqlite3* handle, const std::string& path);

} // namespace retort
