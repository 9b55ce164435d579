#pragma once

#include "revision/revision.hpp"
#include "text/diagnostic.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace retort {

/// A revision's number in its history: its rank in id order.
using Index = std::uint32_t;

/// The directed acyclic graph of all revisions. Immutable once built; safe to read from several threads.
class History {
public:
  History() = default;
  History(History&&) = default;
  History& operator=(History&&) = default;

  /// Resolves parents, dependencies and labels and verifies the graph. Cycles, missing and ambiguous parents, duplicate
  /// ids and labels go to `diagnostics`, each at its line; the result may be used only when there are none.
  static History build(std::vector<Revision> revisions, Diagnostics& diagnostics);

  /// Puts together what was verified before: revisions in id order, and the parents and dependencies of each.
  static History assemble(std::vector<Revision> revisions, std::vector<std::vector<Index>> parents,
                          std::vector<std::vector<Index>> dependencies);

  std::size_t size() const { return revisions_.size(); }
  const Revision& operator[](Index index) const { return revisions_[index]; }

  std::span<const Index> parents(Index index) const { return parents_[index]; }
  std::span<const Index> children(Index index) const { return children_[index]; }
  std::span<const Index> dependencies(Index index) const { return dependencies_[index]; }
  std::span<const Index> dependents(Index index) const { return dependents_[index]; }

  /// Revisions without a parent; revisions without a child. In id order.
  const std::vector<Index>& bases() const { return bases_; }
  const std::vector<Index>& heads() const { return heads_; }

  /// All revisions, parents and dependencies first, ties broken by id.
  const std::vector<Index>& order() const { return order_; }

  /// The revision with exactly this id.
  std::optional<Index> find(std::string_view id) const;

  /// All revisions whose id begins with `prefix`, in id order.
  std::vector<Index> find_prefix(std::string_view prefix) const;

  /// The revision that bears the label.
  std::optional<Index> find_label(std::string_view label) const;

private:
  friend class HistoryBuilder;

  std::vector<Revision> revisions_;
  std::vector<std::vector<Index>> parents_;
  std::vector<std::vector<Index>> children_;
  std::vector<std::vector<Index>> dependencies_;
  std::vector<std::vector<Index>> dependents_;
  std::vector<Index> bases_;
  std::vector<Index> heads_;
  std::vector<Index> order_;
  std::unordered_map<std::string_view, Index> by_id_;
  std::unordered_map<std::string_view, Index> by_label_;
};

/// The shortest prefix of an id that may stand for it, as in Alembic.
inline constexpr std::size_t shortest_prefix = 4;

} // namespace retort
