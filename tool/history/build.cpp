#include "history/history.hpp"
#include "history/replaced.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <queue>

namespace retort {
namespace {

Location locate_reference(const Revision& revision, const Reference& reference) {
  return locate(*revision.head, reference.offset, reference.length);
}

} // namespace

class HistoryBuilder {
public:
  HistoryBuilder(std::vector<Revision> revisions, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    history_.revisions_ = std::move(revisions);
  }

  History build() {
    drop_duplicates();
    register_ids();
    register_labels();
    const std::size_t size = history_.size();
    history_.parents_.resize(size);
    history_.dependencies_.resize(size);
    for (Index index = 0; index < size; ++index) {
      resolve(index);
    }
    return finish();
  }

  History assemble(std::vector<std::vector<Index>> parents, std::vector<std::vector<Index>> dependencies) {
    register_ids();
    register_labels();
    history_.parents_ = std::move(parents);
    history_.dependencies_ = std::move(dependencies);
    return finish();
  }

private:
  void drop_duplicates() {
    std::vector<Revision>& revisions = history_.revisions_;
    std::vector<Revision> unique;
    unique.reserve(revisions.size());
    for (Revision& revision : revisions) {
      // In id order equal ids are neighbours.
      if (unique.empty() || unique.back().id != revision.id) {
        unique.push_back(std::move(revision));
        continue;
      }
      Diagnostic& diagnostic = diagnostics_.error(fmt::format("duplicate id '{}'", revision.id), locate(revision.path));
      diagnostic.notes.push_back({"the other revision with this id is here", locate(unique.back().path)});
      diagnostic.hint = "rename one of the two";
    }
    revisions = std::move(unique);
  }

  void register_ids() {
    history_.by_id_.reserve(history_.size());
    for (Index index = 0; index < history_.size(); ++index) {
      history_.by_id_.emplace(history_[index].id, index);
    }
  }

  void register_labels() {
    for (Index index = 0; index < history_.size(); ++index) {
      for (const Reference& label : history_[index].labels) {
        if (const auto id = history_.find(label.name)) {
          diagnostics_
              .error(fmt::format("label '{}' is a revision's id", label.name), locate_reference(history_[index], label))
              .notes.push_back({"the revision is here", locate(history_[*id].path)});
        } else if (const auto [other, added] = history_.by_label_.emplace(label.name, index); !added) {
          const Revision& owner = history_[other->second];
          diagnostics_
              .error(fmt::format("label '{}' is already in use", label.name), locate_reference(history_[index], label))
              .notes.push_back({"the other revision with this label is here", locate(owner.path)});
        }
      }
    }
  }

  void resolve(Index index) {
    const Revision& revision = history_[index];
    if (!revision.revises) {
      if (index > 0) {
        history_.parents_[index].push_back(index - 1);
      }
    } else {
      for (const Reference& reference : *revision.revises) {
        resolve(index, reference, history_.parents_[index], "parent");
      }
    }
    for (const Reference& reference : revision.depends_on) {
      resolve(index, reference, history_.dependencies_[index], "dependency");
    }
  }

  void resolve(Index index, const Reference& reference, std::vector<Index>& edges, std::string_view role) {
    const Revision& revision = history_[index];
    const std::vector<Index> found = find(reference);
    if (found.empty()) {
      const auto replacing = find_replacing(history_, reference.name);
      diagnostics_.error(fmt::format("missing {} '{}'", role, reference.name), locate_reference(revision, reference))
          .hint = replacing ? fmt::format("{0} replaces it: write {0}", history_[*replacing].id)
                            : "no revision in this directory has that id; was its file deleted, or not added yet?";
    } else if (found.size() > 1) {
      report_ambiguous(revision, reference, found);
    } else if (std::find(edges.begin(), edges.end(), found.front()) != edges.end()) {
      diagnostics_.error(fmt::format("{} '{}' is named twice", role, reference.name),
                         locate_reference(revision, reference));
    } else {
      edges.push_back(found.front());
    }
  }

  /// The revisions that a reference can mean.
  std::vector<Index> find(const Reference& reference) const {
    if (const auto exact = history_.find(reference.name)) {
      return {*exact};
    }
    if (const auto labelled = history_.find_label(reference.name)) {
      return {*labelled};
    }
    return reference.name.size() >= shortest_prefix ? history_.find_prefix(reference.name) : std::vector<Index>();
  }

  /// Where `later` says that it comes after `earlier`, or its file as a whole when it does not say so.
  Location locate_order(Index later, Index earlier) const {
    const Revision& revision = history_[later];
    std::vector<Reference> references = revision.revises.value_or(std::vector<Reference>());
    references.insert(references.end(), revision.depends_on.begin(), revision.depends_on.end());
    const auto found = std::find_if(references.begin(), references.end(), [&](const Reference& reference) {
      return find(reference) == std::vector{earlier};
    });
    return found == references.end() ? locate(revision.path) : locate_reference(revision, *found);
  }

  void report_ambiguous(const Revision& revision, const Reference& reference, const std::vector<Index>& found) {
    Diagnostic& diagnostic =
        diagnostics_.error(fmt::format("ambiguous prefix '{}'", reference.name), locate_reference(revision, reference));
    for (const Index candidate : found) {
      diagnostic.notes.push_back(
          {fmt::format("it could be {}", history_[candidate].id), locate(history_[candidate].path)});
    }
    diagnostic.hint = "write the whole id";
  }

  History finish() {
    history_.children_.resize(history_.size());
    history_.dependents_.resize(history_.size());
    for (Index index = 0; index < history_.size(); ++index) {
      link(index);
    }
    sort();
    return std::move(history_);
  }

  void link(Index index) {
    std::sort(history_.parents_[index].begin(), history_.parents_[index].end());
    std::sort(history_.dependencies_[index].begin(), history_.dependencies_[index].end());
    for (const Index parent : history_.parents_[index]) {
      history_.children_[parent].push_back(index);
    }
    for (const Index dependency : history_.dependencies_[index]) {
      history_.dependents_[dependency].push_back(index);
    }
  }

  // Kahn's algorithm; the queue hands out the smallest id that is ready.
  void sort() {
    const std::size_t size = history_.size();
    std::vector<std::size_t> waiting(size);
    std::priority_queue<Index, std::vector<Index>, std::greater<>> ready;
    for (Index index = 0; index < size; ++index) {
      waiting[index] = history_.parents_[index].size() + history_.dependencies_[index].size();
      if (waiting[index] == 0) {
        ready.push(index);
      }
      if (history_.parents_[index].empty()) {
        history_.bases_.push_back(index);
      }
      if (history_.children_[index].empty()) {
        history_.heads_.push_back(index);
      }
    }
    while (!ready.empty()) {
      const Index index = ready.top();
      ready.pop();
      history_.order_.push_back(index);
      for (const auto* successors : {&history_.children_[index], &history_.dependents_[index]}) {
        for (const Index successor : *successors) {
          if (--waiting[successor] == 0) {
            ready.push(successor);
          }
        }
      }
    }
    if (history_.order_.size() < size && !diagnostics_.has_errors()) {
      report_cycle(waiting);
    }
  }

  /// Every revision that still waits has a predecessor that waits: following them must come back to one already seen.
  void report_cycle(const std::vector<std::size_t>& waiting) {
    const auto stuck = [&](Index index) { return waiting[index] > 0; };
    std::vector<Index> path;
    auto next = static_cast<Index>(
        std::find_if(waiting.begin(), waiting.end(), [](std::size_t count) { return count > 0; }) - waiting.begin());
    while (std::find(path.begin(), path.end(), next) == path.end()) {
      path.push_back(next);
      const auto& parents = history_.parents_[next];
      const auto& dependencies = history_.dependencies_[next];
      const auto parent = std::find_if(parents.begin(), parents.end(), stuck);
      next = parent != parents.end() ? *parent : *std::find_if(dependencies.begin(), dependencies.end(), stuck);
    }
    path.erase(path.begin(), std::find(path.begin(), path.end(), next));
    std::rotate(path.begin(), std::min_element(path.begin(), path.end()), path.end());
    std::vector<std::string> ids;
    ids.reserve(path.size() + 1);
    for (const Index index : path) {
      ids.push_back(history_[index].id);
    }
    ids.push_back(ids.front());
    const auto place = [&](std::size_t i) { return locate_order(path[i], path[(i + 1) % path.size()]); };
    Diagnostic& diagnostic = diagnostics_.error(fmt::format("cycle: {}", fmt::join(ids, " -> ")), place(0));
    for (std::size_t i = 1; i < path.size(); ++i) {
      diagnostic.notes.push_back({fmt::format("{} is part of it", history_[path[i]].id), place(i)});
    }
    diagnostic.hint = "an arrow reads 'comes after'; remove one of them";
  }

  Diagnostics& diagnostics_;
  History history_;
};

History History::build(std::vector<Revision> revisions, Diagnostics& diagnostics) {
  return HistoryBuilder(std::move(revisions), diagnostics).build();
}

History History::assemble(std::vector<Revision> revisions, std::vector<std::vector<Index>> parents,
                          std::vector<std::vector<Index>> dependencies) {
  Diagnostics none;
  return HistoryBuilder(std::move(revisions), none).assemble(std::move(parents), std::move(dependencies));
}

} // namespace retort
