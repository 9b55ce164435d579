#pragma once

#include "history/applied.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retort {

enum class Action {
  run,   ///< the revision's statements, and its row
  record ///< the row only: stamp
};

/// One revision to apply or to undo.
struct Step {
  Direction direction = Direction::up;
  Action action = Action::run;
  Index revision = 0;
  std::size_t finished_units = 0; ///< of an earlier run that was interrupted; these are not run again
};

/// The ordered way from a state to a target.
struct Plan {
  State start;
  std::vector<Step> steps;
  bool purges = false;        ///< the revision table is emptied first: `stamp --purge`
  bool drops_journal = false; ///< an interrupted revision is forgotten: stamp
  bool ensures_table = false; ///< the revision table is wanted, whatever it holds: `ensure-version`

  explicit Plan(State from) : start(std::move(from)) {}
};

/// Plans to apply what `target` needs and `start` lacks. Throws as upgrade_order.
Plan plan_upgrade(const History& history, const State& start, std::string_view target);

/// Plans to undo down to `target`. Throws as downgrade_order, and Failure (Exit::migrations) when a revision on the way
/// is irreversible, which it names.
Plan plan_downgrade(const History& history, const State& start, std::string_view target);

/// As plan_downgrade, but goes down only as far as every revision can be undone; `stopped_at`, when given, is set to
/// the revision that cannot.
Plan plan_reversible_downgrade(const History& history, const State& start, std::string_view target,
                               std::optional<Index>& stopped_at);

/// Plans to make the table say that the database is at `target`, as if it had been up- or downgraded there, without
/// running a revision. `edited` revisions that
/// stay are recorded again with their present text.
Plan plan_stamp(const History& history, const State& start, std::string_view target, const std::vector<Index>& edited);

/// As plan_stamp, for `--purge`: whatever the tables hold, known or not, is forgotten first.
Plan plan_purge(const History& history, std::string_view target);

/// Plans nothing but that there is a revision table.
Plan plan_table(const History& history);

/// Leaves out the units that an interrupted run has finished. Throws Failure (Exit::behind) when the journal does not
/// fit the plan: another direction, an unknown revision, or a finished unit whose text was edited.
void resume(const History& history, const std::vector<FinishedUnit>& journal, Plan& plan);

/// One line for the user: `upgrade PARENTS -> ID  message`, `downgrade ID -> PARENTS  message`, or `stamp …`.
std::string describe(const History& history, const Step& step);

} // namespace retort
