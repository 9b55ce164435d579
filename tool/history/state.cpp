#include "history/state.hpp"

#include <algorithm>
#include <array>
#include <functional>

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

State& State::operator|=(const State& other) {
  std::transform(applied_.begin(), applied_.end(), other.applied_.begin(), applied_.begin(), std::logical_or<>());
  return *this;
}

State& State::operator&=(const State& other) {
  std::transform(applied_.begin(), applied_.end(), other.applied_.begin(), applied_.begin(), std::logical_and<>());
  return *this;
}

State& State::operator-=(const State& other) {
  std::transform(applied_.begin(), applied_.end(), other.applied_.begin(), applied_.begin(), std::greater<>());
  return *this;
}

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

State closure(const History& history, const std::vector<Index>& members, Edges edges) {
  return reach(history.size(), members, [&](Index index) {
    return std::array{history.parents(index),
                      edges == Edges::all ? history.dependencies(index) : std::span<const Index>()};
  });
}

State descendants(const History& history, const std::vector<Index>& members, Edges edges) {
  return reach(history.size(), members, [&](Index index) {
    return std::array{history.children(index),
                      edges == Edges::all ? history.dependents(index) : std::span<const Index>()};
  });
}

State branch_of(const History& history, Index index) {
  State branch = closure(history, {index}, Edges::parents);
  return branch |= descendants(history, {index}, Edges::parents);
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
