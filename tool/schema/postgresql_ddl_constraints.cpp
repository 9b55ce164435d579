#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

/// The index of a constraint is in the schema of the table.
std::string index_name(const Object& constraint) {
  const std::string table = qualified(constraint.owner);
  return fmt::format("{}.{}", table.substr(0, find_plain(table, ".")), own_name(constraint));
}

std::string_view without_public(std::string_view text) {
  constexpr std::string_view prefix = "public.";
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string foreign_key_hazard(const Object& key, std::string_view body) {
  constexpr std::string_view word = " REFERENCES ";
  std::string_view reference = body.substr(std::min(body.find(word) + word.size(), body.size()));
  const std::size_t open = find_plain(reference, "(");
  return fmt::format("fails where {} of {} is not in {} ({})", first_parentheses(body), key.owner,
                     without_public(reference.substr(0, open)), first_parentheses(reference));
}

/// `(a) INCLUDE (b) NULLS NOT DISTINCT` of `UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b)`.
std::string index_columns(std::string_view body) {
  const bool has_nulls = body.find(" NULLS NOT DISTINCT (") != std::string_view::npos;
  return fmt::format("{}{}", body.substr(find_plain(body, "(")), has_nulls ? " NULLS NOT DISTINCT" : "");
}

bool is_built(const Style& style) { return style.online == Online::built || style.online == Online::replaced; }

/// The name of the index that is built, without its schema.
std::string built_name(const Object& object, const Style& style) {
  const std::string_view name = object.kind == ObjectKind::index ? unqualified(object.name) : own_name(object);
  return style.online == Online::replaced ? with_suffix(name, "_new") : std::string(name);
}

Step add_by_index(const Object& constraint, const Style& style) {
  const ConstraintDefinition definition = constraint_definition(constraint.value("definition"));
  return {fmt::format("{} ADD CONSTRAINT {} {} USING INDEX {}{}{}", alter_owner(constraint), own_name(constraint),
                      constraint.kind == ObjectKind::unique ? "UNIQUE" : "PRIMARY KEY", built_name(constraint, style),
                      definition.deferrable.empty() ? "" : " ", definition.deferrable),
          {}};
}

std::string index_hazard(const Object& index, const Style& style) {
  const std::string_view definition = index.value("definition");
  const bool can_fail = definition.starts_with("CREATE UNIQUE") && style.owner != Owner::created;
  return can_fail
             ? fmt::format("fails where two rows of {} have the same {}", index.owner, first_parentheses(definition))
             : "";
}

/// Without what PostgreSQL prints of an index of a partitioned table: its partitions are to have it.
std::string index_definition(const Object& index, std::string_view way, std::string_view new_name) {
  const std::string_view definition = index.value("definition");
  constexpr std::string_view word = "INDEX ";
  constexpr std::string_view only = " ON ONLY ";
  const std::size_t name = definition.find(word) + word.size();
  const std::size_t behind = find_plain(definition, " ", name);
  std::string_view rest = definition.substr(behind);
  std::string_view on = " ON ";
  if (rest.starts_with(only)) {
    rest.remove_prefix(only.size());
    on = index.value("valid").empty() ? on : only; // or its partitions would get it, too
  } else {
    rest.remove_prefix(on.size());
  }
  return fmt::format("{}{}{}{}{}", definition.substr(0, name), way, new_name, on, rest);
}

/// `1: 77, 3: 5`, by the numbers of columns.
Steps index_statistics(const Object& from, const Object& to) {
  const std::vector<std::string_view> before = list(from.value("statistics"));
  const std::vector<std::string_view> after = list(to.value("statistics"));
  const auto number = [](std::string_view item) { return item.substr(0, item.find(':')); };
  Steps steps;
  const auto set = [&](std::string_view column, std::string_view target) {
    steps.push_back(
        {fmt::format("ALTER INDEX {} ALTER COLUMN {} SET STATISTICS {}", qualified(to.name), column, target), {}});
  };
  for (const std::string_view item : before) {
    if (std::ranges::find(after, number(item), number) == after.end()) {
      set(number(item), "-1");
    }
  }
  for (const std::string_view item : after) {
    if (std::ranges::find(before, item) == before.end()) {
      set(number(item), item.substr(item.find(':') + 2));
    }
  }
  return steps;
}

} // namespace

std::string constraint_hazard(const Object& constraint) {
  const ConstraintDefinition definition = constraint_definition(constraint.value("definition"));
  if (!definition.is_valid || definition.body.ends_with("NOT ENFORCED")) {
    return "";
  }
  switch (constraint.kind) {
  case ObjectKind::primary_key:
  case ObjectKind::unique:
    return fmt::format("fails where two rows of {} have the same {}", constraint.owner,
                       first_parentheses(definition.body));
  case ObjectKind::check:
    return fmt::format("fails where a {} of {} breaks {}", is_of_domain(constraint) ? "value" : "row", constraint.owner,
                       definition.body);
  case ObjectKind::foreign_key: return foreign_key_hazard(constraint, definition.body);
  default: return fmt::format("fails where rows of {} break {}", constraint.owner, definition.body);
  }
}

Steps constraint_extras(const Object& from, const Object& to) {
  Steps steps = set_options(fmt::format("ALTER INDEX {}", index_name(to)), from.value("index options"),
                            to.value("index options"));
  if (const std::string_view tablespace = to.value("index tablespace"); from.value("index tablespace") != tablespace) {
    steps.push_back({fmt::format("ALTER INDEX {} SET TABLESPACE {}", index_name(to),
                                 tablespace.empty() ? "pg_default" : tablespace),
                     {}});
  }
  append(steps, comment(from, to));
  return steps;
}

Steps add_constraint(const Object& constraint, const Style& style) {
  const std::string add = fmt::format("{} ADD CONSTRAINT {} {}", alter_owner(constraint), own_name(constraint),
                                      constraint.value("definition"));
  Steps steps;
  if (is_built(style)) {
    steps.push_back(add_by_index(constraint, style));
  } else if (style.online == Online::validated) {
    steps.push_back({fmt::format("{} NOT VALID", add), {}});
  } else {
    steps.push_back({add, style.owner == Owner::created ? "" : constraint_hazard(constraint)});
  }
  append(steps, constraint_extras(bare(constraint), constraint));
  return steps;
}

Steps validate_constraint(const Object& constraint, const Style& style) {
  return {{fmt::format("{} VALIDATE CONSTRAINT {}", alter_owner(constraint), own_name(constraint)),
           constraint_hazard(constraint), style.online == Online::no}};
}

Steps alter_constraint(const Object& from, const Object& to, const Style& style) {
  const ConstraintDefinition was = constraint_definition(from.value("definition"));
  const ConstraintDefinition is = constraint_definition(to.value("definition"));
  Steps steps;
  if (from.value("name") != to.value("name")) {
    steps.push_back(
        {fmt::format("{} RENAME CONSTRAINT {} TO {}", alter_owner(to), from.value("name"), to.value("name")), {}});
  }
  if (was.deferrable != is.deferrable) {
    steps.push_back({fmt::format("{} ALTER CONSTRAINT {} {}", alter_owner(to), own_name(to),
                                 is.deferrable.empty() ? "NOT DEFERRABLE" : is.deferrable),
                     {}});
  }
  if (!was.is_valid && is.is_valid && style.online == Online::no) {
    append(steps, validate_constraint(to, style));
  }
  append(steps, constraint_extras(from, to));
  return steps;
}

Steps create_index(const Object& index, const Style& style) {
  Steps steps;
  if (!is_built(style)) {
    steps.push_back({index_definition(index, "", unqualified(index.name)), index_hazard(index, style)});
  } else if (style.online == Online::replaced) {
    const std::string schema = qualified(index.name);
    steps.push_back({fmt::format("ALTER INDEX {}.{} RENAME TO {}", schema.substr(0, find_plain(schema, ".")),
                                 built_name(index, style), unqualified(index.name)),
                     {}});
  }
  append(steps, alter_index(bare(index), index));
  return steps;
}

Steps build_index(const Object& object, const Style& style) {
  const std::string name = built_name(object, style);
  if (object.kind == ObjectKind::index) {
    return {{index_definition(object, "CONCURRENTLY ", name), index_hazard(object, style), false}};
  }
  return {{fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} {}", name, qualified(object.owner),
                       index_columns(constraint_definition(object.value("definition")).body)),
           constraint_hazard(object), false}};
}

Steps alter_index(const Object& from, const Object& to) {
  Steps steps;
  if (const std::string_view tablespace = to.value("tablespace"); from.value("tablespace") != tablespace) {
    steps.push_back({fmt::format("ALTER INDEX {} SET TABLESPACE {}", qualified(to.name),
                                 tablespace.empty() ? "pg_default" : tablespace),
                     {}});
  }
  append(steps, index_statistics(from, to));
  append(steps, comment(from, to));
  return steps;
}

} // namespace retort::postgresql_change
