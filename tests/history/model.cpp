#include "model.hpp"

#include <algorithm>

namespace retort {

std::string TargetParts::text() const {
  const bool is_short = place == "current" && steps != 0;
  return (branch.empty() ? "" : branch + "@") + (is_short ? "" : place) + (steps > 0 ? "+" : "") +
         (steps == 0 ? "" : std::to_string(steps));
}

std::optional<Named> Model::find(const TargetParts& target, const IdSet& state) const {
  const IdSet branch = this->branch(target.branch);
  const IdSet heads = common(branch, this->heads());
  const IdSet bases = common(branch, this->bases());
  Named named;
  if (target.place == "head" || target.place == "heads") {
    if (target.place == "head" && heads.size() != 1) {
      return {};
    }
    named.at = heads;
  } else if (target.place == "base") {
    named.below = bases;
  } else if (target.place == "current") {
    named.at = tips(common(branch, state));
    named.below = named.at.empty() ? bases : IdSet();
  } else if (branch.contains(target.place)) {
    named.at = {target.place};
  } else {
    return {};
  }
  for (long step = 0; step < target.steps; ++step) {
    const IdSet next = named.at.empty() ? named.below : common(branch, children(named.at));
    if (next.size() != 1) {
      return {};
    }
    named = {next, {}};
  }
  for (long step = 0; step > target.steps; --step) {
    if (named.at.size() != 1) {
      return {};
    }
    const IdSet next = common(branch, parents.at(*named.at.begin()));
    if (next.size() > 1) {
      return {};
    }
    named = next.empty() ? Named{{}, named.at} : Named{next, {}};
  }
  return named;
}

std::optional<IdSet> Model::upgraded(IdSet state, const TargetParts& target) const {
  const auto named = find(target, state);
  if (!named || (target.place == "current" && target.steps < 0)) {
    return {};
  }
  state.merge(closure(named->at));
  return state;
}

std::optional<IdSet> Model::downgraded(const IdSet& state, const TargetParts& target) const {
  const IdSet branch = this->branch(target.branch);
  if (target.place == "current" && target.steps < 0) {
    IdSet kept = state;
    for (long step = 0; step > target.steps; --step) {
      const IdSet last = tips(common(kept, branch));
      if (last.size() != 1) {
        return {};
      }
      kept = less(kept, dependents(last));
    }
    return kept;
  }
  const auto named = find(target, state);
  if (!named || (target.place == "current" && target.steps > 0) || !std::ranges::includes(state, named->at)) {
    return {};
  }
  IdSet roots = children(named->at);
  roots.insert(named->below.begin(), named->below.end());
  return less(state, less(dependents(common(roots, branch)), closure(named->at)));
}

} // namespace retort
