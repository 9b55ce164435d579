// An SQLite extension with one function, spare(), which returns 1.

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

extern "C" int sqlite3_extension_init(sqlite3* database, char** /*complaint*/, const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  return sqlite3_create_function(
      database, "spare", 0, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
      [](sqlite3_context* context, int /*count*/, sqlite3_value** /*values*/) { sqlite3_result_int(context, 1); },
      nullptr, nullptr);
}
