#include "schema/postgresql_conversion.hpp"

#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

/// The type behind domains, also of an array of them.
template <typename Types>
std::string base(const Types& types, std::string_view type) {
  if (type.ends_with("[]")) {
    return fmt::format("{}[]", base(types, type.substr(0, type.size() - 2)));
  }
  const auto found = types.find(type);
  return found == types.end() ? std::string(type) : base(types, found->second);
}

/// Of an attribute, without its collation.
std::string_view type_alone(const TypeAttribute& attribute) {
  return attribute.type.substr(0, attribute.type.find(" COLLATE "));
}

std::string_view element(std::string_view type) {
  return type.ends_with("[]") ? type.substr(0, type.size() - 2) : std::string_view();
}

bool is_of_system(std::string_view type) { return find_plain(type, ".") == std::string_view::npos; }

std::string removed_values_hazard(const Object& from, const Object& to) {
  const std::vector<std::string_view> kept = list(to.value("values"));
  std::vector<std::string_view> removed = list(from.value("values"));
  std::erase_if(removed, [&](std::string_view value) { return std::ranges::count(kept, value) != 0; });
  return removed.empty() ? "" : fmt::format("fails where a value of {{}} is {}", fmt::join(removed, " or "));
}

} // namespace

Conversions::Conversions(const Items& items) : items_(items) {
  for (const Item& item : items.all()) {
    if (item.kind() == ObjectKind::domain && item.is_whole()) {
      const std::string name = qualified(item.key.object.name);
      if (item.from != nullptr) {
        from_types_.emplace(name, item.from->value("type"));
      }
      if (item.to != nullptr) {
        to_types_.emplace(name, item.to->value("type"));
      }
    }
  }
}

Retyping Conversions::of(const Item& column, const Object& from) const {
  if (column.fate == Fate::convert) {
    return replaced(column, from);
  }
  const std::string_view type = column.to->value("type");
  if (from.value("type") == type) {
    return {};
  }
  const std::string new_base = base(to_types_, type);
  Retyping change = retyping(base(from_types_, from.value("type")), new_base);
  if (change.hazard.empty() && new_base != type) {
    change.hazard = fmt::format("fails where a value of {{}} is no {}", unqualified(type));
  }
  return change;
}

Retyping Conversions::replaced(const Item& column, const Object& from) const {
  const std::string old_base = base(from_types_, from.value("type"));
  const std::string new_base = base(to_types_, column.to->value("type"));
  Retyping change =
      old_base == new_base && !is_of_system(new_base) ? retyping_by_text(new_base) : retyping(old_base, new_base);
  if (has_other_attributes(old_base)) {
    change.expression = row(old_base, "{}");
  } else if (change.expression.empty()) {
    change.expression = "{}";
  }
  if (change.hazard.empty()) {
    change.hazard = replacement_hazard(column);
  }
  return change;
}

std::string Conversions::replacement_hazard(const Item& item) const {
  for (const std::size_t needed : item.from_needs) {
    const Item& type = items_[needed];
    if (type.fate != Fate::replace) {
      continue;
    }
    const std::string hazard =
        type.kind() == ObjectKind::enum_type ? removed_values_hazard(*type.from, *type.to)
        : type.kind() == ObjectKind::composite_type && type.from->attributes != type.to->attributes
            ? composite_hazard(type)
        : type.from->attributes != type.to->attributes
            ? fmt::format("fails where a value of {{}} is no {}", unqualified(type.key.object.name))
            : replacement_hazard(type);
    if (!hazard.empty()) {
      return hazard;
    }
  }
  return "";
}

std::string Conversions::composite_hazard(const Item& composite) const {
  const std::vector<TypeAttribute> new_attributes = type_attributes(*composite.to);
  std::vector<std::string_view> lost;
  std::vector<std::string> parts;
  bool is_retyped = false;
  bool may_change = false;
  for (const TypeAttribute& attribute : type_attributes(*composite.from)) {
    const TypeAttribute* kept = find(new_attributes, attribute.name);
    if (kept == nullptr) {
      lost.push_back(attribute.name);
      continue;
    }
    const std::string hazard =
        retyping(base(from_types_, type_alone(attribute)), base(to_types_, type_alone(*kept))).hazard;
    is_retyped = is_retyped || *kept != attribute;
    may_change = may_change || (!hazard.empty() && !hazard.starts_with("fails"));
  }
  if (!lost.empty()) {
    parts.push_back(fmt::format("loses {} of {{}}", fmt::join(lost, " and ")));
  }
  if (may_change) {
    parts.emplace_back("may change values of {}");
  }
  if (is_retyped) {
    parts.push_back(fmt::format("fails where a value of {{}} is no {}", unqualified(composite.key.object.name)));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

const Item* Conversions::replaced_composite(std::string_view type) const {
  const auto found = items_.find(ObjectKind::composite_type, model_name(type));
  return found && items_[*found].fate == Fate::replace ? &items_[*found] : nullptr;
}

bool Conversions::has_other_attributes(std::string_view type) const {
  const Item* composite = replaced_composite(type);
  if (composite == nullptr) {
    return false;
  }
  const std::vector<TypeAttribute> attributes = type_attributes(*composite->from);
  return !std::ranges::equal(attributes, type_attributes(*composite->to), {}, &TypeAttribute::name,
                             &TypeAttribute::name) ||
         std::ranges::any_of(attributes, [&](const TypeAttribute& attribute) {
           return has_other_attributes(base(from_types_, type_alone(attribute)));
         });
}

bool Conversions::has_array_of_others(std::string_view type) const {
  if (const std::string_view item = element(type); !item.empty()) {
    return has_other_attributes(item) || has_array_of_others(item);
  }
  const Item* composite = replaced_composite(type);
  return composite != nullptr &&
         std::ranges::any_of(type_attributes(*composite->from), [&](const TypeAttribute& attribute) {
           return has_array_of_others(base(from_types_, type_alone(attribute)));
         });
}

std::string Conversions::impossible(const Item& column) const {
  const bool is_array =
      column.fate == Fate::convert && has_array_of_others(base(from_types_, column.from->value("type")));
  return is_array
             ? fmt::format("column {}: an array cannot be converted to one of a composite type of which attributes "
                           "come, go or change places",
                           column.key.object.name)
             : "";
}

std::string Conversions::row(std::string_view type, std::string_view value) const {
  const Item& composite = *replaced_composite(type);
  const std::vector<TypeAttribute> old_attributes = type_attributes(*composite.from);
  std::vector<std::string> fields;
  for (const TypeAttribute& attribute : type_attributes(*composite.to)) {
    const TypeAttribute* old = find(old_attributes, attribute.name);
    if (old == nullptr) {
      fields.emplace_back("NULL");
      continue;
    }
    const std::string field = fmt::format("({}).{}", value, attribute.name);
    const std::string old_type = base(from_types_, type_alone(*old));
    const std::string casts = retyping(old_type, base(to_types_, type_alone(attribute))).expression;
    fields.push_back(
        has_other_attributes(old_type)
            ? row(old_type, field)
            : fmt::format("{}{}", field, casts.substr(std::min(casts.size(), std::string_view("{}").size()))));
  }
  return fmt::format("CASE WHEN {} IS DISTINCT FROM NULL THEN ROW({})::text::{} END", value, fmt::join(fields, ", "),
                     qualified(composite.to->name));
}

} // namespace retort::postgresql_change
