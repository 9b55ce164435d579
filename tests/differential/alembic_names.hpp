#pragma once

#include "history/model.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace retort {

/// Part of what Alembic says when it refuses a question.
class Refusal : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// How Alembic 1.8.1 finds revisions, as understood from its source. A branch is a word, or empty. A place is an id,
/// `base` behind the last step down, or empty: where the word `base` itself leads. All throw Refusal.
class AlembicNames {
public:
  explicit AlembicNames(const Model& graph) : graph_(graph) {}

  /// The revision that a word names: exactly, or as the only id or label of more than three characters that begins so.
  std::string find(const std::string& word, const std::string& branch = {}) const;

  /// What a word names; `head` and `heads` included.
  Ids all(const std::string& branch, const std::string& word) const;

  /// The one place that a word names.
  std::string single(const std::string& branch, const std::string& word) const;

  /// Where a number of steps leads; `none` where there are fewer. The branch counts upwards alone.
  std::string walk(std::string start, long steps, const std::string& branch) const;

  /// Those of `ids` that are ancestors or descendants of the branch's revision.
  IdSet on_branch(const IdSet& ids, const std::string& branch) const;

  /// The heads on which nothing depends.
  IdSet real_heads() const;

  static inline const std::string none = "none";

private:
  /// Where steps down from the heads, or from those that inherit a label, lead.
  Ids below_heads(const std::string& branch, long steps) const;

  const Model& graph_;
};

/// What Alembic makes of steps: the number behind the sign, whatever follows it.
long alembic_steps(const std::string& steps);

} // namespace retort
