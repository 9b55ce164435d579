#include "schema/postgresql_renames.hpp"

#include "schema/postgresql_items.hpp"
#include "schema/postgresql_names.hpp"
#include "schema/postgresql_renaming.hpp"
#include "schema/rename_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

std::string own(std::string_view name, ObjectKind kind) {
  if (kind != ObjectKind::column) {
    return std::string(unqualified(name));
  }
  std::size_t begin = 0;
  for (std::size_t dot = 0; (dot = find_plain(name, ".", begin)) != std::string_view::npos;) {
    begin = dot + 1;
  }
  return std::string(name.substr(begin));
}

std::string prefix(std::string_view name, ObjectKind kind) {
  return std::string(name.substr(0, name.size() - own(name, kind).size()));
}

enum class Renamed { relations, columns };

/// Those of relations or of columns, and more of them where names change places. Columns as in their renamed tables.
std::vector<Rename> in_order(std::span<const Rename> renames, Renamed what) {
  std::map<std::pair<ObjectKind, std::string>, std::vector<NameChange>> by_place;
  std::vector<Rename> ordered;
  for (const Rename& rename : renames) {
    const std::string place = prefix(rename.to, rename.kind);
    const bool is_column = rename.kind == ObjectKind::column;
    if (is_column != (what == Renamed::columns)) {
      continue;
    }
    if (is_column || place == prefix(rename.from, rename.kind)) {
      by_place[{rename.kind, place}].push_back({own(rename.from, rename.kind), own(rename.to, rename.kind)});
    } else {
      ordered.push_back(rename);
    }
  }
  for (auto& [kind_and_place, changes] : by_place) {
    const auto& [kind, place] = kind_and_place;
    std::vector<std::string> taken;
    std::ranges::transform(changes, std::back_inserter(taken), &NameChange::from);
    std::set<std::string> wanted;
    std::erase_if(changes, [&](const NameChange& change) { return !wanted.insert(change.to).second; });
    const auto spare = [](const std::string& name) { return with_suffix(name, "_old"); };
    for (const NameChange& change : rename_order(std::move(changes), taken, CaseChange::allowed, spare)) {
      ordered.push_back({kind, place + change.from, place + change.to});
    }
  }
  return ordered;
}

bool shares_names(ObjectKind kind, ObjectKind other) {
  const auto is_relation = [](ObjectKind one) {
    return (one >= ObjectKind::enum_type && one <= ObjectKind::table) || one == ObjectKind::index ||
           one == ObjectKind::view || one == ObjectKind::materialized_view;
  };
  return kind == other || (is_relation(kind) && is_relation(other));
}

/// What has the new name of something else and has to go therefore gets another one until it does.
void clear_names(Schema& from, const std::vector<Rename>& renames, Steps& steps) {
  for (const Rename& rename : renames) {
    const auto taken = std::ranges::find_if(from.objects, [&](const Object& object) {
      return object.name == rename.to && shares_names(object.kind, rename.kind);
    });
    const bool is_renamed = std::ranges::any_of(renames, [&](const Rename& other) { return other.from == rename.to; });
    if (taken == from.objects.end() || is_renamed) {
      continue;
    }
    const ObjectKey key{taken->kind, taken->name};
    const std::string old_name = with_suffix(own(key.name, key.kind), "_old");
    steps.push_back({key.kind == ObjectKind::column ? fmt::format("{} RENAME COLUMN {} TO {}", alter_owner(*taken),
                                                                  own(key.name, key.kind), old_name)
                                                    : fmt::format("ALTER {} RENAME TO {}", target(*taken), old_name),
                     {}});
    Renaming renaming(from, key, prefix(key.name, key.kind) + old_name);
    switch (key.kind) {
    case ObjectKind::column: renaming.rename_column(); break;
    case ObjectKind::table:
    case ObjectKind::view:
    case ObjectKind::materialized_view: renaming.rename_relation(); break;
    default: renaming.rename_in_texts(); renaming.rename_itself();
    }
  }
}

/// A table cannot move into a schema that is not there yet.
void create_schema_of(const Rename& rename, Schema& from, const Schema& to, Steps& steps) {
  const std::string place = prefix(rename.to, rename.kind);
  const auto is_it = [&](const Object& object) {
    return object.kind == ObjectKind::schema && fmt::format("{}.", object.name) == place;
  };
  const auto schema = std::ranges::find_if(to.objects, is_it);
  if (schema != to.objects.end() && std::ranges::none_of(from.objects, is_it)) {
    append(steps, create(*schema, {}));
    from.objects.push_back(*schema);
  }
}

void rename_relations(Schema& from, const Schema& to, std::span<const Rename> renames, Steps& steps) {
  const std::vector<Rename> ordered = in_order(renames, Renamed::relations);
  clear_names(from, ordered, steps);
  for (const Rename& rename : ordered) {
    const Object object{rename.kind, rename.from, {}, {}};
    std::string moved = prefix(rename.from, rename.kind) + own(rename.to, rename.kind);
    if (moved != rename.from) {
      steps.push_back({fmt::format("ALTER {} RENAME TO {}", target(object), own(rename.to, rename.kind)), {}});
    }
    if (moved != rename.to) {
      create_schema_of(rename, from, to, steps);
      const Object renamed{rename.kind, std::move(moved), {}, {}};
      const std::string schema = qualified(rename.to);
      steps.push_back(
          {fmt::format("ALTER {} SET SCHEMA {}", target(renamed), schema.substr(0, find_plain(schema, "."))), {}});
    }
    Renaming(from, {rename.kind, rename.from}, rename.to).rename_relation();
  }
}

/// The tables that have the columns of one, as partitions or heirs, and those of these.
std::set<std::string> heirs(const Schema& schema, std::string_view table) {
  std::set<std::string> found;
  for (const Object& object : schema.objects) {
    if (object.kind == ObjectKind::table && std::ranges::count(parents(object), table) != 0) {
      found.insert(object.name);
      found.merge(heirs(schema, object.name));
    }
  }
  return found;
}

std::string table_of(const Rename& rename) {
  const std::string place = prefix(rename.to, rename.kind);
  return place.substr(0, place.size() - 1);
}

/// Without columns that are renamed with those of a parent.
std::vector<Rename> without_inherited(const Schema& schema, std::span<const Rename> renames) {
  std::set<std::pair<std::string, std::string>> inherited; // old and new names
  for (const Rename& rename : renames) {
    if (rename.kind == ObjectKind::column) {
      for (const std::string& heir : heirs(schema, table_of(rename))) {
        inherited.emplace(fmt::format("{}.{}", heir, own(rename.from, rename.kind)),
                          fmt::format("{}.{}", heir, own(rename.to, rename.kind)));
      }
    }
  }
  std::vector<Rename> rest(renames.begin(), renames.end());
  std::erase_if(rest, [&](const Rename& rename) {
    return rename.kind == ObjectKind::column &&
           inherited.contains({fmt::format("{}.{}", table_of(rename), own(rename.from, rename.kind)), rename.to});
  });
  return rest;
}

void rename_columns(Schema& from, std::span<const Rename> renames, Steps& steps) {
  const std::vector<Rename> ordered = in_order(without_inherited(from, renames), Renamed::columns);
  clear_names(from, ordered, steps);
  for (const Rename& rename : ordered) {
    const std::string table = table_of(rename);
    const std::string old_name = own(rename.from, rename.kind);
    const std::string new_name = own(rename.to, rename.kind);
    steps.push_back({fmt::format("ALTER TABLE {} RENAME COLUMN {} TO {}", qualified(table), old_name, new_name), {}});
    Renaming(from, {rename.kind, rename.from}, rename.to).rename_column();
    for (const std::string& heir : heirs(from, table)) {
      Renaming(from, {rename.kind, fmt::format("{}.{}", heir, old_name)}, fmt::format("{}.{}", heir, new_name))
          .rename_column();
    }
  }
}

bool can_lose_name(const Object& object) {
  switch (object.kind) {
  case ObjectKind::sequence: return !object.value("owned by").empty();
  case ObjectKind::unique:
  case ObjectKind::check:
  case ObjectKind::foreign_key:
  case ObjectKind::exclusion:
  case ObjectKind::index: return true;
  default: return false;
  }
}

/// What an object says but for its name.
std::string contents(const Object& object) {
  std::string text = fmt::format("{}\n{}", name(object.kind), object.owner);
  for (const Attribute& attribute : object.attributes) {
    const bool has_name = object.kind == ObjectKind::index && attribute.name == "definition";
    text += fmt::format("\n{}: {}", attribute.name,
                        has_name ? with_name(attribute.value, unqualified(object.name), "") : attribute.value);
  }
  return text;
}

/// Pairs what only one schema has with what only the other one has and says the same.
std::vector<Rename> only_named_otherwise(const Schema& from, const Schema& to) {
  const auto keys = [](const Schema& schema) {
    std::set<ObjectKey> keys;
    for (const Object& object : schema.objects) {
      keys.insert({object.kind, object.name});
    }
    return keys;
  };
  const std::set<ObjectKey> old_keys = keys(from);
  const std::set<ObjectKey> new_keys = keys(to);
  std::multimap<std::string, const Object*> gone;
  for (const Object& object : from.objects) {
    if (can_lose_name(object) && !new_keys.contains({object.kind, object.name})) {
      gone.emplace(contents(object), &object);
    }
  }
  std::vector<Rename> renames;
  for (const Object& object : to.objects) {
    if (!can_lose_name(object) || old_keys.contains({object.kind, object.name})) {
      continue;
    }
    if (const auto old = gone.find(contents(object)); old != gone.end()) {
      renames.push_back({object.kind, old->second->name, object.name});
      gone.erase(old);
    }
  }
  return renames;
}

void rename_parts(Schema& from, const std::vector<Rename>& renames, Steps& steps) {
  for (const Rename& rename : renames) {
    const auto found = std::ranges::find_if(
        from.objects, [&](const Object& object) { return object.kind == rename.kind && object.name == rename.from; });
    const bool is_constraint = rename.kind != ObjectKind::index && rename.kind != ObjectKind::sequence;
    if (is_constraint) {
      steps.push_back({fmt::format("{} RENAME CONSTRAINT {} TO {}", alter_owner(*found), own_name(*found),
                                   rename.to.substr(found->owner.size() + 1)),
                       {}});
    } else {
      steps.push_back({fmt::format("ALTER {} RENAME TO {}", target(*found), unqualified(rename.to)), {}});
    }
    Renaming renaming(from, {rename.kind, rename.from}, rename.to);
    if (!is_constraint) {
      renaming.rename_in_texts();
    }
    renaming.rename_itself();
  }
}

} // namespace

Steps rename(Schema& from, const Schema& to, std::span<const Rename> renames) {
  Steps steps;
  rename_relations(from, to, renames, steps);
  rename_columns(from, renames, steps);
  rename_parts(from, only_named_otherwise(from, to), steps);
  sort(from);
  return steps;
}

} // namespace retort::postgresql_change
