#include "history/resolve.hpp"

#include "history/replaced.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

[[noreturn]] void fail(std::string message, std::string hint = {}, std::vector<Note> notes = {}) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), {}, std::move(notes), std::move(hint)});
}

/// Where a revision says what it follows, or its file as a whole.
Location place_of(const History& history, Index index) {
  const Revision& revision = history[index];
  return revision.revises && !revision.revises->empty()
             ? locate(*revision.head, revision.revises->front().offset, revision.revises->front().length)
             : locate(revision.path);
}

std::vector<Index> neighbours(const History& history, const std::vector<Index>& members,
                              std::span<const Index> (History::*edges)(Index) const) {
  std::vector<Index> found;
  for (const Index member : members) {
    const auto next = (history.*edges)(member);
    found.insert(found.end(), next.begin(), next.end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

} // namespace

std::string steps_left(long steps, std::string_view rest) {
  return steps == 0 ? fmt::format("no revision is {}", rest)
                    : fmt::format("only {} {} {}", steps, steps == 1 ? "revision is" : "revisions are", rest);
}

std::vector<Note> candidates(const History& history, const std::vector<Index>& members) {
  std::vector<Note> notes;
  notes.reserve(members.size());
  for (const Index index : members) {
    notes.push_back(
        {fmt::format("it could be {}  {}", history[index].id, history[index].message), locate(history[index].path)});
  }
  return notes;
}

Diagnostic several_heads(const History& history, const std::vector<Index>& heads) {
  Diagnostic diagnostic;
  diagnostic.message = heads.size() == 2 ? fmt::format("two heads: {}", id_list(history, heads))
                                         : fmt::format("{} heads: {}", heads.size(), id_list(history, heads));
  diagnostic.location = place_of(history, heads.back());
  State common = closure(history, {heads.back()}, Edges::parents);
  for (std::size_t i = 0; i + 1 < heads.size(); ++i) {
    diagnostic.notes.push_back({"another head is here", place_of(history, heads[i])});
    common &= closure(history, {heads[i]}, Edges::parents);
  }
  const auto parting = std::find_if(history.order().rbegin(), history.order().rend(),
                                    [&](Index index) { return common.contains(index); });
  if (parting == history.order().rend()) {
    diagnostic.notes.push_back({"they have no ancestor in common", {}});
  } else {
    const Revision& revision = history[*parting];
    diagnostic.notes.push_back({fmt::format("their last common ancestor is {}", revision.id), locate(revision.path)});
  }
  diagnostic.hint =
      fmt::format("'heads' as a target means all; in the migrations directory, 'retort merge heads' writes "
                  "a revision that follows them all, and 'retort rebase {}' puts that one, not applied "
                  "anywhere yet, behind the other",
                  history[heads.back()].id);
  return diagnostic;
}

std::vector<Index> Resolver::on_branch(std::vector<Index> members, const Spot& spot) const {
  if (spot.branch) {
    std::erase_if(members, [&](Index index) { return !spot.branch->contains(index); });
  }
  return members;
}

Index Resolver::resolve_name(std::string_view name, const State* branch) const {
  if (const auto exact = history_.find(name)) {
    return *exact;
  }
  if (const auto labelled = history_.find_label(name)) {
    return *labelled;
  }
  std::vector<Index> found = history_.find_prefix(name);
  if (found.empty()) {
    const auto replacing = find_replacing(history_, name);
    fail(fmt::format("there is no revision or label '{}'", name),
         replacing ? fmt::format("{0} replaces it: write {0}; only databases that went the old way know it",
                                 history_[*replacing].id)
                   : "'history' lists the revisions");
  }
  if (name.size() < shortest_prefix) {
    fail(fmt::format("'{}' is too short for a prefix", name), "write four characters or more of the id");
  }
  if (branch != nullptr && found.size() > 1) {
    std::erase_if(found, [&](Index index) { return !branch->contains(index); });
  }
  if (found.size() != 1) {
    fail(fmt::format("'{}' is ambiguous", name), "write more of the id",
         candidates(history_, found.empty() ? history_.find_prefix(name) : found));
  }
  return found.front();
}

Index Resolver::single_head(const Target& target, const std::vector<Index>& heads) const {
  if (heads.size() == 1) {
    return heads.front();
  }
  if (heads.empty()) {
    throw Failure(Exit::migrations, {Severity::error,
                                     "there is no head: the history is empty",
                                     {},
                                     {},
                                     "retort revision -m \"what it does\" writes the first revision"});
  }
  if (target.branch.empty()) {
    throw Failure(Exit::migrations, several_heads(history_, heads));
  }
  fail(fmt::format("'{}' is ambiguous: the branch has several heads", target.text),
       fmt::format("name one of them, or write {}@heads for all", target.branch), candidates(history_, heads));
}

Spot Resolver::start(const Target& target) const {
  Spot spot;
  if (!target.branch.empty()) {
    spot.branch = branch_of(history_, resolve_name(target.branch));
  }
  switch (target.place) {
  case Place::head: spot.at = {single_head(target, on_branch(history_.heads(), spot))}; break;
  case Place::heads: spot.at = on_branch(history_.heads(), spot); break;
  case Place::base: spot.below = on_branch(history_.bases(), spot); break;
  case Place::current: {
    if (current_ == nullptr) {
      fail(fmt::format("'{}' counts from the state of a database, and there is none here", target.text),
           "name a revision, or give a database with --url");
    }
    State members = *current_;
    if (spot.branch) {
      members &= *spot.branch;
    }
    spot.at = tips(history_, members);
    if (spot.at.empty()) {
      spot.below = on_branch(history_.bases(), spot);
    }
    break;
  }
  case Place::revision: {
    const Index index = resolve_name(target.name, spot.branch ? &*spot.branch : nullptr);
    if (spot.branch && !spot.branch->contains(index)) {
      fail(fmt::format("{} is not on the branch '{}'", history_[index].id, target.branch),
           "a branch is a revision with its ancestors and descendants");
    }
    spot.at = {index};
    break;
  }
  }
  return spot;
}

Spot Resolver::climb(const Target& target, Spot spot) const {
  for (long step = 0; step < target.steps; ++step) {
    const std::vector<Index> next =
        spot.at.empty() ? spot.below : on_branch(neighbours(history_, spot.at, &History::children), spot);
    if (next.empty()) {
      fail(fmt::format("'{}' leads beyond the head: {}", target.text, steps_left(step, "left")));
    }
    if (next.size() > 1) {
      fail(fmt::format("'{}' is ambiguous: several revisions could come next", target.text),
           "name the revision, or a branch: BRANCH@+1", candidates(history_, next));
    }
    spot.at = next;
    spot.below.clear();
  }
  return spot;
}

Spot Resolver::descend(const Target& target, Spot spot) const {
  for (long step = 0; step < -target.steps; ++step) {
    if (spot.at.size() > 1) {
      fail(fmt::format("'{}' is ambiguous: there are several revisions to go down from", target.text),
           "name the revision, or a branch: BRANCH@-1", candidates(history_, spot.at));
    }
    if (spot.at.empty()) {
      fail(fmt::format("'{}' leads below the base: {}", target.text, steps_left(step, "there")));
    }
    const std::vector<Index> next = on_branch(neighbours(history_, spot.at, &History::parents), spot);
    if (next.size() > 1) {
      fail(fmt::format("'{}' is ambiguous: {} has several parents", target.text, history_[spot.at.front()].id),
           "name the revision, or a branch: BRANCH@-1", candidates(history_, next));
    }
    spot.below = next.empty() ? spot.at : std::vector<Index>();
    spot.at = next;
  }
  return spot;
}

Spot Resolver::resolve(const Target& target) const {
  Spot spot = start(target);
  return target.steps >= 0 ? climb(target, std::move(spot)) : descend(target, std::move(spot));
}

std::vector<Spot> resolve(const History& history, std::string_view targets, const State* current) {
  std::vector<Spot> spots;
  for (const Target& target : parse_targets(targets)) {
    spots.push_back(Resolver(history, current).resolve(target));
  }
  return spots;
}

std::vector<Index> resolve_revisions(const History& history, std::string_view targets, const State* current) {
  std::vector<Index> revisions;
  for (const Spot& spot : resolve(history, targets, current)) {
    revisions.insert(revisions.end(), spot.at.begin(), spot.at.end());
  }
  return revisions;
}

Index resolve_revision(const History& history, std::string_view target, const State* current) {
  const std::vector<Index> revisions = resolve_revisions(history, target, current);
  if (revisions.size() != 1) {
    fail(fmt::format("'{}' does not name one revision", target), "write its id");
  }
  return revisions.front();
}

State resolve_state(const History& history, std::string_view targets, const State* current) {
  return closure(history, resolve_revisions(history, targets, current));
}

} // namespace retort
