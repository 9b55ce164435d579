#pragma once

#include "schema/schema.hpp"

#include <string>
#include <vector>

namespace retort {

/// What SQL makes one schema another.
struct SchemaChange {
  struct Step {
    std::string sql;            ///< one statement, without a semicolon at its end
    std::string hazard;         ///< what rows or values it loses, or on which it fails; empty: none
    bool in_transaction = true; ///< false: it is to run outside of one, which may be for the sake of its locks
  };

  std::vector<Step> steps;
  std::vector<std::string> impossible; ///< what no step does, and why; a line each
};

/// A table or a column that has another name in the other schema: what it holds stays. Names as Object::name has them.
struct Rename {
  ObjectKind kind = ObjectKind::table;
  std::string from;
  std::string to; ///< of a column in a renamed table: with the new name of the table
};

struct ChangeOptions {
  std::vector<Rename> renames;
  bool online = false; ///< PostgreSQL: forms that do not keep others from the tables for long, even if they take longer
};

/// What makes `from`, as it was read from a database, `to`. The order of columns is not changed for its own sake.
SchemaChange change_schema(const Schema& from, const Schema& to, const ChangeOptions& options = {});

} // namespace retort
