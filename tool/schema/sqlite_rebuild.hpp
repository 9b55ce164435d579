#pragma once

#include "schema/change.hpp"
#include "schema/sqlite_parts.hpp"
#include "schema/sqlite_table.hpp"

#include <string>
#include <vector>

namespace retort {

/// A new table that takes the place of an old one of the same name, and its rows.
struct SqliteRebuild {
  const Object& table;              ///< the new one
  const SqliteTable& definition;    ///< the new one's
  sqlite_parts::Parts old_parts;    ///< by the names that they have by now
  std::vector<std::string> columns; ///< that both have
  std::vector<std::string> lost;    ///< columns of the old one, by the names that they had, as Object::name
  std::string spare;                ///< a name that no table has
};

/// The steps, but for indexes and triggers. Views and triggers that mention the table must not be there meanwhile, but
/// for its own triggers, and foreign keys must be off.
std::vector<SchemaChange::Step> rebuild_steps(const SqliteRebuild& rebuild);

} // namespace retort
