#include "dialect/lexicon.hpp"
#include "schema/read.hpp"
#include "schema/sqlite_table.hpp"
#include "schema/sqlite_text.hpp"
#include "schema/sqlite_virtual_table.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace retort {
namespace {

using namespace sqlite_text;

/// A row of sqlite_schema.
struct Stored {
  std::string type;
  std::string name;
  std::string table;
  std::string sql;
};

/// What SQLite calls the shadows of virtual tables, by their names, without those that are tables of their own.
std::set<std::string> shadows(SqliteConnection& connection, const std::vector<Stored>& stored) {
  std::set<std::string> found;
  connection.run("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'",
                 [&](const SqliteRow& row) { found.insert(row.text(0)); });
  if (found.empty()) {
    return found;
  }
  std::vector<Object> tables;
  for (const Stored& one : stored) {
    if (one.type == "table") {
      tables.push_back(read_sqlite_table(one.name, one.sql).objects.front());
    }
  }
  for (const Stored& one : stored) {
    if (one.type == "table" && std::ranges::none_of(tables, [&](const Object& table) {
          return sqlite_virtual_table::keeps_in(table, one.name, one.sql);
        })) {
      found.erase(one.name);
    }
  }
  return found;
}

/// Without what SQLite made for itself, what stands behind virtual tables, and what is Retort's own.
std::vector<Stored> stored_objects(SqliteConnection& connection) {
  std::vector<Stored> stored;
  // Tables first: the others need their columns.
  connection.run("SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL "
                 "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type NOT IN ('table', 'view')",
                 [&](const SqliteRow& row) {
                   stored.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
                 });
  std::set<std::string> left_out = shadows(connection, stored);
  left_out.insert({"retort_revisions", "retort_journal"});
  std::erase_if(stored, [&](const Stored& one) { return left_out.contains(one.table); });
  return stored;
}

Object read_view(const Stored& stored) {
  const std::vector<TextToken> all = tokens(stored.sql);
  TextCursor cursor(all);
  cursor.accept("CREATE VIEW");
  cursor.accept("IF NOT EXISTS");
  cursor.next();
  const std::string columns = canonical(cursor.parenthesised(), DoubleQuotes::name);
  cursor.accept("AS");
  Object view{ObjectKind::view, spelled(stored.name), {}, {}, stored.sql};
  if (!columns.empty()) {
    view.attributes.push_back({"columns", columns});
  }
  view.attributes.push_back({"definition", canonical(cursor.rest(), DoubleQuotes::name)});
  return view;
}

/// `table` is not always written as where it was made.
Object read_trigger(const Stored& stored, const std::string& table) {
  const std::vector<TextToken> all = tokens(stored.sql);
  TextCursor cursor(all);
  cursor.accept("CREATE TRIGGER");
  cursor.accept("IF NOT EXISTS");
  cursor.next();
  return {ObjectKind::trigger,
          spelled(stored.name),
          table,
          {{"table", table}, {"definition", canonical(cursor.rest(), DoubleQuotes::name)}},
          stored.sql};
}

} // namespace

Schema read_schema(SqliteConnection& connection) {
  Schema schema{Dialect::sqlite, {}};
  std::map<std::string, std::vector<std::string>> columns;
  std::map<std::string, std::string> names; // by small letters
  for (const Stored& stored : stored_objects(connection)) {
    if (stored.type == "table" || stored.type == "view") {
      names[in_small_letters(stored.name)] = spelled(stored.name);
    }
    if (stored.type == "table") {
      SqliteTable table = read_sqlite_table(stored.name, stored.sql);
      table.objects.front().statement = stored.sql;
      for (Object& object : table.objects) {
        schema.objects.push_back(std::move(object));
      }
      columns[stored.name] = std::move(table.columns);
    } else if (stored.type == "index") {
      schema.objects.push_back(read_sqlite_index(stored.name, stored.table, stored.sql, columns[stored.table]));
      schema.objects.back().statement = stored.sql;
    } else if (stored.type == "view") {
      schema.objects.push_back(read_view(stored));
    } else {
      schema.objects.push_back(read_trigger(stored, names[in_small_letters(stored.table)]));
    }
  }
  sort(schema);
  return schema;
}

} // namespace retort
