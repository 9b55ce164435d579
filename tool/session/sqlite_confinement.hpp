#pragma once

struct sqlite3;

namespace retort {

/// Lets SQL on this connection open no other database file: ATTACH and VACUUM INTO fail with SQLITE_AUTH.
void confine(sqlite3* handle);

} // namespace retort
