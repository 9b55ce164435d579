#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace retort {

using Ids = std::vector<std::string>;
using IdSet = std::set<std::string>;

/// The order of ids (docs/revision-files.md).
bool before(const std::string& a, const std::string& b);

std::string joined(const IdSet& ids);

IdSet set_of(const Ids& ids);

bool meets(const IdSet& a, const IdSet& b);
IdSet common(const IdSet& a, const IdSet& b);
IdSet less(const IdSet& a, const IdSet& b);

/// A plain, slow graph of revisions: sets of ids, and recursion.
struct Graph {
  std::map<std::string, IdSet> parents;
  std::map<std::string, IdSet> dependencies;
  std::map<std::string, std::string> labels;

  IdSet all() const;
  IdSet heads() const;
  IdSet bases() const;

  IdSet needs(const std::string& id) const;
  IdSet closure(const IdSet& members) const;
  bool is_valid(const IdSet& state) const { return closure(state) == state; }

  /// All revisions: the smallest id that is ready comes next, again and again.
  Ids order() const;

  /// What `wanted` has and `state` has not. Two revisions keep their order whatever the state is.
  Ids order(const IdSet& state, const IdSet& wanted) const;

  /// A revision and what it follows, by parents.
  IdSet ancestors(const std::string& id) const;

  /// `members` and what follows one of them, by parents.
  IdSet descendants(const IdSet& members) const;

  /// `members` and what follows or depends on one of them.
  IdSet dependents(const IdSet& members) const;

  IdSet children(const IdSet& members) const;

  /// The members that no other one follows or depends on.
  IdSet tips(const IdSet& members) const;

  /// A revision's ancestors and descendants; everything where the id is empty.
  IdSet line(const std::string& id) const;
};

} // namespace retort
