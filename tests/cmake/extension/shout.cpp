// An extension of SQLite with the function shout(text).
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

static void shout(sqlite3_context* context, int, sqlite3_value** values) {
  sqlite3_result_text(context, sqlite3_mprintf("%s!", sqlite3_value_text(values[0])), -1, sqlite3_free);
}

extern "C" int sqlite3_extension_init(sqlite3* database, char**, const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  return sqlite3_create_function(database, "shout", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, shout, nullptr,
                                 nullptr);
}
