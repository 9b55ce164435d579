#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace retort {

using Ids = std::vector<std::string>;
using IdSet = std::set<std::string>;

/// The order of ids (docs/revision-files.md).
bool before(const std::string& a, const std::string& b);

std::string joined(const IdSet& ids);

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

/// A plain, slow model of histories and of targets (docs/targets.md): sets of ids, and recursion.
struct Model {
  std::map<std::string, IdSet> parents;
  std::map<std::string, IdSet> dependencies;
  std::map<std::string, std::string> labels;

  IdSet all() const;
  IdSet needs(const std::string& id) const;
  IdSet closure(const IdSet& members) const;
  bool is_valid(const IdSet& state) const { return closure(state) == state; }

  /// All revisions: the smallest id that is ready comes next, again and again.
  Ids order() const;

  /// What `wanted` has and `state` has not. Two revisions keep their order whatever the state is.
  Ids order(const IdSet& state, const IdSet& wanted) const;

  /// Absent: refused.
  std::optional<Named> find(const TargetParts& target, const IdSet& state) const;

  /// The state after an upgrade. Absent: refused.
  std::optional<IdSet> upgraded(IdSet state, const TargetParts& target) const;

  /// The state after a downgrade. Absent: refused.
  std::optional<IdSet> downgraded(const IdSet& state, const TargetParts& target) const;

private:
  template <typename Condition>
  IdSet all(Condition condition) const;

  IdSet ancestors(const std::string& id) const;
  IdSet children(const IdSet& members) const;

  /// What needs one of `roots`, and these.
  IdSet dependents(const IdSet& roots) const;

  /// The members that no other one needs.
  IdSet tips(const IdSet& members) const;

  /// What shares a line with the revision or label; everything where none is named.
  IdSet branch(const std::string& name) const;
};

} // namespace retort
