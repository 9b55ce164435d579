#include "session/sqlite_connection.hpp"
#include "testing/contents.hpp"
#include "text/digest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

struct Table {
  bool is_virtual = false;
  std::string expression; ///< for all values of a row
};

/// What is hidden in a virtual table is a command, not a value.
std::map<std::string, Table> tables_of(SqliteConnection& connection) {
  std::map<std::string, Table> tables;
  connection.run(
      "SELECT t.name, t.type = 'virtual', c.name FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c "
      "WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND c.hidden <> 1 "
      "AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT IN ('retort_revisions', "
      "'retort_journal') ORDER BY t.name, c.name",
      [&](const SqliteRow& row) {
        Table& table = tables[row.text(0)];
        table.is_virtual = row.text(1) == "1";
        table.expression += fmt::format("{}quote({})", table.expression.empty() ? "" : "||','||", quoted(row.text(2)));
      });
  return tables;
}

Contents::Rows read_rows(SqliteConnection& connection, const std::string& name, const Table& table) {
  std::vector<std::string> rows;
  try {
    connection.run(fmt::format("SELECT {} FROM main.{}", table.expression, quoted(name)),
                   [&](const SqliteRow& row) { rows.push_back(row.text(0)); });
  } catch (const SqliteFailure&) {
    if (!table.is_virtual) {
      throw;
    }
    rows.clear(); // its module need not be able to
  }
  std::ranges::sort(rows);
  Digest digest;
  for (const std::string& row : rows) {
    digest.update(row);
    digest.update("\n");
  }
  return {rows.size(), digest.finish()};
}

} // namespace

Contents read_contents(SqliteConnection& connection) {
  Contents contents;
  for (const auto& [name, table] : tables_of(connection)) {
    contents.tables.emplace(name, read_rows(connection, name, table));
  }
  bool counts = false;
  connection.run("SELECT 1 FROM main.sqlite_master WHERE name = 'sqlite_sequence'",
                 [&](const SqliteRow&) { counts = true; });
  if (counts) {
    for (const auto& [name, rows] : contents.tables) {
      contents.facts.emplace(fmt::format("the last AUTOINCREMENT value of table {}", name), "none");
    }
    connection.run("SELECT name, seq FROM main.sqlite_sequence", [&](const SqliteRow& row) {
      contents.facts[fmt::format("the last AUTOINCREMENT value of table {}", row.text(0))] = row.text(1);
    });
  }
  return contents;
}

} // namespace retort
