#include "schema/schema.hpp"

#include <algorithm>
#include <tuple>

namespace retort {

std::string_view name(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::schema: return "schema";
  case ObjectKind::extension: return "extension";
  case ObjectKind::enum_type: return "enum";
  case ObjectKind::domain: return "domain";
  case ObjectKind::composite_type: return "composite type";
  case ObjectKind::range_type: return "range type";
  case ObjectKind::sequence: return "sequence";
  case ObjectKind::table: return "table";
  case ObjectKind::column: return "column";
  case ObjectKind::primary_key: return "primary key";
  case ObjectKind::unique: return "unique constraint";
  case ObjectKind::check: return "check constraint";
  case ObjectKind::foreign_key: return "foreign key";
  case ObjectKind::exclusion: return "exclusion constraint";
  case ObjectKind::index: return "index";
  case ObjectKind::statistics: return "statistics";
  case ObjectKind::view: return "view";
  case ObjectKind::materialized_view: return "materialized view";
  case ObjectKind::function: return "function";
  case ObjectKind::procedure: return "procedure";
  case ObjectKind::aggregate: return "aggregate";
  case ObjectKind::trigger: return "trigger";
  case ObjectKind::rule: return "rule";
  case ObjectKind::policy: return "policy";
  case ObjectKind::event_trigger: return "event trigger";
  }
  return "";
}

std::string_view Object::value(std::string_view attribute) const {
  const auto found = std::ranges::find(attributes, attribute, &Attribute::name);
  return found == attributes.end() ? std::string_view() : found->value;
}

bool Object::operator==(const Object& other) const {
  return std::tie(kind, name, owner, attributes) == std::tie(other.kind, other.name, other.owner, other.attributes);
}

Schema empty_schema(Dialect dialect) {
  Schema schema{dialect, {}};
  if (dialect == Dialect::postgresql) {
    schema.objects.push_back({ObjectKind::schema, "public", {}, {}});
  }
  return schema;
}

void sort(Schema& schema) {
  std::ranges::sort(schema.objects, [](const Object& left, const Object& right) {
    if (const auto order = std::tie(left.kind, left.name) <=> std::tie(right.kind, right.name); order != 0) {
      return order < 0;
    }
    return std::ranges::lexicographical_compare(left.attributes, right.attributes, {}, &Attribute::value,
                                                &Attribute::value);
  });
}

} // namespace retort
