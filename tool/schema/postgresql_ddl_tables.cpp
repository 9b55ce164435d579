#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

/// `public.orders FOR VALUES …` in its two parts.
struct Partition {
  std::string_view parent;
  std::string_view bounds;
};

Partition partition_of(const Object& table) {
  const std::string_view text = table.value("partition of");
  const std::size_t space = std::min(find_plain(text, " "), text.size());
  return {text.substr(0, space), text.substr(std::min(space + 1, text.size()))};
}

/// ` SERVER x OPTIONS (a 'b')` of `x a 'b'`.
std::string foreign_options(std::string_view text) {
  const std::size_t space = std::min(find_plain(text, " "), text.size());
  const std::string_view options = text.substr(std::min(space + 1, text.size()));
  return fmt::format(" SERVER {}{}", text.substr(0, space),
                     options.empty() ? "" : fmt::format(" OPTIONS ({})", options));
}

std::string contents(const std::vector<const Object*>& columns, const std::vector<const Object*>& inside) {
  std::vector<std::string> lines;
  for (const Object* column : columns) {
    lines.push_back(fmt::format("  {}", column_definition(*column)));
  }
  for (const Object* constraint : inside) {
    lines.push_back(fmt::format("  CONSTRAINT {} {}", own_name(*constraint), constraint->value("definition")));
  }
  return lines.empty() ? "" : fmt::format("(\n{}\n)", fmt::join(lines, ",\n"));
}

std::string table_statement(const Object& table, const std::vector<const Object*>& columns,
                            const std::vector<const Object*>& inside) {
  const bool is_foreign = !table.value("foreign server").empty();
  std::string sql = fmt::format("CREATE {}TABLE {}",
                                is_foreign                           ? "FOREIGN "
                                : table.value("persistence").empty() ? ""
                                                                     : "UNLOGGED ",
                                qualified(table.name));
  const std::string body = contents(columns, inside);
  if (const Partition partition = partition_of(table); !partition.parent.empty()) {
    sql += fmt::format(" PARTITION OF {} {}{}{}", partition.parent, body, body.empty() ? "" : " ", partition.bounds);
  } else {
    sql += fmt::format(" {}", body.empty() ? "()" : body);
  }
  const auto clause = [&](std::string_view format, std::string_view attribute) {
    if (const std::string_view value = table.value(attribute); !value.empty()) {
      sql += fmt::format(fmt::runtime(format), value);
    }
  };
  clause(" INHERITS ({})", "inherits");
  if (is_foreign) {
    return sql + foreign_options(table.value("foreign server"));
  }
  clause(" PARTITION BY {}", "partition by");
  clause(" USING {}", "access method");
  sql += with_options(table.value("options"));
  clause(" TABLESPACE {}", "tablespace");
  return sql;
}

std::set<std::string_view> words(std::string_view text) {
  const std::vector<std::string_view> items = list(text);
  return {items.begin(), items.end()};
}

/// Makes the changes that a table's sentence `ALTER TABLE x` begins.
class TableChange {
public:
  TableChange(const Object& from, const Object& to) : from_(from), to_(to) {}

  bool differs(std::string_view attribute) const { return from_.value(attribute) != to_.value(attribute); }

  void add(std::string_view action, std::string hazard = {}) {
    steps_.push_back({fmt::format("ALTER {} {}", target(to_), action), std::move(hazard)});
  }

  void change_parents() {
    const auto old_parents = words(from_.value("inherits"));
    const auto new_parents = words(to_.value("inherits"));
    for (const std::string_view parent : old_parents) {
      if (!new_parents.contains(parent)) {
        add(fmt::format("NO INHERIT {}", parent));
      }
    }
    for (const std::string_view parent : list(to_.value("inherits"))) {
      if (!old_parents.contains(parent)) {
        add(fmt::format("INHERIT {}", parent));
      }
    }
  }

  void change_row_security() {
    const auto was = words(from_.value("row security"));
    const auto is = words(to_.value("row security"));
    if (was.contains("enabled") != is.contains("enabled")) {
      add(is.contains("enabled") ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
    }
    if (was.contains("forced") != is.contains("forced")) {
      add(is.contains("forced") ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY");
    }
  }

  void change_replica_identity() {
    const auto mode = [](std::string_view value) {
      return value == "full" ? "FULL" : value == "nothing" ? "NOTHING" : "DEFAULT";
    };
    const std::string_view before = mode(from_.value("replica identity"));
    const std::string_view after = mode(to_.value("replica identity"));
    if (before != after) {
      add(fmt::format("REPLICA IDENTITY {}", after));
    }
  }

  /// What CREATE TABLE does not say.
  void change_rest() {
    if (differs("of type")) {
      const std::string_view type = to_.value("of type");
      add(type.empty() ? std::string("NOT OF") : fmt::format("OF {}", type));
    }
    change_row_security();
    change_replica_identity();
    append(steps_, comment(from_, to_));
  }

  Steps take() { return std::move(steps_); }
  Steps& steps() { return steps_; }

private:
  const Object& from_;
  const Object& to_;
  Steps steps_;
};

} // namespace

Steps create_table(const Object& table, std::vector<const Object*> columns, const std::vector<const Object*>& inside) {
  std::ranges::sort(columns, {},
                    [](const Object* column) { return std::stoul(std::string(column->value("position"))); });
  const bool has_own_columns = table.value("partition of").empty();
  std::vector<const Object*> own;
  std::ranges::copy_if(columns, std::back_inserter(own),
                       [&](const Object* column) { return has_own_columns && column->value("inherited").empty(); });
  const Object nothing = bare(table);
  TableChange rest(nothing, table);
  rest.change_rest();
  Steps steps{{table_statement(table, own, inside), {}}};
  append(steps, rest.take());
  for (const Object* column : own) {
    append(steps, column_extras(bare(*column), *column));
  }
  for (const Object* constraint : inside) {
    append(steps, constraint_extras(bare(*constraint), *constraint));
  }
  return steps;
}

Steps alter_table(const Object& from, const Object& to) {
  TableChange change(from, to);
  change.change_parents();
  if (change.differs("persistence")) {
    change.add(to.value("persistence").empty() ? "SET LOGGED" : "SET UNLOGGED");
  }
  if (change.differs("access method")) {
    const std::string_view method = to.value("access method");
    change.add(fmt::format("SET ACCESS METHOD {}", method.empty() ? "heap" : method));
  }
  if (change.differs("tablespace")) {
    const std::string_view tablespace = to.value("tablespace");
    change.add(fmt::format("SET TABLESPACE {}", tablespace.empty() ? "pg_default" : tablespace));
  }
  append(change.steps(), set_options(alter_owner(to), from.value("options"), to.value("options")));
  change.change_rest();
  return change.take();
}

Steps attach_partition(const Object& table) {
  const Partition partition = partition_of(table);
  return {
      {fmt::format("ALTER TABLE {} ATTACH PARTITION {} {}", partition.parent, qualified(table.name), partition.bounds),
       fmt::format("fails where a row of {} is not {}", table.name, partition.bounds)}};
}

Steps detach_partition(const Object& table) {
  return {{fmt::format("ALTER TABLE {} DETACH PARTITION {}", partition_of(table).parent, qualified(table.name)), {}}};
}

std::vector<std::string> impossible_changes(const Object& from, const Object& to) {
  std::vector<std::string> lines;
  if (from.value("partition by") != to.value("partition by")) {
    lines.push_back(fmt::format("table {}: PARTITION BY cannot be changed", to.name));
  }
  if (from.value("foreign server") != to.value("foreign server")) {
    lines.push_back(fmt::format("table {}: SERVER and OPTIONS of a foreign table cannot be changed", to.name));
  }
  return lines;
}

} // namespace retort::postgresql_change
