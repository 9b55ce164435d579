#pragma once

#include "history/model.hpp"

namespace retort {

bool meets(const IdSet& a, const IdSet& b);
IdSet common(const IdSet& a, const IdSet& b);
IdSet less(const IdSet& a, const IdSet& b);
IdSet set_of(const Ids& ids);

/// A model, and its ways up and down.
struct Graph : Model {
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

  IdSet heads() const;
  IdSet bases() const;
};

} // namespace retort
