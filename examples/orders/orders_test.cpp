// Asks the migrated database whose URL stands in DATABASE_URL for what the application needs of it.

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

int main() {
  constexpr std::string_view scheme = "sqlite:";
  const char* variable = std::getenv("DATABASE_URL");
  const std::string_view url = variable == nullptr ? "" : variable;
  if (!url.starts_with(scheme)) {
    std::fputs("DATABASE_URL must name an SQLite database\n", stderr);
    return 1;
  }
  sqlite3* database = nullptr;
  if (sqlite3_open_v2(url.data() + scheme.size(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
    std::fprintf(stderr, "cannot open the database: %s\n", sqlite3_errmsg(database));
    return 1;
  }
  const char* place_order = "INSERT INTO orders (customer, total_cents) VALUES ('Ada', 1250);"
                            "UPDATE orders SET shipped_at = '2026-11-22' WHERE customer = 'Ada';";
  char* error = nullptr;
  const int code = sqlite3_exec(database, place_order, nullptr, nullptr, &error);
  if (code != SQLITE_OK) {
    std::fprintf(stderr, "cannot place an order: %s\n", error);
  }
  sqlite3_free(error);
  sqlite3_close(database);
  return code == SQLITE_OK ? 0 : 1;
}
