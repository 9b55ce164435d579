#include "model.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace retort {
namespace {

bool meets(const IdSet& a, const IdSet& b) {
  return std::ranges::any_of(a, [&](const std::string& id) { return b.contains(id); });
}

IdSet both(const IdSet& a, const IdSet& b) {
  IdSet common;
  std::ranges::set_intersection(a, b, std::inserter(common, common.end()));
  return common;
}

IdSet less(const IdSet& a, const IdSet& b) {
  IdSet rest;
  std::ranges::set_difference(a, b, std::inserter(rest, rest.end()));
  return rest;
}

} // namespace

bool before(const std::string& a, const std::string& b) {
  const auto key = [](const std::string& id) {
    const bool number = id.size() < 8 && id.find_first_not_of("0123456789") == std::string::npos;
    return std::make_tuple(!number, number ? std::stoul(id) : 0, id);
  };
  return key(a) < key(b);
}

std::string joined(const IdSet& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += (text.empty() ? "" : ",") + id;
  }
  return text;
}

std::string TargetParts::text() const {
  const bool is_short = place == "current" && steps != 0;
  return (branch.empty() ? "" : branch + "@") + (is_short ? "" : place) + (steps > 0 ? "+" : "") +
         (steps == 0 ? "" : std::to_string(steps));
}

template <typename Condition>
IdSet Model::all(Condition condition) const {
  IdSet all;
  for (const auto& [id, ignored] : parents) {
    if (condition(id)) {
      all.insert(id);
    }
  }
  return all;
}

IdSet Model::all() const {
  return all([](const std::string&) { return true; });
}

IdSet Model::needs(const std::string& id) const {
  IdSet all = parents.at(id);
  all.insert(dependencies.at(id).begin(), dependencies.at(id).end());
  return all;
}

IdSet Model::closure(const IdSet& members) const {
  IdSet all = members;
  for (const std::string& member : members) {
    all.merge(closure(needs(member)));
  }
  return all;
}

Ids Model::order() const {
  Ids order;
  IdSet done;
  while (done.size() < parents.size()) {
    std::string next;
    for (const auto& [id, ignored] : parents) {
      if (!done.contains(id) && std::ranges::includes(done, needs(id)) && (next.empty() || before(id, next))) {
        next = id;
      }
    }
    order.push_back(next);
    done.insert(next);
  }
  return order;
}

Ids Model::order(const IdSet& state, const IdSet& wanted) const {
  Ids rest = order();
  std::erase_if(rest, [&](const std::string& id) { return state.contains(id) || !wanted.contains(id); });
  return rest;
}

IdSet Model::ancestors(const std::string& id) const {
  IdSet found = {id};
  for (const std::string& parent : parents.at(id)) {
    found.merge(ancestors(parent));
  }
  return found;
}

IdSet Model::children(const IdSet& members) const {
  return all([&](const std::string& id) { return meets(parents.at(id), members); });
}

IdSet Model::dependents(const IdSet& roots) const {
  return all([&](const std::string& id) { return meets(closure({id}), roots); });
}

IdSet Model::tips(const IdSet& members) const {
  IdSet tips = members;
  std::erase_if(tips, [&](const std::string& id) {
    return std::ranges::any_of(members, [&](const std::string& other) { return needs(other).contains(id); });
  });
  return tips;
}

IdSet Model::branch(const std::string& name) const {
  const std::string id = labels.contains(name) ? labels.at(name) : name;
  return all([&](const std::string& other) {
    return name.empty() || ancestors(id).contains(other) || ancestors(other).contains(id);
  });
}

std::optional<Named> Model::find(const TargetParts& target, const IdSet& state) const {
  const IdSet branch = this->branch(target.branch);
  const IdSet heads = both(branch, all([&](const std::string& id) { return children({id}).empty(); }));
  const IdSet bases = both(branch, all([&](const std::string& id) { return parents.at(id).empty(); }));
  Named named;
  if (target.place == "head" || target.place == "heads") {
    if (target.place == "head" && heads.size() != 1) {
      return {};
    }
    named.at = heads;
  } else if (target.place == "base") {
    named.below = bases;
  } else if (target.place == "current") {
    named.at = tips(both(branch, state));
    named.below = named.at.empty() ? bases : IdSet();
  } else if (branch.contains(target.place)) {
    named.at = {target.place};
  } else {
    return {};
  }
  for (long step = 0; step < target.steps; ++step) {
    const IdSet next = named.at.empty() ? named.below : both(branch, children(named.at));
    if (next.size() != 1) {
      return {};
    }
    named = {next, {}};
  }
  for (long step = 0; step > target.steps; --step) {
    if (named.at.size() != 1) {
      return {};
    }
    const IdSet next = both(branch, parents.at(*named.at.begin()));
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
      const IdSet last = tips(both(kept, branch));
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
  return less(state, less(dependents(both(roots, branch)), closure(named->at)));
}

} // namespace retort
