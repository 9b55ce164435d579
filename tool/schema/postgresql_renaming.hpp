#pragma once

#include "schema/schema.hpp"

#include <string>
#include <string_view>

namespace retort::postgresql_change {

/// Gives an object another name in a schema, and changes what else PostgreSQL changes then.
class Renaming {
public:
  Renaming(Schema& schema, ObjectKey from, std::string to)
      : schema_(schema), from_(std::move(from)), to_{from_.kind, std::move(to)} {}

  /// A table, also into another schema, or a view.
  void rename_relation();
  void rename_column();

  /// Where only the name is what it is known by.
  void rename_itself();
  void rename_in_texts();

private:
  void move_along();
  bool is_part(const ObjectKey& key) const;
  bool needs_part(const Object& object) const;
  std::string moved(std::string_view name) const;

  Schema& schema_;
  ObjectKey from_;
  ObjectKey to_;
};

} // namespace retort::postgresql_change
