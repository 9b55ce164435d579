#include "cli/rebase.hpp"

#include "revision/header.hpp"
#include "revision/header_edit.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

[[noreturn]] void fail(std::string message, const Revision& revision, std::string hint) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), locate(revision.path), {}, std::move(hint)});
}

} // namespace

State own_revisions(const History& history, Index head, Index onto) {
  State own = closure(history, {head}, Edges::parents);
  return own -= closure(history, {onto}, Edges::parents);
}

std::vector<Index> find_chain(const History& history, Index head, Index onto) {
  const State own = own_revisions(history, head, onto);
  const State needed = closure(history, {onto});
  std::vector<Index> chain;
  for (std::optional<Index> next = head; next && own.contains(*next);) {
    const auto parents = history.parents(*next);
    const Revision& revision = history[*next];
    if (parents.size() > 1) {
      fail(fmt::format("{} merges {}: what was merged cannot be rebased", revision.id,
                       id_list(history, {parents.begin(), parents.end()})),
           revision, "join the heads with 'retort merge heads'");
    }
    for (const Index dependent : history.dependents(*next)) {
      if (needed.contains(dependent)) {
        fail(fmt::format("{} depends on {}, which would have to follow it", history[dependent].id, revision.id),
             history[dependent],
             fmt::format("go the other way with 'retort rebase {}', or join the heads with 'retort merge heads'",
                         history[onto].id));
      }
    }
    chain.push_back(*next);
    next = parents.empty() ? std::nullopt : std::optional(parents.front());
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

Revision rebased(const Revision& revision, const Revision& parent) {
  Revision changed = revision;
  changed.head = std::make_shared<const Source>(revision.head->path(), with_revises(revision.head->text(), parent.id));
  changed.revises.reset();
  changed.depends_on.clear();
  changed.labels.clear();
  Diagnostics diagnostics;
  read_header(*changed.head, changed, diagnostics);
  changed.message = revision.message; // in layouts without sections the header does not say it
  return changed;
}

} // namespace retort
