#include "schema/postgresql_definitions.hpp"

#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

bool cut_end(std::string_view& text, std::string_view end) {
  const bool has_it = text.ends_with(end);
  text.remove_suffix(has_it ? end.size() : 0);
  return has_it;
}

} // namespace

ConstraintDefinition constraint_definition(std::string_view definition) {
  ConstraintDefinition parts{definition, {}};
  parts.is_valid = !cut_end(parts.body, " NOT VALID");
  const std::string_view whole = parts.body;
  cut_end(parts.body, " INITIALLY DEFERRED");
  if (cut_end(parts.body, " DEFERRABLE")) {
    parts.deferrable = whole.substr(parts.body.size() + 1);
  } else {
    parts.body = whole;
  }
  return parts;
}

std::string_view first_parentheses(std::string_view definition) {
  const std::size_t begin = std::min(find_plain(definition, "("), definition.size() - 1) + 1;
  return definition.substr(begin, find_plain(definition, ")", begin) - begin);
}

bool is_alterable_definition(const Object& from, const Object& to) {
  const ConstraintDefinition one = constraint_definition(from.value("definition"));
  const ConstraintDefinition other = constraint_definition(to.value("definition"));
  return one.body == other.body && (one.deferrable == other.deferrable || from.kind == ObjectKind::foreign_key) &&
         (one.is_valid == other.is_valid || other.is_valid);
}

bool is_replaceable(const Object& from, const Object& to) {
  const auto signature = [](const Object& function) {
    const std::string_view definition = function.value("definition");
    return definition.substr(0, definition.find("\n LANGUAGE "));
  };
  return signature(from) == signature(to);
}

std::string_view function_header(std::string_view definition) { return definition.substr(0, definition.find("\nAS ")); }

std::optional<std::vector<std::string>> added_values(const Object& from, const Object& to) {
  const std::vector<std::string_view> old_values = list(from.value("values"));
  const std::vector<std::string_view> new_values = list(to.value("values"));
  std::vector<std::string> added;
  auto next = old_values.begin();
  for (std::size_t i = 0; i < new_values.size(); ++i) {
    if (next != old_values.end() && *next == new_values[i]) {
      ++next;
    } else if (next == old_values.end()) {
      added.emplace_back(new_values[i]);
    } else if (i == 0) {
      added.push_back(fmt::format("{} BEFORE {}", new_values[i], *next));
    } else {
      added.push_back(fmt::format("{} AFTER {}", new_values[i], new_values[i - 1]));
    }
  }
  return next == old_values.end() ? std::optional(std::move(added)) : std::nullopt;
}

std::vector<TypeAttribute> type_attributes(const Object& type) {
  std::vector<TypeAttribute> attributes;
  for (const std::string_view definition : list(type.value("attributes"))) {
    const std::size_t space = find_plain(definition, " ");
    attributes.push_back({definition.substr(0, space), definition.substr(space + 1)});
  }
  return attributes;
}

const TypeAttribute* find(const std::vector<TypeAttribute>& attributes, std::string_view name) {
  const auto found = std::ranges::find(attributes, name, &TypeAttribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

std::optional<std::vector<std::string>> attribute_changes(const Object& from, const Object& to) {
  const std::vector<TypeAttribute> old_attributes = type_attributes(from);
  const std::vector<TypeAttribute> new_attributes = type_attributes(to);
  std::vector<std::string> changes;
  std::vector<std::string_view> result;
  for (const TypeAttribute& attribute : old_attributes) {
    const TypeAttribute* kept = find(new_attributes, attribute.name);
    if (kept == nullptr) {
      changes.push_back(fmt::format("DROP ATTRIBUTE {}", attribute.name));
      continue;
    }
    result.push_back(attribute.name);
    if (*kept != attribute) {
      changes.push_back(fmt::format("ALTER ATTRIBUTE {} TYPE {}", attribute.name, kept->type));
    }
  }
  for (const TypeAttribute& attribute : new_attributes) {
    if (find(old_attributes, attribute.name) == nullptr) {
      changes.push_back(fmt::format("ADD ATTRIBUTE {} {}", attribute.name, attribute.type));
      result.push_back(attribute.name);
    }
  }
  const bool is_in_order = std::ranges::equal(result, new_attributes, {}, {}, &TypeAttribute::name);
  return is_in_order ? std::optional(std::move(changes)) : std::nullopt;
}

bool keeps_types(const Object& from, const Object& to) {
  const std::vector<TypeAttribute> new_attributes = type_attributes(to);
  return std::ranges::all_of(type_attributes(from), [&](const TypeAttribute& attribute) {
    const TypeAttribute* kept = find(new_attributes, attribute.name);
    return kept == nullptr || *kept == attribute;
  });
}

} // namespace retort::postgresql_change
