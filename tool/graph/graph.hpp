#pragma once

#include "history/state.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace retort {

/// What is shown of a history: its members from top to bottom, and, where a database is given, what that has of them.
class Graph {
public:
  Graph(const History& history, State members, std::optional<State> applied);

  const History& history() const { return history_; }
  const std::vector<Index>& order() const { return order_; }

  /// Those of `indices` that are members.
  std::vector<Index> shown(std::span<const Index> indices) const;

  bool has_database() const { return applied_.has_value(); }
  bool is_applied(Index index) const { return applied_ && applied_->contains(index); }
  /// Applied, and nothing applied follows it.
  bool is_current(Index index) const { return current_.contains(index); }

  /// `ID (label) (base) (head)`, then `(current)`, `(applied)` or `(pending)` where a database is given.
  std::string title(Index index) const;

private:
  const History& history_;
  State members_;
  std::optional<State> applied_;
  State current_;
  std::vector<Index> order_;
};

} // namespace retort
