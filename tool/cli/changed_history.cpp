#include "cli/changed_history.hpp"

#include "history/state.hpp"
#include "revision/id.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

std::string parent_list(const History& history, Index index) {
  const auto parents = history.parents(index);
  return id_list(history, {parents.begin(), parents.end()});
}

/// What follows the revision before it in id order must still follow that one.
void check_implicit_parents(const History& old, const History& changed, Diagnostics& diagnostics) {
  for (Index index = 0; index < old.size(); ++index) {
    const Revision& revision = old[index];
    const auto found = changed.find(revision.id);
    if (revision.revises || !found || changed[*found].revises) {
      continue;
    }
    const std::string before = parent_list(old, index);
    const std::string after = parent_list(changed, *found);
    if (before != after) {
      diagnostics
          .error(fmt::format("{} does not say what it follows, and would follow {} from now on", revision.id, after),
                 locate(revision.path))
          .hint = fmt::format("write '-- Revises: {}' into its header first", before);
    }
  }
}

} // namespace

History changed_history(const History& history, const std::vector<Revision>& changed,
                        const std::vector<std::string>& removed) {
  std::vector<Revision> revisions = changed;
  for (Index index = 0; index < history.size(); ++index) {
    const Revision& revision = history[index];
    if (std::ranges::find(changed, revision.id, &Revision::id) == changed.end() &&
        std::ranges::find(removed, revision.id) == removed.end()) {
      revisions.push_back(revision);
    }
  }
  std::sort(revisions.begin(), revisions.end(),
            [](const Revision& a, const Revision& b) { return id_less(a.id, b.id); });
  Diagnostics diagnostics;
  History result = History::build(std::move(revisions), diagnostics);
  check_implicit_parents(history, result, diagnostics);
  if (diagnostics.has_errors()) {
    throw Failure(Exit::usage, diagnostics.sorted());
  }
  return result;
}

} // namespace retort
