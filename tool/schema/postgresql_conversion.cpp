#include "schema/postgresql_conversion.hpp"

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
  if (change.expression.empty()) {
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
        : type.from->attributes != type.to->attributes
            ? fmt::format("fails where a value of {{}} is no {}", unqualified(type.key.object.name))
            : replacement_hazard(type);
    if (!hazard.empty()) {
      return hazard;
    }
  }
  return "";
}

} // namespace retort::postgresql_change
