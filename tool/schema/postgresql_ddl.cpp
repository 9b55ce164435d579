#include "schema/postgresql_ddl.hpp"

#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

std::map<std::string_view, std::string_view> options_of(std::string_view text) {
  std::map<std::string_view, std::string_view> options;
  for (const std::string_view option : list(text)) {
    const std::size_t equals = std::min(option.find('='), option.size() - 1);
    options.emplace(option.substr(0, equals), option.substr(equals + 1));
  }
  return options;
}

std::string option(std::string_view name, std::string_view value) {
  const bool is_plain =
      !value.empty() && value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
  return fmt::format("{} = {}", name, is_plain ? std::string(value) : literal(value));
}

std::string loss(const Object& object) {
  switch (object.kind) {
  case ObjectKind::table: return fmt::format("loses the table {}", object.name);
  case ObjectKind::column:
    return object.value("generated").empty() ? fmt::format("loses the column {}", object.name) : "";
  case ObjectKind::sequence: return fmt::format("loses the sequence {}", object.name);
  default: return "";
  }
}

/// What stands behind ON in a GRANT.
std::string granted(const Object& object) {
  switch (object.kind) {
  case ObjectKind::column: return qualified(object.owner);
  case ObjectKind::view:
  case ObjectKind::materialized_view: return qualified(object.name);
  case ObjectKind::aggregate: return fmt::format("FUNCTION {}", qualified(object.name));
  default: return target(object);
  }
}

} // namespace

void append(Steps& steps, Steps more) { std::ranges::move(more, std::back_inserter(steps)); }

Object bare(const Object& object) {
  Object bare = object;
  std::erase_if(bare.attributes, [](const Attribute& attribute) { return attribute.name != "foreign server"; });
  return bare;
}

void set_attribute(Object& object, std::string_view attribute, std::string_view value) {
  std::string text(value);
  const auto present = std::ranges::find(object.attributes, attribute, &Attribute::name);
  if (present == object.attributes.end()) {
    object.attributes.push_back({attribute, std::move(text)});
  } else {
    present->value = std::move(text);
  }
  std::erase_if(object.attributes, [](const Attribute& other) { return other.value.empty(); });
}

Steps comment(const Object& from, const Object& to) {
  const std::string_view text = to.value("comment");
  if (from.value("comment") == text) {
    return {};
  }
  return {{fmt::format("COMMENT ON {} IS {}", target(to), text.empty() ? "NULL" : literal(text)), {}}};
}

Steps set_options(std::string_view target, std::string_view from, std::string_view to) {
  const auto old_options = options_of(from);
  const auto new_options = options_of(to);
  std::vector<std::string> set;
  std::vector<std::string_view> reset;
  for (const auto& [name, value] : new_options) {
    const auto old = old_options.find(name);
    if (old == old_options.end() || old->second != value) {
      set.push_back(option(name, value));
    }
  }
  for (const auto& [name, value] : old_options) {
    if (!new_options.contains(name)) {
      reset.push_back(name);
    }
  }
  Steps steps;
  if (!set.empty()) {
    steps.push_back({fmt::format("{} SET ({})", target, fmt::join(set, ", ")), {}});
  }
  if (!reset.empty()) {
    steps.push_back({fmt::format("{} RESET ({})", target, fmt::join(reset, ", ")), {}});
  }
  return steps;
}

std::string with_options(std::string_view options) {
  std::vector<std::string> texts;
  for (const auto& [name, value] : options_of(options)) {
    texts.push_back(option(name, value));
  }
  return texts.empty() ? "" : fmt::format(" WITH ({})", fmt::join(texts, ", "));
}

Steps create(const Object& object, const Style& style) {
  switch (object.kind) {
  case ObjectKind::enum_type:
  case ObjectKind::domain:
  case ObjectKind::composite_type:
  case ObjectKind::range_type: return create_type(object, {});
  case ObjectKind::sequence: return create_sequence(object);
  case ObjectKind::table: return create_table(object, {}, {});
  case ObjectKind::column: return add_column(object, style);
  case ObjectKind::primary_key:
  case ObjectKind::unique:
  case ObjectKind::check:
  case ObjectKind::foreign_key:
  case ObjectKind::exclusion: return add_constraint(object, style);
  case ObjectKind::index: return create_index(object, style);
  default: return create_code(object);
  }
}

Steps alter(const Object& from, const Object& to, const Style& style) {
  switch (from.kind) {
  case ObjectKind::enum_type:
  case ObjectKind::domain:
  case ObjectKind::composite_type:
  case ObjectKind::range_type: return alter_type(from, to);
  case ObjectKind::sequence: return alter_sequence(from, to);
  case ObjectKind::table: return alter_table(from, to);
  case ObjectKind::primary_key:
  case ObjectKind::unique:
  case ObjectKind::check:
  case ObjectKind::foreign_key:
  case ObjectKind::exclusion: return alter_constraint(from, to, style);
  case ObjectKind::index: return alter_index(from, to);
  default: return alter_code(from, to);
  }
}

Steps drop(const Object& object, const Style& style) {
  const bool is_online = style.online == Online::dropped;
  switch (object.kind) {
  case ObjectKind::column:
    return {{fmt::format("{} DROP COLUMN {}", alter_owner(object), own_name(object)), loss(object)}};
  case ObjectKind::primary_key:
  case ObjectKind::unique:
  case ObjectKind::check:
  case ObjectKind::foreign_key:
  case ObjectKind::exclusion:
    return {{fmt::format("{} DROP CONSTRAINT {}", alter_owner(object), own_name(object)), {}}};
  case ObjectKind::index:
    return {{fmt::format("DROP INDEX {}{}", is_online ? "CONCURRENTLY " : "", qualified(object.name)), {}, !is_online}};
  default: return {{fmt::format("DROP {}", target(object)), loss(object)}};
  }
}

Steps grant_again(const Object& from, const Object& to) {
  Steps steps;
  for (const std::string& privilege : from.privileges) {
    constexpr std::string_view place = "{}";
    std::string sql = privilege;
    if (sql.starts_with("OWNER TO ")) {
      sql = fmt::format("ALTER {} {}", target(to), sql);
    } else {
      sql.replace(sql.find(place), place.size(), granted(to));
    }
    steps.push_back({std::move(sql), {}});
  }
  return steps;
}

} // namespace retort::postgresql_change
