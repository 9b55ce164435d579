#include "schema/postgresql_fates.hpp"

#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_names.hpp"

#include <algorithm>
#include <set>

namespace retort::postgresql_change {
namespace {

using Names = std::set<std::string_view>;

Names changed_attributes(const Object& from, const Object& to) {
  Names names;
  for (const Object* object : {&from, &to}) {
    for (const Attribute& attribute : object->attributes) {
      if (differs(from, to, attribute.name)) {
        names.insert(attribute.name);
      }
    }
  }
  return names;
}

/// The attributes that PostgreSQL changes in place, whatever they were.
Names alterable(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::schema:
  case ObjectKind::enum_type:
  case ObjectKind::range_type:
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::aggregate: return {"comment"};
  case ObjectKind::statistics: return {"target", "comment"};
  case ObjectKind::composite_type: return {"comment", "column comments"};
  case ObjectKind::domain: return {"nullable", "comment"};
  case ObjectKind::primary_key:
  case ObjectKind::unique:
  case ObjectKind::check:
  case ObjectKind::foreign_key:
  case ObjectKind::exclusion: return {"name", "index options", "index tablespace", "comment"};
  case ObjectKind::index: return {"tablespace", "statistics", "comment"};
  case ObjectKind::view: return {"options", "comment", "column comments", "column defaults"};
  case ObjectKind::materialized_view: return {"options", "tablespace", "comment", "column comments"};
  case ObjectKind::trigger: return {"enabled", "enabled in partitions", "comment"};
  case ObjectKind::rule:
  case ObjectKind::event_trigger: return {"enabled", "comment"};
  case ObjectKind::policy: return {"roles", "using", "with check", "comment"};
  default: return {};
  }
}

bool is_column_alterable(const Object& from, const Object& to, const Names& changed) {
  const bool was_generated = !from.value("generated").empty();
  if (changed.contains("generated")) {
    return to.value("generated").empty() && from.value("generated").ends_with(" stored");
  }
  return !was_generated || (!changed.contains("type") && !changed.contains("collation"));
}

bool is_alterable(const Object& from, const Object& to, Names changed) {
  switch (from.kind) {
  case ObjectKind::extension:
  case ObjectKind::sequence:
  case ObjectKind::table: return true;
  case ObjectKind::column: return is_column_alterable(from, to, changed);
  case ObjectKind::enum_type:
    if (added_values(from, to)) {
      changed.erase("values");
    }
    break;
  case ObjectKind::composite_type:
    if (attribute_changes(from, to)) {
      changed.erase("attributes");
    }
    break;
  case ObjectKind::function:
  case ObjectKind::procedure:
    if (is_replaceable(from, to)) {
      changed.erase("definition");
    }
    break;
  case ObjectKind::check:
  case ObjectKind::foreign_key:
    if (is_alterable_definition(from, to)) {
      changed.erase("definition");
    }
    break;
  case ObjectKind::policy: {
    const auto vanishes = [&](std::string_view attribute) {
      return !from.value(attribute).empty() && to.value(attribute).empty();
    };
    if (vanishes("using") || vanishes("with check")) {
      return false;
    }
    break;
  }
  default: break;
  }
  return std::ranges::includes(alterable(from.kind), changed);
}

bool is_type(ObjectKind kind) {
  return kind == ObjectKind::enum_type || kind == ObjectKind::domain || kind == ObjectKind::composite_type ||
         kind == ObjectKind::range_type;
}

/// What an item becomes that cannot be changed in place. A range type brings functions, which keep their names.
Fate anew(ObjectKind kind) { return is_type(kind) && kind != ObjectKind::range_type ? Fate::replace : Fate::recreate; }

std::string_view aspect_value(const Item& item, const Object& object) {
  switch (item.key.aspect) {
  case Aspect::whole: break;
  case Aspect::default_value: return object.value("default");
  case Aspect::ownership: return object.value("owned by");
  case Aspect::partition: return object.value("partition of");
  case Aspect::clustering: return object.value("clustered");
  case Aspect::replica_identity: return object.value("replica identity");
  }
  return "";
}

Fate own_fate(const Item& item) {
  if (item.from == nullptr || item.to == nullptr) {
    return item.from == nullptr ? Fate::create : Fate::drop;
  }
  if (!item.is_whole()) {
    const bool is_same = aspect_value(item, *item.from) == aspect_value(item, *item.to);
    return is_same ? Fate::keep : item.key.aspect == Aspect::partition ? Fate::recreate : Fate::alter;
  }
  Names changed = changed_attributes(*item.from, *item.to);
  const bool has_moved = item.from->owner != item.to->owner && item.kind() != ObjectKind::sequence;
  if (changed.empty() && !has_moved) {
    return Fate::keep;
  }
  return !has_moved && is_alterable(*item.from, *item.to, std::move(changed)) ? Fate::alter : anew(item.kind());
}

/// What a change of what it needs brings upon an item that is in both schemas.
class Consequences {
public:
  explicit Consequences(const Items& items) : items_(items) {}

  Fate of(const Item& item) const {
    Fate fate = item.fate;
    for (const std::size_t needed : item.from_needs) {
      fate = std::max(fate, of(item, items_[needed], std::ranges::count(item.to_needs, needed) != 0),
                      [](Fate one, Fate other) { return strength(one) < strength(other); });
    }
    return fate;
  }

private:
  static int strength(Fate fate) {
    switch (fate) {
    case Fate::keep: return 0;
    case Fate::alter: return 1;
    case Fate::convert: return 2;
    case Fate::park: return 3;
    default: return 4;
    }
  }

  Fate of(const Item& item, const Item& needed, bool is_needed_still) const {
    const bool is_replaced = needed.fate == Fate::recreate || needed.fate == Fate::replace;
    const bool is_gone = is_replaced || (needed.fate == Fate::drop && item.fate == Fate::keep);
    const bool is_left = item.fate == Fate::alter && !is_needed_still; // before the other one goes
    if (!item.is_whole()) {
      return of_aspect(item, needed, is_gone && !is_left);
    }
    switch (item.kind()) {
    case ObjectKind::schema:
    case ObjectKind::extension:
    case ObjectKind::sequence:
    case ObjectKind::table: return item.fate;
    case ObjectKind::column: return of_column(item, needed, is_gone && !is_left);
    default: break;
    }
    if (is_gone && !is_left) {
      return anew(item.kind());
    }
    return needed.kind() == ObjectKind::column && is_retyped(needed) && breaks_when_retyped(item, needed)
               ? Fate::recreate
               : item.fate;
  }

  static Fate of_aspect(const Item& item, const Item& needed, bool is_gone) {
    const bool is_default = item.key.aspect == Aspect::default_value;
    const bool is_owner = item.key.aspect == Aspect::ownership && needed.kind() == ObjectKind::column;
    if (is_owner && needed.fate == Fate::drop) {
      return Fate::recreate; // or the sequence would go, too
    }
    if (is_gone || (is_default && needed.is_whole() && needed.kind() == ObjectKind::column && is_retyped(needed))) {
      return Fate::recreate;
    }
    const bool is_parents = is_default && needed.key.aspect == Aspect::default_value;
    return is_parents && needed.fate != Fate::keep && item.fate == Fate::keep ? Fate::alter : item.fate;
  }

  static Fate of_column(const Item& item, const Item& needed, bool is_gone) {
    const bool is_generated = !item.from->value("generated").empty();
    if (needed.kind() == ObjectKind::column && !is_generated) { // a parent's
      return needed.fate == Fate::keep || item.fate != Fate::keep ? item.fate : Fate::alter;
    }
    const bool is_retyped_source = needed.kind() == ObjectKind::column && is_retyped(needed);
    const bool is_still_generated = !item.to->value("generated").empty();
    if (is_generated && is_still_generated && (is_gone || is_retyped_source)) {
      return Fate::recreate;
    }
    if (is_gone && is_type(needed.kind())) {
      return needed.fate == Fate::replace ? Fate::convert : Fate::park;
    }
    return item.fate;
  }

  /// What PostgreSQL does not change together with the column, or can no longer when the values are texts meanwhile.
  static bool breaks_when_retyped(const Item& item, const Item& column) {
    switch (item.kind()) {
    case ObjectKind::view:
    case ObjectKind::materialized_view:
    case ObjectKind::rule:
    case ObjectKind::policy:
    case ObjectKind::trigger:
    case ObjectKind::function:
    case ObjectKind::procedure:
    case ObjectKind::foreign_key: return true;
    default: return column.fate == Fate::park;
    }
  }

  const Items& items_;
};

/// The types of a composite type's attributes cannot change while a column has it.
void replace_types_in_use(Items& items) {
  std::set<std::size_t> in_use;
  for (const Item& item : items.all()) {
    if (item.is_whole() && item.kind() != ObjectKind::function) {
      in_use.insert(item.from_needs.begin(), item.from_needs.end());
    }
  }
  for (const std::size_t needed : in_use) {
    Item& item = items.all()[needed];
    if (item.kind() == ObjectKind::composite_type && item.fate == Fate::alter && !keeps_types(*item.from, *item.to)) {
      item.fate = Fate::replace;
    }
  }
}

/// Whether the item has values of the domain inside of others: in an array, a row or a range.
bool has_inside(const Item& item, const Item& domain) {
  return item.is_whole() && item.from != nullptr && item.to != nullptr &&
         (item.kind() == ObjectKind::composite_type || item.kind() == ObjectKind::range_type ||
          (item.kind() == ObjectKind::column &&
           item.from->value("type") != postgresql_names::qualified(domain.key.object.name)));
}

/// The values of a domain are not checked anew, nor can it get another check, while others have them inside.
void replace_domains_inside(Items& items) {
  std::set<std::size_t> changed;
  for (std::size_t i = 0; i < items.all().size(); ++i) {
    const Item& item = items[i];
    if (item.kind() == ObjectKind::domain && item.fate == Fate::alter && item.is_whole() &&
        item.to->value("nullable") == "no" && item.from->value("nullable") != "no") {
      changed.insert(i);
    }
    const auto domain = item.kind() == ObjectKind::check && item.comes() ? items.owner(*item.to) : std::nullopt;
    if (domain && items[*domain].kind() == ObjectKind::domain &&
        constraint_definition(item.to->value("definition")).is_valid) {
      changed.insert(*domain);
    }
  }
  for (const Item& item : items.all()) {
    for (const std::size_t needed : item.from_needs) {
      if (changed.contains(needed) && has_inside(item, items[needed])) {
        items.all()[needed].fate = Fate::replace;
      }
    }
  }
}

} // namespace

bool is_retyped(const Item& column) {
  return column.fate == Fate::convert || column.fate == Fate::park ||
         (column.fate == Fate::alter && column.is_whole() &&
          (differs(*column.from, *column.to, "type") || differs(*column.from, *column.to, "collation")));
}

void decide_fates(Items& items) {
  for (Item& item : items.all()) {
    item.fate = own_fate(item);
  }
  replace_types_in_use(items);
  replace_domains_inside(items);
  const Consequences consequences(items);
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (Item& item : items.all()) {
      if (item.from == nullptr || item.to == nullptr) {
        continue;
      }
      const Fate fate = consequences.of(item);
      has_changed = has_changed || fate != item.fate;
      item.fate = fate;
    }
  }
}

} // namespace retort::postgresql_change
