#include "history/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace retort {
namespace {

[[noreturn]] void fail(std::string message, std::string hint = {}, std::vector<Note> notes = {}) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), {}, std::move(notes), std::move(hint)});
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

/// The number behind the sign of `+2` or `-1`; absent when `text` is not of that form.
std::optional<std::size_t> relative(std::string_view text, char sign) {
  if (!text.starts_with(sign)) {
    return {};
  }
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size() || count == 0) {
    fail(fmt::format("'{}' is no number of steps", text), fmt::format("write {}1, {}2, …", sign, sign));
  }
  return count;
}

Index single_head(const History& history) {
  const std::vector<Index>& heads = history.heads();
  if (heads.size() == 1) {
    return heads.front();
  }
  Diagnostic diagnostic{Severity::error, {}, {}, {}, {}};
  if (heads.empty()) {
    diagnostic.message = "there is no head: the history is empty";
    diagnostic.hint = "retort revision -m \"what it does\" writes the first revision";
    throw Failure(Exit::migrations, diagnostic);
  }
  const auto place = [&](Index index) {
    const Revision& revision = history[index];
    return revision.revises && !revision.revises->empty()
               ? locate(*revision.head, revision.revises->front().offset, revision.revises->front().length)
               : locate(revision.path);
  };
  diagnostic.message = fmt::format("two heads: {}", id_list(history, heads));
  if (heads.size() > 2) {
    diagnostic.message = fmt::format("{} heads: {}", heads.size(), id_list(history, heads));
  }
  diagnostic.location = place(heads.back());
  for (std::size_t i = 0; i + 1 < heads.size(); ++i) {
    diagnostic.notes.push_back({"another head is here", place(heads[i])});
  }
  diagnostic.hint = "name one of them, or 'heads' for all; a revision with 'Revises: A, B' merges them";
  throw Failure(Exit::migrations, diagnostic);
}

/// The revisions that could come next: not applied, all parents applied.
std::vector<Index> next_revisions(const History& history, const State& state) {
  std::vector<Index> next;
  for (Index index = 0; index < history.size(); ++index) {
    const auto parents = history.parents(index);
    if (!state.contains(index) &&
        std::all_of(parents.begin(), parents.end(), [&](Index parent) { return state.contains(parent); })) {
      next.push_back(index);
    }
  }
  return next;
}

State climb(const History& history, State state, std::size_t count, std::string_view target) {
  for (std::size_t step = 0; step < count; ++step) {
    const std::vector<Index> next = next_revisions(history, state);
    if (next.empty()) {
      fail(fmt::format("'{}' leads beyond the head: only {} {} left", target, step,
                       step == 1 ? "revision is" : "revisions are"));
    }
    if (next.size() > 1) {
      fail(fmt::format("'{}' is ambiguous: several revisions could come next", target), "name the revision",
           candidates(history, next));
    }
    const State reached = closure(history, next);
    for (const Index member : reached.members()) {
      state.add(member);
    }
  }
  return state;
}

} // namespace

Range parse_range(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    return {{}, std::string(text)};
  }
  if (text.find(':', colon + 1) != std::string_view::npos) {
    fail(fmt::format("'{}' has two colons", text), "a range is written start:end");
  }
  return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

Index resolve_revision(const History& history, std::string_view text) {
  std::string id(text);
  // A leading dash is a number of steps gone astray, and not part of a date.
  if (!text.starts_with('-')) {
    std::erase(id, '-');
  }
  if (const auto exact = history.find(id)) {
    return *exact;
  }
  const std::vector<Index> found = history.find_prefix(id);
  if (!found.empty() && id.size() < shortest_prefix) {
    fail(fmt::format("'{}' is too short for a prefix", text), "write four characters or more of the id");
  }
  if (found.empty()) {
    fail(fmt::format("there is no revision '{}'", text), "retort history lists the revisions");
  }
  if (found.size() > 1) {
    fail(fmt::format("'{}' is ambiguous", text), "write more of the id", candidates(history, found));
  }
  return found.front();
}

State resolve_state(const History& history, std::string_view text) {
  std::vector<Index> members;
  while (!text.empty()) {
    const std::string_view name = text.substr(0, text.find(','));
    text.remove_prefix(std::min(name.size() + 1, text.size()));
    if (name == "base") {
      continue;
    }
    if (name == "heads") {
      members.insert(members.end(), history.heads().begin(), history.heads().end());
    } else {
      members.push_back(name == "head" ? single_head(history) : resolve_revision(history, name));
    }
  }
  return closure(history, members);
}

std::vector<Index> upgrade_order(const History& history, const State& state, std::string_view target) {
  const auto count = relative(target, '+');
  const State wanted = count ? climb(history, state, *count, target) : resolve_state(history, target);
  std::vector<Index> order = history.order();
  std::erase_if(order, [&](Index index) { return !wanted.contains(index) || state.contains(index); });
  return order;
}

std::vector<Index> downgrade_order(const History& history, const State& state, std::string_view target) {
  State kept = state;
  if (const auto count = relative(target, '-')) {
    for (std::size_t step = 0; step < *count; ++step) {
      const std::vector<Index> last = tips(history, kept);
      if (last.empty()) {
        fail(fmt::format("'{}' leads below the base: only {} {} applied", target, step,
                         step == 1 ? "revision is" : "revisions are"));
      }
      if (last.size() > 1) {
        fail(fmt::format("'{}' is ambiguous: several revisions could be undone first", target),
             "name the revision to go down to", candidates(history, last));
      }
      kept.remove(last.front());
    }
  } else if (target == "base") {
    kept = State(history.size());
  } else {
    const Index stays = resolve_revision(history, target);
    if (!state.contains(stays)) {
      fail(fmt::format("{} is not applied: there is nothing to go down to", history[stays].id));
    }
    const State above = descendants(history, stays);
    for (const Index member : above.members()) {
      if (member != stays) {
        kept.remove(member);
      }
    }
  }
  std::vector<Index> order(history.order().rbegin(), history.order().rend());
  std::erase_if(order, [&](Index index) { return !state.contains(index) || kept.contains(index); });
  return order;
}

} // namespace retort
