#include "schema/postgresql_items.hpp"

#include "schema/postgresql_names.hpp"

#include <algorithm>
#include <array>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

constexpr std::array owners = {ObjectKind::table, ObjectKind::view, ObjectKind::materialized_view, ObjectKind::domain};

/// What a column's values are made of, not its default.
bool is_of_type(ObjectKind kind) {
  return kind == ObjectKind::schema || kind == ObjectKind::extension || kind == ObjectKind::enum_type ||
         kind == ObjectKind::domain || kind == ObjectKind::composite_type || kind == ObjectKind::range_type ||
         kind == ObjectKind::table;
}

std::vector<Aspect> aspects(const Object& object) {
  std::vector<Aspect> aspects{Aspect::whole};
  if (!object.value("default").empty()) {
    aspects.push_back(Aspect::default_value);
  }
  if (object.kind == ObjectKind::sequence && !object.value("owned by").empty()) {
    aspects.push_back(Aspect::ownership);
  }
  if (!object.value("partition of").empty()) {
    aspects.push_back(Aspect::partition);
  }
  if (!object.value("clustered").empty()) {
    aspects.push_back(Aspect::clustering);
  }
  if (object.value("replica identity").starts_with("index")) {
    aspects.push_back(Aspect::replica_identity);
  }
  return aspects;
}

/// Whether that aspect of the object is what needs it.
bool concerns(Aspect aspect, const Object& object, ObjectKind needed) {
  const bool is_column = object.kind == ObjectKind::column;
  switch (aspect) {
  case Aspect::whole:
    return object.kind == ObjectKind::sequence ? needed != ObjectKind::column && needed != ObjectKind::table
           : object.kind == ObjectKind::domain || (is_column && object.value("generated").empty()) ? is_of_type(needed)
                                                                                                   : true;
  case Aspect::default_value: return needed != ObjectKind::column;
  case Aspect::ownership: return needed == ObjectKind::column;
  case Aspect::partition: return needed == ObjectKind::table;
  case Aspect::clustering:
  case Aspect::replica_identity: return false;
  }
  return false;
}

} // namespace

std::string model_name(std::string_view qualified_name) {
  constexpr std::string_view standard = "public.";
  return std::string(qualified_name.starts_with(standard) ? qualified_name.substr(standard.size()) : qualified_name);
}

bool differs(const Object& from, const Object& to, std::string_view attribute) {
  const auto value = [&](const Object& object) {
    const std::string_view text = object.value(attribute);
    return attribute == "replica identity" && text.starts_with("index") ? std::string_view() : text;
  };
  const bool is_another_aspect = attribute == "position" || attribute == "default" || attribute == "owned by" ||
                                 attribute == "partition of" || attribute == "clustered";
  return !is_another_aspect && value(from) != value(to);
}

std::vector<std::string> parents(const Object& table) {
  const std::string_view whole = table.value("partition of");
  std::vector<std::string> names;
  if (!whole.empty()) {
    names.push_back(model_name(whole.substr(0, find_plain(whole, " "))));
  }
  for (const std::string_view name : list(table.value("inherits"))) {
    names.push_back(model_name(name));
  }
  return names;
}

Items::Items(const Schema& from, const Schema& to) {
  add(from, &Item::from);
  add(to, &Item::to);
  for (auto& [key, index] : by_key_) {
    items_[index].key = key;
  }
  for (Item& item : items_) {
    connect(item, &Item::from, &Item::from_needs);
    connect(item, &Item::to, &Item::to_needs);
  }
}

void Items::add(const Schema& schema, const Object* Item::*side) {
  for (const Object& object : schema.objects) {
    for (const Aspect aspect : aspects(object)) {
      const auto [at, is_new] = by_key_.try_emplace({{object.kind, object.name}, aspect}, items_.size());
      if (is_new) {
        items_.emplace_back();
      }
      items_[at->second].*side = &object;
    }
  }
}

void Items::connect(Item& item, const Object* Item::*side, std::vector<std::size_t> Item::*needs) {
  const Object* object = item.*side;
  if (object == nullptr) {
    return;
  }
  const auto need = [&](const std::optional<std::size_t>& needed) {
    if (needed && items_[*needed].*side != nullptr && &items_[*needed] != &item) {
      (item.*needs).push_back(*needed);
    }
  };
  for (const ObjectKey& key : object->needs) {
    if (concerns(item.key.aspect, *object, key.kind)) {
      need(find({key}));
    }
  }
  if (!item.is_whole()) {
    need(find({item.key.object}));
  }
  if (item.kind() != ObjectKind::sequence) {
    need(owner(*object));
  }
  if (item.key.aspect == Aspect::replica_identity) {
    const std::string index = model_name(object->value("replica identity").substr(std::string_view("index ").size()));
    need(find(ObjectKind::index, index));
    for (const ObjectKind kind : {ObjectKind::primary_key, ObjectKind::unique}) {
      need(find(kind,
                kind == ObjectKind::primary_key ? object->name : object->name + "." + std::string(unqualified(index))));
    }
  }
  if (const auto table = item.kind() == ObjectKind::column ? owner(*object) : std::nullopt;
      table && items_[*table].*side != nullptr) {
    for (const std::string& parent : parents(*(items_[*table].*side))) {
      need(find({{ObjectKind::column, parent + "." + std::string(own_name(*object))}, item.key.aspect}));
    }
  }
}

std::optional<std::size_t> Items::find(const ItemKey& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> Items::find(ObjectKind kind, std::string_view name) const {
  return find({{kind, std::string(name)}});
}

std::optional<std::size_t> Items::owner(const Object& part) const {
  const std::string& name = part.owner;
  for (const ObjectKind kind : owners) {
    if (const auto found = name.empty() ? std::nullopt : find(kind, name)) {
      return found;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> Items::other_sequence(const Item& sequence) const {
  const std::string column(sequence.object().value("owned by"));
  const auto value = find({{ObjectKind::column, column}, Aspect::default_value});
  if (!value) {
    return std::nullopt;
  }
  const bool comes = sequence.fate == Fate::create;
  const std::vector<std::size_t>& needs = comes ? items_[*value].from_needs : items_[*value].to_needs;
  const auto found = std::ranges::find_if(needs, [&](std::size_t needed) {
    const Item& other = items_[needed];
    return other.kind() == ObjectKind::sequence && other.fate == (comes ? Fate::drop : Fate::create) &&
           other.object().value("owned by") == column;
  });
  return found == needs.end() ? std::nullopt : std::optional(*found);
}

} // namespace retort::postgresql_change
