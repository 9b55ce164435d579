#pragma once

#include "revision/revision.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// A table that a change drops and makes again.
struct Rebuild {
  std::string table;
  Unit::Piece drop; ///< the statement that drops it
};

/// What the statements of an SQLite change say about the schema by name. Names are folded.
struct SchemaOutline {
  std::vector<Rebuild> rebuilds;
  std::set<std::string> dropped_tables;  ///< those that are not made again
  std::set<std::string> created_objects; ///< indexes and triggers: `index a`
  std::set<std::string> dropped_objects; ///< likewise, where a statement names them
};

/// Reads the statements' first words; runs nothing.
SchemaOutline outline(const Change& change);

/// A name as SQLite compares it: without quotes, in lower case.
std::string folded_name(std::string_view name);

/// The text by which sqlite_schema defines an index or a trigger, with the names folded and its own name and all white
/// space left out: equal for two that do the same.
std::string definition(std::string_view sql);

} // namespace retort
