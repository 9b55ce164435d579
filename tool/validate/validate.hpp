#pragma once

#include "history/history.hpp"
#include "plan/plan.hpp"
#include "text/diagnostic.hpp"

#include <string>
#include <vector>

namespace retort {

/// How far a plan is proven before a script of it is written. None of these needs a server or a file.
enum class Validation {
  off,
  parse,  ///< by the database's own parser
  execute ///< run in an SQLite database in memory, from base on
};

/// Parses every statement of the plan with PostgreSQL's own parser (libpg_query). What only a newer PostgreSQL can
/// accept is a warning.
void parse_postgresql(const History& history, const Plan& plan, Diagnostics& diagnostics);

/// Parses every statement of the plan with SQLite. What needs a schema to be known is not looked at.
void parse_sqlite(const History& history, const Plan& plan, Diagnostics& diagnostics);

/// Brings an SQLite database in memory to the plan's start and runs the plan there. Stops at the first error. What only
/// the application's own functions, collations and modules or a newer SQLite could accept ends the trial with a
/// warning. Indexes and triggers that a revision's rebuild of a table loses are warnings, too (F24).
void try_sqlite(const History& history, const Plan& plan, const std::vector<std::string>& extensions,
                Diagnostics& diagnostics);

} // namespace retort
