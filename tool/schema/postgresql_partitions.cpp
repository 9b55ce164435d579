#include "schema/postgresql_partitions.hpp"

#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_items.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

bool is_shared(const Object& part) {
  switch (part.kind) {
  case ObjectKind::primary_key:
  case ObjectKind::unique:
  case ObjectKind::foreign_key:
  case ObjectKind::index: return true;
  case ObjectKind::check: return !part.value("definition").ends_with(" NO INHERIT");
  default: return false;
  }
}

/// What a constraint or an index of a table says, whatever its own name and that of the table.
std::string contents(const Object& part) {
  std::string text(part.value("definition"));
  if (part.kind == ObjectKind::index) {
    text = with_name(with_name(text, unqualified(part.name), ""), qualified(part.owner), "");
    constexpr std::string_view only = "ONLY ";
    if (const std::size_t at = text.find(only); at != std::string::npos) {
      text.erase(at, only.size());
    }
  }
  return text;
}

const Object* find(const Schema& schema, ObjectKind kind, std::string_view name) {
  const auto found = std::ranges::find_if(
      schema.objects, [&](const Object& object) { return object.kind == kind && object.name == name; });
  return found == schema.objects.end() ? nullptr : &*found;
}

/// The part of a table that says the same.
const Object* find_like(const Schema& schema, const Object& part, std::string_view table) {
  const auto found = std::ranges::find_if(schema.objects, [&](const Object& object) {
    return object.kind == part.kind && object.owner == table && contents(object) == contents(part);
  });
  return found == schema.objects.end() ? nullptr : &*found;
}

/// The partitioned table that it is a partition of; empty if it is none.
std::string parent(const Object& table) {
  return table.value("partition of").empty() ? std::string() : parents(table).front();
}

/// PostgreSQL names the index as the table's own would be named, which is what the other schema has if it has one.
std::string own_index_name(const Object& part, const Object& table, const Schema& to) {
  if (const Object* same = find_like(to, part, table.name)) {
    return std::string(part.kind == ObjectKind::index ? unqualified(same->name) : own_name(*same));
  }
  std::string columns;
  for (const std::string_view column : list(first_parentheses(part.value("definition")))) {
    columns += fmt::format("_{}", column);
  }
  const std::string_view name = unqualified(table.name);
  return part.kind == ObjectKind::primary_key ? with_suffix(name, "_pkey")
         : part.kind == ObjectKind::unique    ? with_suffix(name, columns + "_key")
                                              : with_suffix(name, columns + "_idx");
}

/// What a table that leaves has like a part of the partitioned one.
Object kept_part(const Object& part, const Object& table, const Schema& to) {
  Object kept = part;
  kept.owner = table.name;
  const bool has_index = part.kind != ObjectKind::check && part.kind != ObjectKind::foreign_key;
  const std::string own = has_index ? own_index_name(part, table, to) : std::string(own_name(part));
  kept.name = part.kind == ObjectKind::primary_key ? table.name
              : part.kind == ObjectKind::index
                  ? fmt::format("{}{}", table.name.substr(0, table.name.size() - unqualified(table.name).size()), own)
                  : fmt::format("{}.{}", table.name, own);
  std::erase_if(kept.attributes, [](const Attribute& attribute) { return attribute.name == "comment"; });
  for (Attribute& attribute : kept.attributes) {
    if (attribute.name == "name") {
      attribute.value = own;
    } else if (attribute.name == "definition" && part.kind == ObjectKind::index) {
      const std::string named = with_name(attribute.value, unqualified(part.name), own);
      attribute.value = with_name(named, fmt::format("ONLY {}", qualified(part.owner)), qualified(table.name));
    }
  }
  for (ObjectKey& key : kept.needs) {
    if (key.name == part.owner) {
      key.name = table.name;
    } else if (key.kind == ObjectKind::column && key.name.starts_with(part.owner + ".")) {
      key.name = table.name + key.name.substr(part.owner.size());
    }
  }
  return kept;
}

} // namespace

void foresee_partitions(Schema& from, const Schema& to) {
  std::vector<Object> kept;
  for (const Object& table : from.objects) {
    const Object* next = table.kind == ObjectKind::table ? find(to, ObjectKind::table, table.name) : nullptr;
    if (next == nullptr || next->value("partition of") == table.value("partition of")) {
      continue;
    }
    const std::string old_parent = parent(table);
    const std::string new_parent = parent(*next);
    for (const Object& part : from.objects) {
      if (!old_parent.empty() && old_parent != new_parent && part.owner == old_parent && is_shared(part)) {
        kept.push_back(kept_part(part, table, to));
      }
    }
  }
  std::ranges::move(kept, std::back_inserter(from.objects));
  const Schema before = from;
  std::erase_if(from.objects, [&](const Object& part) {
    const Object* table = is_shared(part) ? find(before, ObjectKind::table, part.owner) : nullptr;
    const Object* next = table != nullptr ? find(to, ObjectKind::table, part.owner) : nullptr;
    if (next == nullptr || next->value("partition of") == table->value("partition of")) {
      return false;
    }
    const std::string new_parent = parent(*next);
    return !new_parent.empty() && find_like(before, part, new_parent) != nullptr &&
           find_like(to, part, new_parent) != nullptr && find_like(to, part, part.owner) == nullptr;
  });
}

} // namespace retort::postgresql_change
