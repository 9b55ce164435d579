#include "plan/plan.hpp"

#include "history/target.hpp"
#include "history/walk.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

const Change* change_of(const History& history, const Step& step) {
  const Revision& revision = history[step.revision];
  if (step.direction == Direction::up) {
    return &revision.up;
  }
  return revision.down ? &*revision.down : nullptr;
}

std::vector<Step> steps(const std::vector<Index>& order, Direction direction, Action action) {
  std::vector<Step> steps;
  steps.reserve(order.size());
  for (const Index index : order) {
    steps.push_back({direction, action, index, 0});
  }
  return steps;
}

[[noreturn]] void fail_resume(const History& history, const FinishedUnit& unit, std::string_view reason) {
  const auto index = history.find(unit.id);
  throw Failure(Exit::behind,
                {Severity::error,
                 fmt::format("{} was interrupted on its way {}, and {}", unit.id, name(unit.direction), reason),
                 index ? std::optional(locate(history[*index].path)) : std::nullopt,
                 {},
                 fmt::format("finish it with '{}' as it was; or bring the schema by hand to where a revision begins "
                             "and record that with 'stamp'",
                             unit.direction == Direction::up ? "upgrade" : "downgrade")});
}

} // namespace

Plan plan_upgrade(const History& history, const State& start, std::string_view target) {
  Plan plan(start);
  plan.steps = steps(upgrade_order(history, start, target), Direction::up, Action::run);
  return plan;
}

Plan plan_downgrade(const History& history, const State& start, std::string_view target) {
  std::optional<Index> stopped_at;
  Plan plan = plan_reversible_downgrade(history, start, target, stopped_at);
  if (stopped_at) {
    const Revision& revision = history[*stopped_at];
    throw Failure(
        Exit::migrations,
        {Severity::error,
         fmt::format("{} is irreversible: {}", revision.id,
                     revision.irreversible ? revision.irreversible->text : "it has no way down"),
         locate(revision.path),
         {},
         fmt::format("nothing was run; {}go down to this revision at most",
                     revision.irreversible ? ""
                                           : "add a '-- migrate:down' section (an empty one if nothing has to "
                                             "be undone), or ")});
  }
  return plan;
}

Plan plan_reversible_downgrade(const History& history, const State& start, std::string_view target,
                               std::optional<Index>& stopped_at) {
  Plan plan(start);
  plan.steps = steps(downgrade_order(history, start, target), Direction::down, Action::run);
  const auto irreversible = std::find_if(plan.steps.begin(), plan.steps.end(),
                                         [&](const Step& step) { return change_of(history, step) == nullptr; });
  if (irreversible != plan.steps.end()) {
    stopped_at = irreversible->revision;
    plan.steps.erase(irreversible, plan.steps.end());
  }
  return plan;
}

Plan plan_stamp(const History& history, const State& start, std::string_view target, const std::vector<Index>& edited) {
  Plan plan(start);
  const State wanted = stamped(history, start, target);
  std::vector<Index> removed(history.order().rbegin(), history.order().rend());
  std::erase_if(removed, [&](Index index) {
    const bool stays = wanted.contains(index) && std::find(edited.begin(), edited.end(), index) == edited.end();
    return stays || !start.contains(index);
  });
  State rest = start;
  for (const Index index : removed) {
    rest.remove(index);
  }
  std::vector<Index> added = history.order();
  std::erase_if(added, [&](Index index) { return !wanted.contains(index) || rest.contains(index); });
  plan.steps = steps(removed, Direction::down, Action::record);
  const std::vector<Step> up = steps(added, Direction::up, Action::record);
  plan.steps.insert(plan.steps.end(), up.begin(), up.end());
  return plan;
}

Plan plan_purge(const History& history, std::string_view target) {
  for (const Target& part : parse_targets(target)) {
    if (part.place == Place::current) {
      throw Failure(Exit::usage, {Severity::error,
                                  fmt::format("'{}' counts from what a purge forgets", part.text),
                                  {},
                                  {},
                                  "'current' shows where the database is: name that revision"});
    }
  }
  Plan plan = plan_stamp(history, State(history.size()), target, {});
  plan.purges = true;
  plan.drops_journal = true;
  return plan;
}

Plan plan_table(const History& history) {
  Plan plan(State(history.size()));
  plan.ensures_table = true;
  return plan;
}

void resume(const History& history, const std::vector<FinishedUnit>& journal, Plan& plan) {
  for (const FinishedUnit& unit : journal) {
    const auto step = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& candidate) {
      return history[candidate.revision].id == unit.id && candidate.direction == unit.direction;
    });
    if (step == plan.steps.end()) {
      fail_resume(history, unit, "this command would leave it so");
    }
    const std::vector<Unit>& units = change_of(history, *step)->units;
    if (unit.unit >= units.size() || units[unit.unit].checksum != unit.checksum) {
      fail_resume(history, unit, fmt::format("what it had finished (part {}) was edited since", unit.unit + 1));
    }
    step->finished_units = std::max(step->finished_units, unit.unit + 1);
  }
}

std::string describe(const History& history, const Step& step) {
  const Revision& revision = history[step.revision];
  const auto parents = history.parents(step.revision);
  const std::string before = id_list(history, {parents.begin(), parents.end()});
  const bool up = step.direction == Direction::up;
  const std::string_view verb = step.action == Action::record ? "stamp" : up ? "upgrade" : "downgrade";
  return up ? fmt::format("{} {} -> {}  {}", verb, before, revision.id, revision.message)
            : fmt::format("{} {} -> {}  {}", verb, revision.id, before, revision.message);
}

} // namespace retort
