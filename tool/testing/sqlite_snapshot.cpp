#include "schema/read.hpp"
#include "session/sqlite_connection.hpp"
#include "session/sqlite_extension.hpp"
#include "testing/snapshot.hpp"
#include "text/diagnostic.hpp"
#include "text/digest.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <memory>

namespace retort {
namespace {

struct Closer {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;

/// For writing: what a killed process left in a journal has to be rolled back first.
Handle open(const Url& url) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(url.target.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  Handle handle(raw);
  if (code != SQLITE_OK) {
    throw Failure(
        Exit::database,
        {Severity::error, fmt::format("cannot open {}: {}", url.display(), sqlite3_errstr(code)), {}, {}, {}});
  }
  constexpr int patience = 60'000; // milliseconds
  sqlite3_busy_timeout(raw, patience);
  return handle;
}

/// The tables, each with an expression for all values of a row.
std::map<std::string, std::string> row_expressions(SqliteConnection& connection) {
  std::map<std::string, std::string> expressions;
  connection.run("SELECT t.name, c.name FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c "
                 "WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                 "ORDER BY t.name, c.cid",
                 [&](const SqliteRow& row) {
                   std::string& expression = expressions[row.text(0)];
                   expression += fmt::format("{}quote({})", expression.empty() ? "" : "||','||", quoted(row.text(1)));
                 });
  return expressions;
}

Snapshot::Table read_table(SqliteConnection& connection, const std::string& name, const std::string& expression) {
  std::vector<std::string> rows;
  connection.run(fmt::format("SELECT {} FROM main.{}", expression, quoted(name)),
                 [&](const SqliteRow& row) { rows.push_back(row.text(0)); });
  std::ranges::sort(rows);
  Digest digest;
  for (const std::string& row : rows) {
    digest.update(row);
    digest.update("\n");
  }
  return {name, rows.size(), digest.finish()};
}

Snapshot read(SqliteConnection& connection) {
  Snapshot snapshot;
  snapshot.schema = read_schema(connection);
  for (const auto& [name, expression] : row_expressions(connection)) {
    if (name != "retort_revisions") {
      snapshot.tables.push_back(read_table(connection, name, expression));
      continue;
    }
    connection.run("SELECT id, checksum || ' ' || message FROM main.retort_revisions ORDER BY id",
                   [&](const SqliteRow& row) {
                     snapshot.revisions.push_back({row.text(0), row.text(1)});
                   });
  }
  return snapshot;
}

} // namespace

Snapshot take_sqlite_snapshot(const Url& url, const std::vector<std::string>& extensions) {
  const Handle handle = open(url);
  for (const std::string& extension : extensions) {
    load_sqlite_extension(handle.get(), extension);
  }
  SqliteConnection connection(handle.get());
  try {
    return read(connection);
  } catch (const SqliteFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, fmt::format("cannot read {}", url.display())));
  }
}

} // namespace retort
