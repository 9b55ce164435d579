#include "schema/random_schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace retort {

RandomSchema::RandomSchema(std::mt19937& random) : random_(random) {
  for (std::size_t count = 1 + below(4); count > 0; --count) {
    add_table();
  }
  for (std::size_t count = below(4); count > 0; --count) {
    add_view();
  }
  for (std::size_t count = below(4); count > 0; --count) {
    add_trigger();
  }
}

std::string RandomSchema::new_name() {
  const std::vector<std::string> forms = {"t{}", "T{}", "\"odd {}\"", "\"se.lect{}\"", "new_t{}", "\"quo\"\"te{}\""};
  return fmt::format(fmt::runtime(forms[below(forms.size())]), ++names_);
}

std::string RandomSchema::new_column_name(const Table& table) {
  const std::vector<std::string> names = {"a", "B", "\"c d\"", "\"select\"", "rowid", "oid", "e", "f", "\"g.h\"", "i"};
  for (;;) {
    const std::string& name = names[below(names.size())];
    if (std::ranges::none_of(table.columns, [&](const Column& column) { return column.name == name; })) {
      return name;
    }
  }
}

RandomSchema::Column RandomSchema::new_column(const Table& table) {
  const std::vector<std::string> types = {"INTEGER", "TEXT", "REAL", "BLOB", "INT"};
  const std::vector<std::string> loose_types = {"", "VARCHAR(9)", "DECIMAL(10, 2)", "ANY"};
  const std::vector<std::string> rests = {"",
                                          "",
                                          "",
                                          "NOT NULL",
                                          "DEFAULT 7",
                                          "NOT NULL DEFAULT -1",
                                          "DEFAULT (1 + 1) -- why\n ",
                                          "COLLATE NOCASE",
                                          "/* some */ DEFAULT NULL"};
  Column column{new_column_name(table),
                table.is_strict || !one_in(4) ? types[below(types.size())] : loose_types[below(loose_types.size())],
                rests[below(rests.size())]};
  if (table.is_strict && column.type != "INTEGER" && column.type != "INT") {
    column.rest = one_in(3) ? "NOT NULL" : ""; // a default would have to be of the type
  }
  if (!table.columns.empty() && one_in(6)) {
    column.computed_from = table.columns.front().name;
    column.is_stored = one_in(2);
    column.rest.clear();
    column.type = table.is_strict ? "TEXT" : column.type;
  }
  return column;
}

void RandomSchema::add_table() {
  Table table{new_name(), {}, {}, {}};
  table.is_strict = one_in(5);
  for (std::size_t count = 1 + below(4); count > 0; --count) {
    table.columns.push_back(new_column(table));
  }
  if (!one_in(3)) {
    table.key.push_back(table.columns.front().name);
    table.has_rowid = !one_in(5);
  }
  if (table.columns.size() > 1 && one_in(3)) {
    table.unique.push_back(table.columns.back().name);
  }
  if (!tables_.empty() && one_in(2)) {
    table.refers = one_in(3) ? table.name : any(tables_).name;
  }
  for (std::size_t count = below(3); count > 0; --count) {
    add_index(table);
  }
  tables_.push_back(std::move(table));
}

void RandomSchema::add_index(Table& table) {
  Index index{new_name(), {any(table.columns).name}, one_in(4), one_in(4)};
  table.indexes.push_back(std::move(index));
}

void RandomSchema::add_view() {
  if (!views_.empty() && one_in(2)) {
    views_.push_back({new_name(), any(views_).name, "*"});
  } else if (!tables_.empty()) {
    Table& table = any(tables_);
    views_.push_back({new_name(), table.name, one_in(2) ? "*" : any(table.columns).name});
  }
}

void RandomSchema::add_trigger() {
  if (!tables_.empty()) {
    const std::string mentioned = !views_.empty() && one_in(3) ? any(views_).name : any(tables_).name;
    triggers_.push_back({new_name(), any(tables_).name, mentioned});
  }
}

void RandomSchema::drop_table() {
  if (!tables_.empty()) {
    tables_.erase(tables_.begin() + static_cast<long>(below(tables_.size())));
    drop_dangling();
  }
}

bool RandomSchema::is_there(const std::string& name) const {
  return std::ranges::any_of(tables_, [&](const Table& table) { return table.name == name; }) ||
         std::ranges::any_of(views_, [&](const View& view) { return view.name == name; });
}

void RandomSchema::drop_dangling() {
  while (std::erase_if(views_, [&](const View& view) { return !is_there(view.of); }) > 0) {
  }
  std::erase_if(triggers_,
                [&](const Trigger& trigger) { return !is_there(trigger.on) || !is_there(trigger.mentions); });
  for (Table& table : tables_) {
    table.refers = is_there(table.refers) ? table.refers : "";
  }
}

void RandomSchema::drop_column(Table& table) {
  if (table.columns.size() < 2) {
    return;
  }
  const std::string name = any(table.columns).name;
  std::erase_if(table.columns,
                [&](const Column& column) { return column.name == name || column.computed_from == name; });
  const auto has = [&](const std::string& one) {
    return std::ranges::any_of(table.columns, [&](const Column& column) { return column.name == one; });
  };
  if (table.columns.empty() || !table.columns.front().computed_from.empty()) {
    table.columns.insert(table.columns.begin(), {"kept", "INTEGER", ""});
  }
  std::erase_if(table.key, [&](const std::string& column) { return !has(column); });
  std::erase_if(table.unique, [&](const std::string& column) { return !has(column); });
  std::erase_if(table.indexes, [&](const Index& index) { return !has(index.columns.front()); });
  table.has_rowid = table.has_rowid || table.key.empty();
  for (View& view : views_) {
    view.column = view.of == table.name && view.column == name ? "*" : view.column;
    view.column = view.of == table.name && view.column != "*" && !has(view.column) ? "*" : view.column;
  }
}

void RandomSchema::rename_table(std::vector<Rename>& renames) {
  Table& table = any(tables_);
  const std::string old_name = table.name;
  const std::string name = new_name();
  renames.push_back({ObjectKind::table, old_name, name});
  table.name = name;
  const auto follow = [&](std::string& one) { one = one == old_name ? name : one; };
  for (Table& one : tables_) {
    follow(one.refers);
  }
  for (View& view : views_) {
    follow(view.of);
  }
  for (Trigger& trigger : triggers_) {
    follow(trigger.on);
    follow(trigger.mentions);
  }
}

void RandomSchema::rename_column(std::vector<Rename>& renames) {
  Table& table = any(tables_);
  const std::string old_name = any(table.columns).name;
  const std::string name = new_column_name(table);
  renames.push_back(
      {ObjectKind::column, fmt::format("{}.{}", table.name, old_name), fmt::format("{}.{}", table.name, name)});
  const auto follow = [&](std::string& one) { one = one == old_name ? name : one; };
  for (Column& column : table.columns) {
    follow(column.name);
    follow(column.computed_from);
  }
  for (std::vector<std::string>* const columns : {&table.key, &table.unique}) {
    std::ranges::for_each(*columns, follow);
  }
  for (Index& index : table.indexes) {
    std::ranges::for_each(index.columns, follow);
  }
  for (View& view : views_) {
    if (view.of == table.name) {
      follow(view.column);
    }
  }
}

void RandomSchema::change_column(Table& table) {
  Column& column = any(table.columns);
  if (column.computed_from.empty()) {
    const Column other = new_column(table);
    column.type = other.type;
    column.rest = other.rest;
  } else {
    column.is_stored = !column.is_stored;
  }
}

void RandomSchema::change(std::vector<Rename>& renames) {
  const std::size_t what = tables_.empty() ? 0 : below(14);
  switch (what) {
  case 0: add_table(); break;
  case 1: drop_table(); break;
  case 2: add_view(); break;
  case 3: add_trigger(); break;
  case 4: add_index(any(tables_)); break;
  case 5: drop_column(any(tables_)); break;
  case 6:
  case 7: {
    Table& table = any(tables_);
    if (table.columns.size() < 7) {
      Column column = new_column(table);
      table.columns.insert(table.columns.begin() + static_cast<long>(1 + below(table.columns.size())), column);
    }
    break;
  }
  case 8: change_column(any(tables_)); break;
  case 9: {
    Table& table = any(tables_);
    table.key = table.key.empty() ? std::vector{table.columns.front().name} : std::vector<std::string>();
    table.has_rowid = true;
    break;
  }
  case 10: any(tables_).indexes.clear(); break;
  case 11: triggers_.clear(); break;
  case 12:
    if (renames.empty()) {
      rename_table(renames);
    }
    break;
  default:
    if (renames.empty()) {
      rename_column(renames);
    }
  }
}

bool RandomSchema::can_have_key(const Table& table) {
  return !table.key.empty() && std::ranges::none_of(table.columns, [&](const Column& column) {
    return column.name == table.key.front() && !column.computed_from.empty();
  });
}

std::string RandomSchema::sql_of(const Table& table) const {
  std::vector<std::string> parts;
  for (const Column& column : table.columns) {
    std::string text = fmt::format("{} {} {}", column.name, column.type, column.rest);
    if (!column.computed_from.empty()) {
      text += fmt::format("AS ({} || 'x') {}", column.computed_from, column.is_stored ? "STORED" : "");
    }
    parts.push_back(std::move(text));
  }
  const bool has_key = can_have_key(table);
  if (has_key) {
    parts.push_back(fmt::format("PRIMARY KEY ({})", table.key.front()));
  }
  if (!table.unique.empty()) {
    parts.push_back(fmt::format("UNIQUE ({})", table.unique.front()));
  }
  const auto parent = std::ranges::find_if(tables_, [&](const Table& one) { return one.name == table.refers; });
  if (parent != tables_.end() && can_have_key(*parent)) {
    parts.push_back(
        fmt::format("FOREIGN KEY ({}) REFERENCES {} ON DELETE CASCADE", table.columns.front().name, table.refers));
  }
  std::string sql = fmt::format("CREATE TABLE {} ({})", table.name, fmt::join(parts, ",\n  "));
  sql += table.is_strict ? " STRICT" : "";
  sql += !table.has_rowid && has_key ? fmt::format("{} WITHOUT ROWID", table.is_strict ? "," : "") : "";
  sql += ";\n";
  for (const Index& index : table.indexes) {
    sql += fmt::format("CREATE {}INDEX {} ON {} ({}){};\n", index.is_unique ? "UNIQUE " : "", index.name, table.name,
                       fmt::join(index.columns, ", "),
                       index.is_partial ? fmt::format(" WHERE {} > 1", index.columns.front()) : "");
  }
  return sql;
}

std::string RandomSchema::sql() const {
  std::string sql;
  for (const Table& table : tables_) {
    sql += sql_of(table);
  }
  for (const View& view : views_) {
    sql += fmt::format("CREATE VIEW {} AS SELECT {} FROM {};\n", view.name, view.column, view.of);
  }
  for (const Trigger& trigger : triggers_) {
    sql += fmt::format("CREATE TRIGGER {} AFTER DELETE ON {} BEGIN SELECT count(*) FROM {}; END;\n", trigger.name,
                       trigger.on, trigger.mentions);
  }
  return sql;
}

std::string RandomSchema::value(const Table& table, const Column& column) {
  const bool is_integer = column.type == "INTEGER" || column.type == "INT";
  if (one_in(5)) {
    return "NULL";
  }
  if (is_integer && (table.is_strict || one_in(2) || !table.key.empty())) {
    return std::to_string(below(9));
  }
  if (table.is_strict) {
    return column.type == "TEXT" ? fmt::format("'{}'", below(9)) : column.type == "REAL" ? "5.5" : "x'00'";
  }
  const std::vector<std::string> values = {"1", "2", "3", "'a'", "'A'", "'4'", "5.5", "x'00'"};
  return values[below(values.size())];
}

std::string RandomSchema::rows() {
  std::string sql;
  for (const Table& table : tables_) {
    for (std::size_t count = below(6); count > 0; --count) {
      std::vector<std::string> columns;
      std::vector<std::string> values;
      for (const Column& column : table.columns) {
        if (column.computed_from.empty()) {
          columns.push_back(column.name);
          values.push_back(value(table, column));
        }
      }
      sql += fmt::format("INSERT OR IGNORE INTO {} ({}) VALUES ({});\n", table.name, fmt::join(columns, ", "),
                         fmt::join(values, ", "));
    }
  }
  return sql;
}

} // namespace retort
