#pragma once

#include "history/history.hpp"

#include <string>
#include <vector>

namespace retort {

/// The set of revisions applied to a database, as members of one history.
class State {
public:
  explicit State(std::size_t history_size) : applied_(history_size) {}

  bool contains(Index index) const { return applied_[index]; }
  void add(Index index) { applied_[index] = true; }
  void remove(Index index) { applied_[index] = false; }
  bool operator==(const State&) const = default;

  /// Union, intersection and difference with a state of the same history.
  State& operator|=(const State& other);
  State& operator&=(const State& other);
  State& operator-=(const State& other);

  /// The members, in id order.
  std::vector<Index> members() const;

private:
  std::vector<bool> applied_;
};

/// The members on which no other member follows, neither as child nor as dependent. In id order.
std::vector<Index> tips(const History& history, const State& state);

/// Which edges of the graph count: those to parents alone, or those to dependencies as well.
enum class Edges { parents, all };

/// The smallest state that holds `members` and everything that they follow (and depend on).
State closure(const History& history, const std::vector<Index>& members, Edges edges = Edges::all);

/// `members` and everything that follows (or depends on) them.
State descendants(const History& history, const std::vector<Index>& members, Edges edges = Edges::all);

/// The branch that a revision names: itself, and its ancestors and descendants by parents alone.
State branch_of(const History& history, Index index);

/// The ids of `members` as people read them: joined by `, `; `base` when there are none.
std::string id_list(const History& history, const std::vector<Index>& members);

} // namespace retort
