#include "schema/postgresql_conversion.hpp"

#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

/// The type behind domains.
template <typename Types>
std::string_view base(const Types& types, std::string_view type) {
  for (auto found = types.find(type); found != types.end(); found = types.find(type)) {
    type = found->second;
  }
  return type;
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
  const std::string_view new_base = base(to_types_, type);
  Retyping change = retyping(base(from_types_, from.value("type")), new_base);
  if (change.hazard.empty() && new_base != type) {
    change.hazard = fmt::format("fails where a value of {{}} is no {}", unqualified(type));
  }
  return change;
}

Retyping Conversions::replaced(const Item& column, const Object& from) const {
  const std::string_view old_type = from.value("type");
  const std::string_view new_type = column.to->value("type");
  const std::string_view old_base = base(from_types_, old_type);
  Retyping change = retyping(old_base, base(to_types_, new_type));
  const bool is_array = old_type.ends_with("[]") && new_type.ends_with("[]");
  const std::string_view middle = is_array                                              ? "text[]"
                                  : change.expression.empty() && is_of_system(old_base) ? old_base
                                                                                        : "text";
  change.expression = fmt::format("{{}}::{}::{}", middle, new_type);
  if (change.hazard.empty()) {
    change.hazard = replacement_hazard(column);
  }
  return change;
}

std::string Conversions::replacement_hazard(const Item& column) const {
  for (const std::size_t needed : column.from_needs) {
    const Item& type = items_[needed];
    if (type.fate != Fate::replace) {
      continue;
    }
    if (type.kind() == ObjectKind::enum_type) {
      return removed_values_hazard(*type.from, *type.to);
    }
    if (type.from->attributes != type.to->attributes) {
      return fmt::format("fails where a value of {{}} is no {}", unqualified(type.key.object.name));
    }
  }
  return "";
}

} // namespace retort::postgresql_change
