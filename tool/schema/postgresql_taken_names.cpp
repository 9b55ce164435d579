#include "schema/postgresql_taken_names.hpp"

#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

namespace retort::postgresql_change {

using namespace postgresql_names;

std::vector<std::string> taken_names(const Object& object) {
  const auto constraint = [&] { return fmt::format("constraint {}.{}", object.owner, own_name(object)); };
  const auto index = [&] {
    return fmt::format("{}{}", object.owner.substr(0, object.owner.size() - unqualified(object.owner).size()),
                       own_name(object));
  };
  switch (object.kind) {
  case ObjectKind::enum_type:
  case ObjectKind::domain:
  case ObjectKind::composite_type:
  case ObjectKind::range_type:
  case ObjectKind::sequence:
  case ObjectKind::table:
  case ObjectKind::index:
  case ObjectKind::view:
  case ObjectKind::materialized_view: return {object.name};
  case ObjectKind::primary_key:
  case ObjectKind::unique:
  case ObjectKind::exclusion: return {constraint(), index()};
  case ObjectKind::check:
  case ObjectKind::foreign_key: return {constraint()};
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::aggregate: return {fmt::format("function {}", object.name)};
  default: return {};
  }
}

} // namespace retort::postgresql_change
