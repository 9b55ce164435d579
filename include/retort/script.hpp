#pragma once

#include <retort/migration.hpp>

#include <string>

namespace retort {

/// What a script does to a database (docs/scripts.md). States and targets as in docs/targets.md.
struct ScriptRange {
  std::string from; ///< where the database must stand: the script refuses any other state
  std::string to;
};

enum class Client {
  shell, ///< psql and sqlite3: with the commands that make them stop at the first error
  plain  ///< whatever stops at the first error by itself: a driver, sqlite3_exec
};

/// Writes an upgrade as SQL, for somebody else to run. Pure: no database, no clock; the same for the same arguments.
/// The history must have the dialect. Throws Error (request).
std::string upgrade_script(const EmbeddedHistory& history, Dialect dialect,
                           const ScriptRange& range = {"base", "heads"}, Client client = Client::shell);

/// As upgrade_script, for a way down. Throws Error (request) where a revision on it is irreversible.
std::string downgrade_script(const EmbeddedHistory& history, Dialect dialect,
                             const ScriptRange& range = {"heads", "base"}, Client client = Client::shell);

} // namespace retort
