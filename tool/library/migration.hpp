#pragma once

#include "history/applied.hpp"
#include "plan/stream.hpp"

#include <optional>
#include <string>
#include <vector>

namespace retort {

/// The three operations that change a database.
enum class Migration { upgrade, downgrade, stamp };

/// Where the history comes from, for what messages advise.
enum class Origin {
  directory, ///< files that can be got back
  program    ///< it may be older than the database
};

/// What is asked of a database.
struct MigrationRequest {
  Migration migration = Migration::upgrade;
  std::string target;
  Origin origin = Origin::directory;
  bool purges = false;       ///< stamp: whatever the tables hold is forgotten first
  bool out_of_order = false; ///< revisions below applied ones are applied late
};

/// What rendering needs to know of the session that will run it.
struct SessionFacts {
  Dialect dialect = Dialect::sqlite;
  std::optional<Transactions> transactions; ///< absent: the dialect's own
  Surroundings surroundings = Surroundings::none;
  std::vector<std::string> resets;
  std::string schema{revision_table::default_schema};
};

/// The user that this process runs as, for the revision table of SQLite; nothing where it has no name.
std::optional<std::string> user_name();

/// Plans from a given state, for a script or a preview. `edited` as for plan_stamp. Throws as the plan's functions.
Plan plan_from(const History& history, const MigrationRequest& request, const State& start,
               const std::vector<Index>& edited);

/// Plans for a database in that state; throws Failure (Exit::behind) when it does not fit the history, with
/// Cause::newer where a program does not know its revisions.
Plan plan_for(const History& history, const MigrationRequest& request, const Applied& applied);

/// Plans and renders what a session is to run.
Stream stream_for(const History& history, const MigrationRequest& request, const Applied& applied,
                  const SessionFacts& facts);

/// Renders a plan that a session is to run on a database in that state.
Stream stream_of(const History& history, Plan plan, const Applied& applied, const SessionFacts& facts);

/// How a script is rendered. `transactions` as in SessionFacts.
StreamOptions script_stream_options(Dialect dialect, std::optional<Transactions> transactions = {});

/// What to say of a database with revisions that a program does not know.
Diagnostic newer(const Drift& drift);

/// As report_drift() of the history, but a program calls a database with revisions that it does not know newer.
void report_drift(const History& history, Drift drift, Origin origin, Diagnostics& diagnostics);

} // namespace retort
