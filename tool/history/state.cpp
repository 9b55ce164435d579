#include "history/state.hpp"

#include <algorithm>
#include <array>

namespace retort {
namespace {

/// Adds everything that can be reached from `open` by the edges that `neighbours` gives.
template <typename Neighbours>
State reach(std::size_t size, std::vector<Index> open, Neighbours neighbours) {
  State reached(size);
  for (const Index index : open) {
    reached.add(index);
  }
  while (!open.empty()) {
    const Index index = open.back();
    open.pop_back();
    for (const auto edges : neighbours(index)) {
      for (const Index neighbour : edges) {
        if (!reached.contains(neighbour)) {
          reached.add(neighbour);
          open.push_back(neighbour);
        }
      }
    }
  }
  return reached;
}

} // namespace

std::vector<Index> State::members() const {
  std::vector<Index> members;
  for (Index index = 0; index < applied_.size(); ++index) {
    if (applied_[index]) {
      members.push_back(index);
    }
  }
  return members;
}

std::vector<Index> tips(const History& history, const State& state) {
  std::vector<Index> tips = state.members();
  std::erase_if(tips, [&](Index index) {
    const auto applied = [&](Index other) { return state.contains(other); };
    const auto children = history.children(index);
    const auto dependents = history.dependents(index);
    return std::any_of(children.begin(), children.end(), applied) ||
           std::any_of(dependents.begin(), dependents.end(), applied);
  });
  return tips;
}

State closure(const History& history, const std::vector<Index>& members) {
  return reach(history.size(), members, [&](Index index) {
    return std::array{history.parents(index), history.dependencies(index)};
  });
}

State descendants(const History& history, Index index) {
  return reach(history.size(), {index}, [&](Index member) {
    return std::array{history.children(member), history.dependents(member)};
  });
}

std::string id_list(const History& history, const std::vector<Index>& members) {
  std::string list;
  for (const Index index : members) {
    list += list.empty() ? "" : ", ";
    list += history[index].id;
  }
  return list.empty() ? "base" : list;
}

} // namespace retort
