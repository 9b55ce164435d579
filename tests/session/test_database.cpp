#include "session/test_database.hpp"

#include "support/folder.hpp"
#if RETORT_POSTGRESQL
#include "session/postgresql_test_database.hpp"
#endif

#include <sqlite3.h>

#include <stdexcept>

namespace retort {
namespace {

int append_row(void* rows, int columns, char** values, char** /*names*/) {
  auto& text = *static_cast<std::string*>(rows);
  for (int column = 0; column < columns; ++column) {
    text += column > 0 ? "|" : "";
    text += values[column] == nullptr ? "" : values[column];
  }
  text += '\n';
  return 0;
}

std::string run_sqlite(const std::string& file, const std::string& sql) {
  sqlite3* raw = nullptr;
  sqlite3_open(file.c_str(), &raw);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
  sqlite3_busy_timeout(raw, 20'000);
  std::string rows;
  char* complaint = nullptr;
  if (sqlite3_exec(raw, sql.c_str(), append_row, &rows, &complaint) != SQLITE_OK) {
    const std::string message(complaint);
    sqlite3_free(complaint);
    throw std::runtime_error(message);
  }
  return rows;
}

class SqliteTestDatabase : public TestDatabase {
public:
  std::string url() const override { return "sqlite:" + (folder_ / "app.db").string(); }

private:
  Folder folder_;
};

} // namespace

std::string run_sql(const std::string& url, const std::string& sql) {
  const Url parsed = parse_url(url);
#if RETORT_POSTGRESQL
  if (parsed.dialect == Dialect::postgresql) {
    return PostgresqlClient(url).run(sql);
  }
#endif
  return run_sqlite(parsed.target, sql);
}

std::optional<std::string> missing(Dialect dialect) {
  if (dialect == Dialect::sqlite) {
    return {};
  }
#if RETORT_POSTGRESQL
  return PostgresqlTestServer::missing();
#else
  return "this build has no PostgreSQL";
#endif
}

std::unique_ptr<TestDatabase> make_test_database(Dialect dialect) {
#if RETORT_POSTGRESQL
  if (dialect == Dialect::postgresql) {
    return std::make_unique<PostgresqlTestDatabase>();
  }
#endif
  static_cast<void>(dialect);
  return std::make_unique<SqliteTestDatabase>();
}

} // namespace retort
