#include "history/walk.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

[[noreturn]] void fail(std::string message, std::string hint = {}, std::vector<Note> notes = {}) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), {}, std::move(notes), std::move(hint)});
}

/// `-1` and the like.
bool leads_down(const Target& target) { return target.place == Place::current && target.steps < 0; }

/// `+1` and the like.
bool leads_up(const Target& target) { return target.place == Place::current && target.steps > 0; }

/// `-1` or `+1` without a place: in a range these count from its other end.
bool is_bare(const Target& target) {
  const char first = target.text[target.text.find('@') + 1]; // of the whole text where there is no branch
  return first == '+' || first == '-';
}
bool is_bare_down(const Target& target) { return leads_down(target) && is_bare(target); }
bool is_bare_up(const Target& target) { return leads_up(target) && is_bare(target); }

bool has(std::string_view targets, bool (*condition)(const Target&)) {
  const std::vector<Target> parsed = targets.empty() ? std::vector<Target>() : parse_targets(targets);
  return std::any_of(parsed.begin(), parsed.end(), condition);
}

/// What is left of `state` when the revisions of a target such as `-2` or `billing@-1` were undone.
State undo(const History& history, const State& state, const Target& target) {
  State kept = state;
  State branch = state;
  if (!target.branch.empty()) {
    branch &= branch_of(history, Resolver(history, &state).resolve_name(target.branch));
  }
  for (long step = 0; step < -target.steps; ++step) {
    const std::vector<Index> last = tips(history, branch);
    if (last.empty()) {
      fail(fmt::format("'{}' leads below the base: {}", target.text, steps_left(step, "applied")));
    }
    if (last.size() > 1) {
      fail(fmt::format("'{}' is ambiguous: several revisions could be undone first", target.text),
           "name the revision to go down to, or a branch: BRANCH@-1", candidates(history, last));
    }
    const State undone = descendants(history, last);
    kept -= undone;
    branch -= undone;
  }
  return kept;
}

/// The revisions right above a spot, on its branch.
std::vector<Index> roots(const History& history, const Spot& spot) {
  std::vector<Index> roots = spot.below;
  for (const Index index : spot.at) {
    const auto children = history.children(index);
    roots.insert(roots.end(), children.begin(), children.end());
  }
  std::erase_if(roots, [&](Index index) { return spot.branch && !spot.branch->contains(index); });
  return roots;
}

/// What is left of `state` above nothing but the spots that `targets` name; `at` receives the revisions among these.
State lowered(const History& history, const State& state, const std::vector<Target>& targets, std::vector<Index>& at) {
  State kept = state;
  State gone(history.size());
  for (const Target& target : targets) {
    if (leads_down(target)) {
      State undone = state;
      gone |= undone -= undo(history, state, target);
    } else {
      const Spot spot = Resolver(history, &state).resolve(target);
      gone |= descendants(history, roots(history, spot));
      at.insert(at.end(), spot.at.begin(), spot.at.end());
    }
  }
  gone -= closure(history, at);
  return kept -= gone;
}

std::vector<Index> without(std::vector<Index> order, const State& wanted, const State& other) {
  std::erase_if(order, [&](Index index) { return !wanted.contains(index) || other.contains(index); });
  return order;
}

} // namespace

std::vector<Index> upgrade_order(const History& history, const State& state, std::string_view targets) {
  for (const Target& target : parse_targets(targets)) {
    if (leads_down(target)) {
      fail(fmt::format("'{}' leads down, and an upgrade goes up", target.text), "'downgrade' goes down");
    }
  }
  return without(history.order(), resolve_state(history, targets, &state), state);
}

std::vector<Index> downgrade_order(const History& history, const State& state, std::string_view targets) {
  const std::vector<Target> parsed = parse_targets(targets);
  for (const Target& target : parsed) {
    if (leads_up(target)) {
      fail(fmt::format("'{}' leads up, and a downgrade goes down", target.text), "'upgrade' goes up");
    }
  }
  std::vector<Index> at;
  const State kept = lowered(history, state, parsed, at);
  for (const Index index : at) {
    if (!state.contains(index)) {
      fail(fmt::format("{} is not applied: there is nothing to go down to", history[index].id));
    }
  }
  return without({history.order().rbegin(), history.order().rend()}, state, kept);
}

State stamped(const History& history, const State& state, std::string_view targets) {
  std::vector<Index> at;
  State result = lowered(history, state, parse_targets(targets), at);
  return result |= closure(history, at);
}

bool counts_from_current(const Range& range) {
  const auto in_start = [](const Target& target) { return target.place == Place::current && !is_bare_down(target); };
  const auto in_end = [](const Target& target) { return target.place == Place::current && !is_bare_up(target); };
  const std::string start = range.start.value_or("");
  return (has(start, is_bare_down) && has(range.end, is_bare_up)) || has(start, in_start) || has(range.end, in_end);
}

State members_of(const History& history, const Range& range, const State* current) {
  const std::string start = range.start.value_or("");
  const std::string end = range.end.empty() ? "heads" : range.end;
  const bool down = has(start, is_bare_down);
  const bool up = has(end, is_bare_up);
  const State from_start =
      up && !down && !start.empty() ? resolve_state(history, start, current) : State(history.size());
  State members = resolve_state(history, end, up && !down ? &from_start : current);
  if (start.empty()) {
    return members;
  }
  const State from_end = members;
  const State* const counted = down && !up ? &from_end : current;
  State above(history.size());
  for (const Spot& spot : resolve(history, start, counted)) {
    std::vector<Index> lowest = spot.at;
    lowest.insert(lowest.end(), spot.below.begin(), spot.below.end());
    State followers = descendants(history, lowest, Edges::parents);
    above |= spot.branch ? followers &= *spot.branch : followers;
  }
  for (const Index index : resolve_revisions(history, start, counted)) {
    if (!members.contains(index)) {
      fail(fmt::format("{} does not lead to '{}'", history[index].id, end), "the end of a range follows its start");
    }
  }
  return members &= above;
}

} // namespace retort
