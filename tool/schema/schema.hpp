#pragma once

#include "dialect/dialect.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// In an order in which each kind can stand before those that need it.
enum class ObjectKind : std::uint8_t {
  schema,
  extension,
  enum_type,
  domain,
  composite_type,
  range_type,
  sequence,
  table,
  column,
  primary_key,
  unique,
  check,
  foreign_key,
  exclusion,
  index,
  statistics,
  view,
  materialized_view,
  function,
  procedure,
  aggregate,
  trigger,
  rule,
  policy,
  event_trigger,
};

/// As people call it: `table`, `foreign key`.
std::string_view name(ObjectKind kind);

/// A property as messages name it (`type`, `on delete`), and its value. A property that an object has not, or that has
/// the value that goes without saying, is absent.
struct Attribute {
  std::string_view name; ///< a constant's
  std::string value;
  bool operator==(const Attribute&) const = default;
};

/// What is one object of a schema: no two of a kind have one name, but for constraints without a name that say the
/// same.
struct ObjectKey {
  ObjectKind kind = ObjectKind::table;
  std::string name;
  auto operator<=>(const ObjectKey&) const = default;
};

/// A part of a schema. What has no name of its own is known by what it says: SQLite's unnamed constraints.
struct Object {
  ObjectKind kind = ObjectKind::table;
  std::string name;  ///< `orders`, `audit.log`, `orders.total`, `orders (customer_id)`, `total(integer)`
  std::string owner; ///< the name of the table, view or domain that it is a part of, and goes with
  std::vector<Attribute> attributes; ///< in the same order for all objects of a kind
  std::string statement = {}; ///< SQLite: what made it, as the database stores it; empty for what is a part of a table
  std::vector<ObjectKey> needs = {}; ///< PostgreSQL: what it cannot be without

  /// PostgreSQL: what of its owner and its privileges is not as of an object that the reader has just made, for those
  /// that may have to be made anew. `OWNER TO app`, `GRANT SELECT ON {} TO PUBLIC`.
  std::vector<std::string> privileges = {};

  /// The value of an attribute; nothing when it is absent.
  std::string_view value(std::string_view attribute) const;

  /// Whether they are the same but for how they came to be.
  bool operator==(const Object& other) const;
};

/// What a database consists of, but for its rows, for what an extension brought and for Retort's own tables. Equal for
/// databases that behave alike, whatever way they came to be what they are.
struct Schema {
  Dialect dialect = Dialect::sqlite;
  std::vector<Object> objects; ///< sorted by kind, name and attributes

  bool operator==(const Schema&) const = default;
};

/// That of a new database.
Schema empty_schema(Dialect dialect);

/// Puts the objects in their order.
void sort(Schema& schema);

} // namespace retort
