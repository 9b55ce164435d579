#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <map>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

/// `id: 'which', "a, b": 'what'`, by the columns' names.
std::map<std::string_view, std::string_view> column_comments(const Object& view) {
  std::map<std::string_view, std::string_view> comments;
  for (const std::string_view item : list(view.value("column comments"))) {
    const std::size_t colon = find_plain(item, ":");
    comments.emplace(item.substr(0, colon), item.substr(colon + 2));
  }
  return comments;
}

Steps change_column_comments(const Object& from, const Object& to) {
  const auto before = column_comments(from);
  const auto after = column_comments(to);
  Steps steps;
  const auto set = [&](std::string_view column, std::string_view text) {
    steps.push_back({fmt::format("COMMENT ON COLUMN {}.{} IS {}", qualified(to.name), column, text), {}});
  };
  for (const auto& [column, text] : after) {
    if (const auto old = before.find(column); old == before.end() || old->second != text) {
      set(column, text);
    }
  }
  for (const auto& [column, text] : before) {
    if (!after.contains(column)) {
      set(column, "NULL");
    }
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
  const std::string_view initial = aggregate.value("initial");
  set("INITCOND", initial.empty() ? "" : literal(initial));
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

} // namespace

Steps create_code(const Object& object) {
  Steps steps{{statement(object), {}}};
  append(steps, change_enabled(bare(object), object));
  append(steps, comment(bare(object), object));
  append(steps, change_column_comments(bare(object), object));
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
  append(steps, change_enabled(from, to));
  append(steps, comment(from, to));
  append(steps, change_column_comments(from, to));
  return steps;
}

} // namespace retort::postgresql_change
