#include "alembic_model.hpp"

#include <algorithm>

namespace retort {
namespace {

/// Steps that Alembic knows as such: from a word of letters, digits and `_`, or from the database.
bool has_steps(const WrittenTarget& target) {
  return !target.steps.empty() && target.place.find('.') == std::string::npos;
}

/// The word behind `@` where there are no steps.
std::string word_of(const WrittenTarget& target) { return target.place + target.steps; }

/// A walk over revisions.
class Walking {
public:
  Walking(const Model& graph, const Question& question) : graph_(graph), names_(graph), question_(question) {}

  IdSet upgrade() const {
    const Ids targets = upgrade_targets();
    refuse_overlaps(targets);
    return less(graph_.closure(set_of(targets)), question_.state);
  }

  IdSet downgrade() const {
    const WrittenTarget& target = question_.targets.front();
    if (!has_steps(target)) {
      return dropped(names_.single("", word_of(target)), target.branch);
    }
    const long steps = alembic_steps(target.steps);
    if (steps < 0 && target.place.empty()) {
      return drop_from_current(target.branch, steps);
    }
    if (target.place.empty()) {
      throw Refusal("Relative revision");
    }
    const std::string place = steps < 0 ? names_.walk(names_.single(target.branch, target.place), steps, "")
                                        : names_.walk(names_.single("", target.place), steps, target.branch);
    if (place == AlembicNames::none || (place.empty() && steps >= 0)) {
      throw Refusal("Walked too far");
    }
    return dropped(place, target.branch);
  }

  IdSet history() const {
    const IdSet rows = set_of(question_.rows);
    const WrittenTarget& start = question_.targets.front();
    const WrittenTarget& end = question_.targets.back();
    const auto ends_of = [&](const WrittenTarget& target, const std::string& otherwise) {
      if (target.place != "current" && !target.text().empty()) {
        return names_.all(target.branch, word_of(target));
      }
      const bool is_current = target.place == "current" && !rows.empty();
      return is_current ? question_.rows : names_.all("", otherwise);
    };
    if (start.place == "current" && end.place == "current") {
      throw Refusal("Can't locate revision identified by");
    }
    const Ids to = ends_of(end, "heads");
    refuse_overlaps(to);
    const IdSet needed = graph_.closure(set_of(to));
    const Ids from = ends_of(start, "base");
    const IdSet lower = set_of(from);
    if (!std::ranges::includes(needed, lower)) {
      throw Refusal("does not refer to ancestor/descendant revisions");
    }
    refuse_overlaps(from);
    IdSet listed = less(needed, graph_.closure(lower));
    listed.insert(lower.begin(), lower.end());
    if (!lower.empty()) {
      listed = common(listed, graph_.descendants(lower));
    }
    refuse_unsortable(listed, to);
    return listed;
  }

private:
  Ids upgrade_targets() const {
    const WrittenTarget& target = question_.targets.front();
    if (question_.targets.size() > 1 || !has_steps(target)) {
      Ids targets;
      for (const WrittenTarget& written : question_.targets) {
        const Ids found = names_.all(written.branch, word_of(written));
        targets.insert(targets.end(), found.begin(), found.end());
      }
      return targets;
    }
    const long steps = alembic_steps(target.steps);
    std::string place;
    if (steps > 0) {
      place = names_.walk(target.place.empty() ? start_of_steps(target.branch) : names_.single("", target.place), steps,
                          target.branch);
    } else if (!target.place.empty()) {
      place = names_.walk(names_.single(target.branch, target.place), steps, "");
    }
    if (target.place.empty() && (steps <= 0 || place == AlembicNames::none)) {
      throw Refusal("Relative revision");
    }
    refuse_no_revisions({place});
    return {place};
  }

  /// Where `+N` and `BRANCH@+N` begin.
  std::string start_of_steps(const std::string& branch) const {
    IdSet starts = names_.on_branch(set_of(question_.rows), branch);
    if (starts.empty()) {
      starts = graph_.tips(names_.on_branch(question_.state, branch));
    }
    if (starts.size() > 1) {
      throw Refusal("Ambiguous upgrade from multiple current revisions");
    }
    return starts.empty() ? "" : *starts.begin();
  }

  void refuse_no_revisions(const Ids& places) const {
    for (const std::string& place : places) {
      if (!graph_.parents.contains(place)) {
        throw Refusal("AssertionError");
      }
    }
  }

  void refuse_overlaps(const Ids& targets) const {
    refuse_no_revisions(targets);
    for (const std::string& target : targets) {
      for (const std::string& other : targets) {
        if (other != target && graph_.closure({target}).contains(other)) {
          throw Refusal("overlaps with other requested revisions");
        }
      }
    }
  }

  /// Its sort goes down from the ends of a range, and over what is listed alone.
  void refuse_unsortable(const IdSet& listed, const Ids& ends) const {
    IdSet reached = common(listed, set_of(ends));
    for (std::size_t size = 0; size < reached.size();) {
      size = reached.size();
      for (const std::string& id : IdSet(reached)) {
        reached.merge(common(listed, graph_.needs(id)));
      }
    }
    if (reached != listed) {
      throw Refusal("AssertionError");
    }
  }

  /// `-N` and `BRANCH@-N`.
  IdSet drop_from_current(const std::string& branch, long steps) const {
    if (branch.empty() && question_.rows.empty()) {
      throw Refusal("Relative revision");
    }
    const std::string row = branch.empty() ? question_.rows.front() : row_on_branch(branch);
    const std::string counted_on = branch.empty() ? row : branch;
    const std::string place = names_.walk(names_.find(row, counted_on), steps, "");
    if (place == AlembicNames::none) {
      throw Refusal("Relative revision");
    }
    return dropped(place, counted_on);
  }

  std::string row_on_branch(const std::string& branch) const {
    IdSet rows = names_.on_branch(set_of(question_.rows), branch);
    if (rows.empty()) {
      IdSet last = question_.state;
      std::erase_if(last, [&](const std::string& id) { return meets(graph_.children({id}), question_.state); });
      rows = names_.on_branch(last, branch);
    }
    if (rows.size() != 1) {
      throw Refusal("AssertionError");
    }
    return *rows.begin();
  }

  /// What is applied above a place, and whatever needs that.
  IdSet dropped(const std::string& place, const std::string& branch) const {
    const bool is_base = !graph_.parents.contains(place);
    IdSet roots = is_base ? graph_.bases() : graph_.children({place});
    // A base counts once more for each of its labels.
    const bool is_labelled =
        is_base && std::ranges::any_of(graph_.labels, [&](const auto& label) { return roots.contains(label.second); });
    if (!branch.empty() && (roots.size() > 1 || is_labelled)) {
      roots = common(roots, graph_.ancestors(names_.find(branch)));
      if (roots.empty()) {
        throw Refusal("Not a valid downgrade target from current heads");
      }
    }
    IdSet dropped = common(graph_.dependents(roots), question_.state);
    const bool is_row = set_of(question_.rows).contains(place);
    if (!is_base && dropped.empty() && !is_row) {
      throw Refusal("is not a valid downgrade target from current head(s)");
    }
    return dropped;
  }

  const Model& graph_;
  AlembicNames names_;
  const Question& question_;
};

/// A stamp, on the rows of the version table.
class Stamping {
public:
  Stamping(const Model& graph, const Question& question)
      : graph_(graph), names_(graph), question_(question), rows_(set_of(question.rows)) {}

  IdSet rows() {
    const IdSet related = related_rows();
    Ids destinations;
    for (const WrittenTarget& target : question_.targets) {
      const Ids found = names_.all(target.branch, word_of(target));
      destinations.insert(destinations.end(), found.begin(), found.end());
    }
    if (destinations.empty()) {
      return less(rows_, related);
    }
    for (const std::string& destination : destinations) {
      if (destination == "base") {
        throw Refusal("AssertionError");
      }
      if (destination == AlembicNames::none) {
        rows_ = less(rows_, related);
      } else if (!related.contains(destination)) {
        move(related, destination);
      }
    }
    return rows_;
  }

private:
  /// The rows on a line with a target, by parents and dependencies.
  IdSet related_rows() const {
    IdSet related;
    for (const WrittenTarget& target : question_.targets) {
      const std::string word = word_of(target);
      Ids words = word == "base"                      ? Ids()
                  : word == "head" || word == "heads" ? names_.all(target.branch, word)
                                                      : Ids{word};
      if (!target.branch.empty()) {
        words.push_back(target.branch);
      }
      for (const std::string& row : question_.rows) {
        bool is_related = words.empty();
        for (const std::string& word : words) {
          const std::string id = names_.find(word);
          is_related = is_related || graph_.closure({id}).contains(row) || graph_.closure({row}).contains(id);
        }
        if (is_related) {
          related.insert(row);
        }
      }
    }
    return related;
  }

  /// One row for all of `from` that lie above, or below, the destination; a new one where there are none.
  void move(const IdSet& from, const std::string& destination) {
    const bool is_above = meets(from, graph_.dependents({destination}));
    const bool is_below = meets(from, graph_.closure({destination}));
    if (is_above && is_below) {
      throw Refusal("AssertionError");
    }
    const bool is_new = !is_above && !(is_below && std::ranges::includes(rows_, from));
    if (!is_new || rows_.contains(destination)) {
      replace(from, destination);
    }
    rows_.insert(destination);
  }

  void replace(const IdSet& from, const std::string& destination) {
    if (from.empty() || !std::ranges::includes(rows_, from) || rows_.contains(destination)) {
      throw Refusal("Error");
    }
    rows_ = less(rows_, from);
  }

  const Model& graph_;
  AlembicNames names_;
  const Question& question_;
  IdSet rows_;
};

} // namespace

IdSet alembic_answer(const Model& graph, const Question& question) {
  switch (question.command) {
  case Command::upgrade: return Walking(graph, question).upgrade();
  case Command::downgrade: return Walking(graph, question).downgrade();
  case Command::stamp: return graph.closure(Stamping(graph, question).rows());
  default: return Walking(graph, question).history();
  }
}

} // namespace retort
