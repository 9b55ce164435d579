#pragma once

#include "graph.hpp"

#include <optional>
#include <string>

namespace retort {

/// A target in parts.
struct TargetParts {
  std::string branch;
  std::string place;
  long steps = 0;

  std::string text() const;
};

/// What a target names; the bases below which it lies.
struct Named {
  IdSet at;
  IdSet below;
};

/// What targets mean (docs/targets.md).
struct Model : Graph {
  /// Absent: refused.
  std::optional<Named> find(const TargetParts& target, const IdSet& state) const;

  /// The state after an upgrade. Absent: refused.
  std::optional<IdSet> upgraded(IdSet state, const TargetParts& target) const;

  /// The state after a downgrade. Absent: refused.
  std::optional<IdSet> downgraded(const IdSet& state, const TargetParts& target) const;

private:
  /// What shares a line with the revision or label; everything where none is named.
  IdSet branch(const std::string& name) const { return line(labels.contains(name) ? labels.at(name) : name); }
};

} // namespace retort
