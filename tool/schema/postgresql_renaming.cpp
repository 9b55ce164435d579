#include "schema/postgresql_renaming.hpp"

#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

bool needs(const Object& object, const ObjectKey& key) {
  return std::ranges::find(object.needs, key) != object.needs.end();
}

std::string_view local(std::string_view column) {
  std::size_t begin = 0;
  for (std::size_t dot = 0; (dot = find_plain(column, ".", begin)) != std::string_view::npos;) {
    begin = dot + 1;
  }
  return column.substr(begin);
}

std::string_view schema_of(std::string_view name) { return name.substr(0, name.size() - unqualified(name).size()); }

/// A function's text is its own; only its arguments and its result are names to PostgreSQL.
void change_texts(Object& object, std::string_view from, std::string_view to) {
  for (Attribute& attribute : object.attributes) {
    if (attribute.name == "comment" || attribute.name == "name") {
      continue;
    }
    const std::size_t read = object.kind == ObjectKind::function || object.kind == ObjectKind::procedure
                                 ? function_header(attribute.value).size()
                                 : attribute.value.size();
    attribute.value =
        with_name(std::string_view(attribute.value).substr(0, read), from, to) + attribute.value.substr(read);
  }
  if (object.kind >= ObjectKind::function && object.kind <= ObjectKind::aggregate) {
    object.name = with_name(object.name, from, to);
  }
}

} // namespace

void Renaming::rename_relation() {
  for (Object& object : schema_.objects) {
    const std::string owned_by(object.value("owned by"));
    if (needs(object, from_) || object.owner == from_.name || needs_part(object)) {
      change_texts(object, qualified(from_.name), qualified(to_.name));
      if (object.kind == ObjectKind::view || object.kind == ObjectKind::materialized_view ||
          object.kind == ObjectKind::rule) {
        change_texts(object, unqualified(from_.name), unqualified(to_.name));
      }
    }
    if (object.owner == from_.name) {
      object.name = is_part({object.kind, object.name}) ? moved(object.name) : object.name;
      object.owner = to_.name;
      if (!owned_by.empty()) {
        set_attribute(object, "owned by", moved(owned_by));
      }
    }
    for (ObjectKey& key : object.needs) {
      if (is_part(key)) {
        key.name = moved(key.name);
      }
    }
  }
  rename_itself();
  move_along();
}

/// The indexes and the sequences of a table go with it into another schema.
void Renaming::move_along() {
  if (schema_of(from_.name) == schema_of(to_.name)) {
    return;
  }
  std::vector<Renaming> along;
  for (const Object& object : schema_.objects) {
    if (object.owner == to_.name && (object.kind == ObjectKind::index || object.kind == ObjectKind::sequence)) {
      along.push_back(
          {schema_, {object.kind, object.name}, fmt::format("{}{}", schema_of(to_.name), unqualified(object.name))});
    }
  }
  for (Renaming& renaming : along) {
    renaming.rename_in_texts();
    renaming.rename_itself();
  }
}

void Renaming::rename_column() {
  for (Object& object : schema_.objects) {
    if (object.kind == ObjectKind::table && from_.name == fmt::format("{}.{}", object.name, local(from_.name))) {
      set_attribute(object, "partition by",
                    with_name(object.value("partition by"), local(from_.name), local(to_.name)));
    }
    const bool is_view = object.kind == ObjectKind::view || object.kind == ObjectKind::materialized_view ||
                         object.kind == ObjectKind::rule;
    if (needs(object, from_)) {
      change_texts(object, local(from_.name), is_view ? "" : local(to_.name));
    }
  }
  rename_itself();
}

void Renaming::rename_itself() {
  for (Object& object : schema_.objects) {
    if (object.kind == from_.kind && object.name == from_.name) {
      object.name = to_.name;
    }
    std::ranges::replace(object.needs, from_, to_);
  }
}

void Renaming::rename_in_texts() {
  for (Object& object : schema_.objects) {
    if (needs(object, from_) || (object.kind == from_.kind && object.name == from_.name)) {
      change_texts(object, qualified(from_.name), qualified(to_.name));
      change_texts(object, unqualified(from_.name), unqualified(to_.name));
    }
  }
}

bool Renaming::is_part(const ObjectKey& key) const {
  switch (key.kind) {
  case ObjectKind::primary_key: return key.name == from_.name;
  case ObjectKind::column:
  case ObjectKind::unique:
  case ObjectKind::check:
  case ObjectKind::foreign_key:
  case ObjectKind::exclusion:
  case ObjectKind::trigger:
  case ObjectKind::rule:
  case ObjectKind::policy:
    return key.name.starts_with(fmt::format("{}.", from_.name)) &&
           find_plain(key.name.substr(from_.name.size() + 1), ".") == std::string::npos;
  default: return false;
  }
}

bool Renaming::needs_part(const Object& object) const {
  return std::ranges::any_of(object.needs, [&](const ObjectKey& key) { return is_part(key); });
}

std::string Renaming::moved(std::string_view name) const {
  return fmt::format("{}{}", to_.name, name.substr(from_.name.size()));
}

} // namespace retort::postgresql_change
