#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <map>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

using Values = std::map<std::string_view, std::string_view>; // by the names of columns or partitions

/// `id: 'which', "a, b": 'what'`.
Values values(const Object& object, std::string_view attribute) {
  Values values;
  for (const std::string_view item : list(object.value(attribute))) {
    const std::size_t colon = find_plain(item, ":");
    values.emplace(item.substr(0, colon), item.substr(colon + 2));
  }
  return values;
}

/// What `to` has otherwise, with nothing where it has it no more.
Values changes(const Object& from, const Object& to, std::string_view attribute) {
  Values before = values(from, attribute);
  Values changes = values(to, attribute);
  for (const auto& [name, value] : before) {
    if (const auto same = changes.try_emplace(name).first; same->second == value) {
      changes.erase(same);
    }
  }
  return changes;
}

Steps column_defaults(const Object& from, const Object& to) {
  Steps steps;
  for (const auto& [column, value] : changes(from, to, "column defaults")) {
    steps.push_back({fmt::format("ALTER {} ALTER COLUMN {} {}{}", target(to), column,
                                 value.empty() ? "DROP DEFAULT" : "SET DEFAULT ", value),
                     {}});
  }
  return steps;
}

std::string view_statement(const Object& view) {
  std::string_view definition = view.value("definition");
  definition.remove_suffix(definition.ends_with(';') ? 1 : 0);
  const std::string_view tablespace = view.value("tablespace");
  return fmt::format("CREATE {}{}{}{} AS\n{}", target(view), with_options(view.value("options")),
                     tablespace.empty() ? "" : " TABLESPACE ", tablespace, definition);
}

std::string function_statement(const Object& function) {
  std::string sql(function.value("definition"));
  constexpr std::string_view replacing = "OR REPLACE ";
  sql.erase(sql.find(replacing), replacing.size());
  return sql;
}

std::string_view function_name(std::string_view signature) { return signature.substr(0, find_plain(signature, "(")); }

std::string aggregate_statement(const Object& aggregate) {
  std::vector<std::string> settings;
  const auto set = [&](std::string_view word, std::string_view value) {
    if (!value.empty()) {
      settings.push_back(fmt::format("{} = {}", word, value));
    }
  };
  set("SFUNC", function_name(aggregate.value("transition")));
  set("STYPE", aggregate.value("state"));
  set("FINALFUNC", function_name(aggregate.value("final")));
  set("COMBINEFUNC", function_name(aggregate.value("combine")));
  set("INITCOND", aggregate.value("initial"));
  if (const std::string_view sort = aggregate.value("sort operator"); !sort.empty()) {
    set("SORTOP", fmt::format("OPERATOR({})", function_name(sort)));
  }
  set("PARALLEL", aggregate.value("parallel"));
  if (const std::string_view options = aggregate.value("options"); !options.empty()) {
    settings.emplace_back(options);
  }
  if (aggregate.value("kind") == "hypothetical set") {
    settings.emplace_back("HYPOTHETICAL");
  }
  return fmt::format("CREATE AGGREGATE {} ({})", aggregate_signature(aggregate), fmt::join(settings, ", "));
}

std::string policy_statement(const Object& policy) {
  std::string sql = fmt::format("CREATE {}", target(policy));
  const auto add = [&](std::string_view words, std::string_view value) { sql += fmt::format(" {}{}", words, value); };
  if (!policy.value("restrictive").empty()) {
    add("AS RESTRICTIVE", "");
  }
  if (const std::string_view command = policy.value("command"); command != "all") {
    add("FOR ", command == "select"   ? "SELECT"
                : command == "insert" ? "INSERT"
                : command == "update" ? "UPDATE"
                                      : "DELETE");
  }
  if (const std::string_view roles = policy.value("roles"); roles != "public") {
    add("TO ", roles);
  }
  if (const std::string_view condition = policy.value("using"); !condition.empty()) {
    add("USING ", parenthesized(condition));
  }
  if (const std::string_view condition = policy.value("with check"); !condition.empty()) {
    add("WITH CHECK ", parenthesized(condition));
  }
  return sql;
}

Steps alter_policy(const Object& from, const Object& to) {
  std::string change;
  const auto add = [&](std::string_view attribute, std::string_view words, const std::string& value) {
    if (from.value(attribute) != to.value(attribute)) {
      change += fmt::format(" {} {}", words, value);
    }
  };
  add("roles", "TO", std::string(to.value("roles")));
  add("using", "USING", parenthesized(to.value("using")));
  add("with check", "WITH CHECK", parenthesized(to.value("with check")));
  return change.empty() ? Steps() : Steps{{fmt::format("ALTER {}{}", target(to), change), {}}};
}

std::string event_trigger_statement(const Object& trigger) {
  std::vector<std::string> tags;
  for (const std::string_view tag : list(trigger.value("tags"))) {
    tags.push_back(literal(tag));
  }
  return fmt::format("CREATE {} ON {}{} EXECUTE FUNCTION {}", target(trigger), trigger.value("event"),
                     tags.empty() ? "" : fmt::format(" WHEN TAG IN ({})", fmt::join(tags, ", ")),
                     trigger.value("function"));
}

std::string extension_statement(const Object& extension) {
  return fmt::format("CREATE EXTENSION {} SCHEMA {}", extension.name, extension.value("schema"));
}

std::string statement(const Object& object) {
  switch (object.kind) {
  case ObjectKind::extension: return extension_statement(object);
  case ObjectKind::view:
  case ObjectKind::materialized_view: return view_statement(object);
  case ObjectKind::function:
  case ObjectKind::procedure: return function_statement(object);
  case ObjectKind::aggregate: return aggregate_statement(object);
  case ObjectKind::policy: return policy_statement(object);
  case ObjectKind::event_trigger: return event_trigger_statement(object);
  case ObjectKind::schema: return fmt::format("CREATE {}", target(object));
  default: break;
  }
  std::string_view definition = object.value("definition");
  definition.remove_suffix(definition.ends_with(';') ? 1 : 0);
  return std::string(definition);
}

std::string_view enabling(std::string_view value) {
  return value == "no"        ? "DISABLE"
         : value == "replica" ? "ENABLE REPLICA"
         : value == "always"  ? "ENABLE ALWAYS"
                              : "ENABLE";
}

Steps change_enabled(const Object& from, const Object& to) {
  if (from.value("enabled") == to.value("enabled")) {
    return {};
  }
  const std::string_view word = enabling(to.value("enabled"));
  if (to.kind == ObjectKind::event_trigger) {
    return {{fmt::format("ALTER {} {}", target(to), word), {}}};
  }
  return {{fmt::format("{} {} {} {}", alter_owner(to), word, to.kind == ObjectKind::rule ? "RULE" : "TRIGGER",
                       own_name(to)),
           {}}};
}

/// A partition's trigger changes with that of its table, and those of its own partitions with its own.
Steps change_enabled_in_partitions(const Object& from, const Object& to) {
  constexpr std::string_view attribute = "enabled in partitions";
  Steps steps;
  if (from.value("enabled") == to.value("enabled") && from.value(attribute) == to.value(attribute)) {
    return steps;
  }
  const auto set = [&](std::string_view partition, std::string_view value) {
    steps.push_back({fmt::format("ALTER TABLE {} {} TRIGGER {}", partition, enabling(value), own_name(to)), {}});
  };
  const Values after = values(to, attribute);
  for (const auto& [partition, value] : values(from, attribute)) {
    if (!after.contains(partition)) {
      set(partition, to.value("enabled"));
    }
  }
  for (const std::string_view item : list(to.value(attribute))) {
    const std::string_view partition = item.substr(0, find_plain(item, ":"));
    set(partition, after.at(partition));
  }
  return steps;
}

/// What no CREATE says.
Steps settings(const Object& from, const Object& to) {
  Steps steps = change_enabled(from, to);
  append(steps, change_enabled_in_partitions(from, to));
  append(steps, column_defaults(from, to));
  if (const std::string_view target_now = to.value("target"); from.value("target") != target_now) {
    steps.push_back(
        {fmt::format("ALTER {} SET STATISTICS {}", target(to), target_now.empty() ? "-1" : target_now), {}});
  }
  append(steps, comment(from, to));
  append(steps, column_comments(from, to));
  return steps;
}

} // namespace

Steps column_comments(const Object& from, const Object& to) {
  Steps steps;
  for (const auto& [column, text] : changes(from, to, "column comments")) {
    steps.push_back(
        {fmt::format("COMMENT ON COLUMN {}.{} IS {}", qualified(to.name), column, text.empty() ? "NULL" : text), {}});
  }
  return steps;
}

Steps create_code(const Object& object) {
  Steps steps{{statement(object), {}}};
  append(steps, settings(bare(object), object));
  return steps;
}

Steps alter_code(const Object& from, const Object& to) {
  Steps steps;
  const auto differs = [&](std::string_view attribute) { return from.value(attribute) != to.value(attribute); };
  const bool is_function = to.kind == ObjectKind::function || to.kind == ObjectKind::procedure;
  const std::string change = fmt::format("ALTER {}", target(to));
  if (is_function && differs("definition")) {
    steps.push_back({std::string(to.value("definition")), {}});
  } else if (to.kind == ObjectKind::policy) {
    steps = alter_policy(from, to);
  } else if (to.kind == ObjectKind::extension && differs("schema")) {
    steps.push_back({fmt::format("{} SET SCHEMA {}", change, to.value("schema")), {}});
  }
  if (to.kind == ObjectKind::extension && differs("version")) {
    steps.push_back({fmt::format("{} UPDATE TO {}", change, literal(to.value("version"))), {}});
  }
  if (to.kind == ObjectKind::view || to.kind == ObjectKind::materialized_view) {
    append(steps, set_options(change, from.value("options"), to.value("options")));
  }
  if (differs("tablespace")) {
    steps.push_back({fmt::format("{} SET TABLESPACE {}", change,
                                 to.value("tablespace").empty() ? "pg_default" : to.value("tablespace")),
                     {}});
  }
  append(steps, settings(from, to));
  return steps;
}

} // namespace retort::postgresql_change
