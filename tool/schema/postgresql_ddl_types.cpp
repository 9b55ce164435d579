#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

std::string domain_statement(const Object& domain, const std::vector<const Object*>& inside) {
  std::string sql = fmt::format("CREATE DOMAIN {} AS {}", qualified(domain.name), domain.value("type"));
  const auto clause = [&](std::string_view word, std::string_view attribute) {
    if (const std::string_view value = domain.value(attribute); !value.empty()) {
      sql += fmt::format(" {} {}", word, value);
    }
  };
  clause("COLLATE", "collation");
  clause("DEFAULT", "default");
  sql += domain.value("nullable") == "no" ? " NOT NULL" : "";
  for (const Object* constraint : inside) {
    sql += fmt::format("\n  CONSTRAINT {} {}", own_name(*constraint), constraint->value("definition"));
  }
  return sql;
}

/// The name that a multirange type gets by itself.
std::string standard_multirange(std::string_view range) {
  std::string name(qualified(range));
  constexpr std::string_view word = "range";
  if (const std::size_t at = name.rfind(word); at != std::string::npos) {
    return name.replace(at, word.size(), "multirange");
  }
  return with_suffix(name, "_multirange");
}

std::string range_statement(const Object& range) {
  std::vector<std::string> settings;
  const auto set = [&](std::string_view word, std::string_view value) {
    if (!value.empty()) {
      settings.push_back(fmt::format("{} = {}", word, value));
    }
  };
  const std::string_view operators = range.value("operator class");
  const std::string_view multirange = range.value("multirange");
  set("SUBTYPE", range.value("subtype"));
  set("SUBTYPE_OPCLASS", operators.empty() ? "" : qualified(operators));
  set("COLLATION", range.value("collation"));
  set("CANONICAL", range.value("canonical"));
  set("SUBTYPE_DIFF", range.value("difference"));
  set("MULTIRANGE_TYPE_NAME", multirange == standard_multirange(range.name) ? "" : multirange);
  return fmt::format("CREATE TYPE {} AS RANGE ({})", qualified(range.name), fmt::join(settings, ", "));
}

std::string type_statement(const Object& type, const std::vector<const Object*>& inside) {
  switch (type.kind) {
  case ObjectKind::enum_type:
    return fmt::format("CREATE TYPE {} AS ENUM ({})", qualified(type.name), type.value("values"));
  case ObjectKind::domain: return domain_statement(type, inside);
  case ObjectKind::range_type: return range_statement(type);
  default: return fmt::format("CREATE TYPE {} AS ({})", qualified(type.name), type.value("attributes"));
  }
}

std::string old_name(const Object& type) { return with_suffix(unqualified(type.name), "_old"); }

/// How a sequence counts, as texts.
struct Counting {
  std::string start;
  std::string increment;
  std::string minimum;
  std::string maximum;
  std::string cache;
  bool has_cycle;
};

Counting counting(const Object& sequence) {
  const auto value = [&](std::string_view attribute) { return std::string(sequence.value(attribute)); };
  return {value("start"),   value("increment"), value("minimum"),
          value("maximum"), value("cache"),     !value("cycle").empty()};
}

/// What CREATE SEQUENCE makes of a type and an increment.
Counting standard_counting(std::string_view type, bool is_descending) {
  using Limits = std::numeric_limits<std::int64_t>;
  const std::int64_t most = type == "smallint"  ? std::numeric_limits<std::int16_t>::max()
                            : type == "integer" ? std::numeric_limits<std::int32_t>::max()
                                                : Limits::max();
  return is_descending ? Counting{"-1", "1", fmt::to_string(-most - 1), "-1", "1", false}
                       : Counting{"1", "1", "1", fmt::to_string(most), "1", false};
}

std::int64_t number(const Object& sequence, std::string_view attribute) {
  return std::stoll(std::string(sequence.value(attribute)));
}

std::string changed_counting(const Counting& from, const Counting& to) {
  std::string text;
  const auto add = [&](std::string_view word, const std::string& old_value, const std::string& value) {
    if (old_value != value) {
      text += fmt::format(" {} {}", word, value);
    }
  };
  add("INCREMENT BY", from.increment, to.increment);
  add("MINVALUE", from.minimum, to.minimum);
  add("MAXVALUE", from.maximum, to.maximum);
  add("START WITH", from.start, to.start);
  add("CACHE", from.cache, to.cache);
  if (from.has_cycle != to.has_cycle) {
    text += to.has_cycle ? " CYCLE" : " NO CYCLE";
  }
  return text;
}

} // namespace

Steps create_type(const Object& type, const std::vector<const Object*>& inside) {
  Steps steps{{type_statement(type, inside), {}}};
  append(steps, comment(bare(type), type));
  append(steps, column_comments(bare(type), type));
  for (const Object* constraint : inside) {
    append(steps, constraint_extras(bare(*constraint), *constraint));
  }
  return steps;
}

Steps alter_type(const Object& from, const Object& to) {
  Steps steps;
  const std::string type = target(to);
  if (from.kind == ObjectKind::composite_type) {
    for (const std::string& change : attribute_changes(from, to).value_or(std::vector<std::string>())) {
      const bool is_loss = change.starts_with("DROP");
      steps.push_back({fmt::format("ALTER {} {}", type, change),
                       is_loss ? fmt::format("loses {} of {}", change.substr(change.rfind(' ') + 1), to.name) : ""});
    }
  } else if (from.value("nullable") != to.value("nullable")) {
    const bool is_filled = to.value("nullable") == "no";
    steps.push_back({fmt::format("ALTER {} {} NOT NULL", type, is_filled ? "SET" : "DROP"),
                     is_filled ? fmt::format("fails where a value of {} is NULL", to.name) : ""});
  }
  append(steps, comment(from, to));
  append(steps, column_comments(from, to));
  return steps;
}

Steps add_values(const Object& from, const Object& to) {
  Steps steps;
  for (const std::string& value : added_values(from, to).value_or(std::vector<std::string>())) {
    steps.push_back({fmt::format("ALTER {} ADD VALUE {}", target(to), value), {}});
  }
  return steps;
}

Steps rename_old_type(const Object& type) {
  return {{fmt::format("ALTER {} RENAME TO {}", target(type), old_name(type)), {}}};
}

Steps drop_old_type(const Object& type) {
  Object old = type;
  old.name = fmt::format("{}{}", type.name.substr(0, type.name.size() - unqualified(type.name).size()), old_name(type));
  return {{fmt::format("DROP {}", target(old)), {}}};
}

Steps create_sequence(const Object& sequence) {
  const Counting wanted = counting(sequence);
  const std::string_view type = sequence.value("type");
  Counting standard = standard_counting(type, wanted.increment.starts_with('-'));
  standard.start = wanted.increment.starts_with('-') ? wanted.maximum : wanted.minimum;
  Steps steps{{fmt::format("CREATE {}SEQUENCE {}{}{}", sequence.value("persistence").empty() ? "" : "UNLOGGED ",
                           qualified(sequence.name), type == "bigint" ? "" : fmt::format(" AS {}", type),
                           changed_counting(standard, wanted)),
               {}}};
  append(steps, comment(bare(sequence), sequence));
  return steps;
}

/// A sequence that counts up from more than before may not have come so far. What it has counted stays.
Steps raise_sequence(const Object& from, const Object& to) {
  const bool is_raised = number(to, "minimum") > number(from, "minimum") && number(to, "increment") > 0;
  if (!is_raised || number(to, "start") > number(from, "maximum")) {
    return {};
  }
  return {{fmt::format("SELECT pg_catalog.setval({0}, {1}, false) FROM {2} WHERE last_value < {3}",
                       literal(qualified(to.name)), to.value("start"), qualified(to.name), to.value("minimum")),
           {}}};
}

Steps alter_sequence(const Object& from, const Object& to) {
  Steps steps = raise_sequence(from, to);
  Counting before = counting(from);
  std::string change;
  if (from.value("type") != to.value("type")) {
    change = fmt::format(" AS {}", to.value("type"));
    before.minimum.clear();
    before.maximum.clear();
  }
  change += changed_counting(before, counting(to));
  if (!change.empty()) {
    const bool is_narrower = number(to, "maximum") < number(from, "maximum") ||
                             (steps.empty() && number(to, "minimum") > number(from, "minimum"));
    steps.push_back({fmt::format("ALTER SEQUENCE {}{}", qualified(to.name), change),
                     is_narrower ? fmt::format("fails where {} has counted beyond {} to {}", to.name,
                                               to.value("minimum"), to.value("maximum"))
                                 : ""});
  }
  if (from.value("persistence") != to.value("persistence")) {
    steps.push_back({fmt::format("ALTER SEQUENCE {} SET {}", qualified(to.name),
                                 to.value("persistence").empty() ? "LOGGED" : "UNLOGGED"),
                     {}});
  }
  append(steps, comment(from, to));
  return steps;
}

Steps own_sequence(const Object& sequence) {
  return {{fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", qualified(sequence.name), qualified(sequence.owner),
                       sequence.value("owned by").substr(sequence.owner.size() + 1)),
           {}}};
}

Steps disown_sequence(const Object& sequence) {
  return {{fmt::format("ALTER SEQUENCE {} OWNED BY NONE", qualified(sequence.name)), {}}};
}

std::string identity_options(std::string_view identity) {
  const std::size_t open = identity.find('(');
  if (open == std::string_view::npos) {
    return "";
  }
  std::string text(identity.substr(open));
  constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"start", "START WITH"}, {"increment", "INCREMENT BY"},
      {"minimum", "MINVALUE"}, {"maximum", "MAXVALUE"},
      {"cache", "CACHE"},      {"cycle", "CYCLE"}};
  for (const auto& [ours, theirs] : words) {
    if (const std::size_t at = text.find(ours); at != std::string::npos) {
      text.replace(at, ours.size(), theirs);
    }
  }
  return fmt::format(" {}", text);
}

} // namespace retort::postgresql_change
