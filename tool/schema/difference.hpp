#pragma once

#include "schema/schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// One object in which two schemas differ.
struct Difference {
  enum class Change { added, removed, altered };

  /// An attribute that the object has with two values; where it is absent, the value is empty.
  struct Value {
    std::string_view attribute;
    std::string from;
    std::string to;
  };

  Change change = Change::altered;
  ObjectKind kind = ObjectKind::table;
  std::string name;
  std::string owner;         ///< as Object::owner
  std::vector<Value> values; ///< of an object that was altered: those that differ
};

/// Whether two schemas differ whose columns only stand in another order.
enum class ColumnOrder { compared, ignored };

/// What is different in `to`, in the order of kinds and names. A table that only one of them has stands for its
/// columns, constraints, indexes and whatever else is a part of it; a column has another position when its order among
/// the columns that both have is another one.
std::vector<Difference> compare(const Schema& from, const Schema& to, ColumnOrder order = ColumnOrder::compared);

/// What `to` has, has not, or has otherwise: `+ table orders`, `- table orders`, `~ column orders.total: type is …`.
std::string summary(const Difference& difference);

/// What is wrong with the schema compared where it should be the other one: `table orders is missing`,
/// `column orders.total: type is bigint instead of integer`.
std::string describe(const Difference& difference);

} // namespace retort
