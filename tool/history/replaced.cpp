#include "history/replaced.hpp"

#include "history/resolve.hpp"
#include "revision/id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace retort {
namespace {

using Ids = std::set<std::string, std::less<>>;

bool is_squashed(const Revision& revision) { return !revision.replaced.empty(); }

bool has_squashed(const History& history) {
  for (Index index = 0; index < history.size(); ++index) {
    if (is_squashed(history[index])) {
      return true;
    }
  }
  return false;
}

/// Whether one of the ids is of a revision that only the old way has.
bool went_the_old_way(const Revision& squashed, const Ids& ids) {
  return std::ranges::any_of(squashed.replaced,
                             [&](const Revision& old) { return old.id != squashed.id && ids.contains(old.id); });
}

/// The history with what these revisions replace in their places.
template <class Predicate>
History restored(const History& history, Predicate is_restored, Diagnostics& diagnostics) {
  std::vector<Revision> revisions;
  for (Index index = 0; index < history.size(); ++index) {
    const Revision& revision = history[index];
    if (is_restored(revision)) {
      revisions.insert(revisions.end(), revision.replaced.begin(), revision.replaced.end());
    } else {
      revisions.push_back(revision);
    }
  }
  std::ranges::sort(revisions, [](const Revision& a, const Revision& b) { return id_less(a.id, b.id); });
  return History::build(std::move(revisions), diagnostics);
}

template <class Predicate>
std::optional<History> restored(const History& history, Predicate is_restored) {
  bool any = false;
  for (Index index = 0; index < history.size(); ++index) {
    any = any || is_restored(history[index]);
  }
  if (!any) {
    return std::nullopt;
  }
  Diagnostics diagnostics;
  History result = restored(history, is_restored, diagnostics);
  if (diagnostics.has_errors()) {
    throw Failure(Exit::migrations, diagnostics.sorted());
  }
  return result;
}

/// The names in targets; a prefix stands for every old id that begins so, unless it means something else.
Ids named_ids(const History& history, std::string_view targets) {
  Ids ids;
  for (const Target& target : parse_targets(targets)) {
    for (const std::string& name : {target.name, target.branch}) {
      ids.insert(name);
      if (name.size() < shortest_prefix || history.find_label(name) || !history.find_prefix(name).empty()) {
        continue;
      }
      for (Index index = 0; index < history.size(); ++index) {
        for (const Revision& old : history[index].replaced) {
          if (old.id.starts_with(name)) {
            ids.insert(old.id);
          }
        }
      }
    }
  }
  return ids;
}

/// With the old revisions in their places where targets name one of them.
std::optional<History> named_history(const History& history, std::string_view targets) {
  const Ids named = named_ids(history, targets);
  return restored(history, [&](const Revision& revision) { return went_the_old_way(revision, named); });
}

/// `begun`: ids of revisions of which a part is applied.
std::optional<History> followed(const History& history, const Ids& applied, const Ids& begun) {
  return restored(history, [&](const Revision& revision) {
    if (!is_squashed(revision)) {
      return false;
    }
    const bool is_new = applied.empty() || applied.contains(revision.id) || begun.contains(revision.id);
    return !is_new || went_the_old_way(revision, applied) || went_the_old_way(revision, begun);
  });
}

} // namespace

std::optional<History> followed_history(const History& history, const Applied& applied) {
  if (!has_squashed(history)) {
    return std::nullopt;
  }
  Ids ids;
  for (const AppliedRevision& row : applied.revisions) {
    ids.insert(row.id);
  }
  Ids begun;
  for (const FinishedUnit& unit : applied.journal) {
    begun.insert(unit.id);
  }
  return followed(history, ids, begun);
}

std::optional<History> followed_history(const History& history, std::string_view targets) {
  if (!has_squashed(history)) {
    return std::nullopt;
  }
  const std::optional<History> old = named_history(history, targets);
  const History& known = old ? *old : history;
  Ids ids;
  for (const Index index : resolve_state(known, targets).members()) {
    ids.insert(known[index].id);
  }
  return followed(history, ids, {});
}

std::optional<History> stamped_history(const History& history, std::string_view targets) {
  return named_history(history, targets) ? followed_history(history, targets) : std::nullopt;
}

std::optional<Index> find_replacing(const History& history, std::string_view id) {
  const auto is_meant = [&](const Revision& old) {
    return old.id == id || (id.size() >= shortest_prefix && old.id.starts_with(id));
  };
  for (Index index = 0; index < history.size(); ++index) {
    if (std::ranges::any_of(history[index].replaced, is_meant)) {
      return index;
    }
  }
  return std::nullopt;
}

void check_replaced(const History& history, Diagnostics& diagnostics) {
  if (!has_squashed(history) || diagnostics.has_errors()) {
    return;
  }
  const History old = restored(history, is_squashed, diagnostics);
  if (diagnostics.has_errors()) {
    return;
  }
  for (Index index = 0; index < history.size(); ++index) {
    const Revision& revision = history[index];
    if (!is_squashed(revision)) {
      continue;
    }
    const auto parent_list = [](const History& where, Index child) {
      const auto parents = where.parents(child);
      return id_list(where, {parents.begin(), parents.end()});
    };
    const std::string& first = revision.replaced.front().id;
    const std::string follows = parent_list(history, index);
    const std::string followed = parent_list(old, *old.find(first));
    if (follows != followed) {
      diagnostics
          .error(fmt::format("{} follows {}, but {}, which it replaces, follows {}", revision.id, follows, first,
                             followed),
                 locate(revision.path))
          .hint = "let both follow the same revision";
    }
  }
}

} // namespace retort
