#include "documented.hpp"

#include "history/history.hpp"

#include <algorithm>

namespace retort {
namespace {

bool is_number_of_steps(const std::string& steps) {
  return steps.size() > 1 && steps[1] != '0' && steps.find_first_not_of("0123456789", 1) == std::string::npos;
}

/// A target with ids in place of words.
std::optional<TargetParts> read(const Model& graph, const WrittenTarget& written) {
  TargetParts target;
  std::optional<IdSet> branch;
  if (!written.branch.empty()) {
    const auto id = documented_name(graph, written.branch);
    if (!id) {
      return {};
    }
    target.branch = *id;
    branch = graph.line(*id);
  }
  if (!written.steps.empty()) {
    if (!is_number_of_steps(written.steps)) {
      return {};
    }
    target.steps = std::stol(written.steps);
  }
  const IdSet words = {"head", "heads", "base", "current"};
  target.place = written.place.empty() ? "current" : written.place;
  if (!words.contains(target.place)) {
    const auto id = documented_name(graph, target.place, branch ? &*branch : nullptr);
    if (!id) {
      return {};
    }
    target.place = *id;
  }
  return target;
}

bool leads_down(const TargetParts& target) { return target.place == "current" && target.steps < 0; }

std::optional<IdSet> stamped(const Model& graph, const IdSet& state, const std::vector<TargetParts>& targets) {
  IdSet gone;
  IdSet at;
  for (const TargetParts& target : targets) {
    if (leads_down(target)) {
      const auto kept = graph.downgraded(state, target);
      if (!kept) {
        return {};
      }
      gone.merge(less(state, *kept));
      continue;
    }
    const auto named = graph.find(target, state);
    if (!named) {
      return {};
    }
    IdSet roots = graph.children(named->at);
    roots.insert(named->below.begin(), named->below.end());
    gone.merge(graph.dependents(common(roots, graph.line(target.branch))));
    at.insert(named->at.begin(), named->at.end());
  }
  IdSet result = graph.closure(at);
  result.merge(less(state, gone));
  return result;
}

std::optional<IdSet> upgraded(const Model& graph, const IdSet& state, const std::vector<TargetParts>& targets) {
  IdSet steps;
  for (const TargetParts& target : targets) {
    const auto reached = graph.upgraded(state, target);
    if (!reached) {
      return {};
    }
    steps.merge(less(*reached, state));
  }
  return steps;
}

std::optional<IdSet> downgraded(const Model& graph, const IdSet& state, const TargetParts& target) {
  const auto kept = graph.downgraded(state, target);
  return kept ? std::optional(less(state, *kept)) : std::nullopt;
}

std::optional<IdSet> listed(const Model& graph, const Question& question) {
  const WrittenTarget& written_end = question.targets.back();
  const auto end = read(graph, written_end.text().empty() ? WrittenTarget{"", "heads", ""} : written_end);
  const auto to = end ? graph.find(*end, question.state) : std::nullopt;
  if (!to) {
    return {};
  }
  const IdSet needed = graph.closure(to->at);
  if (question.targets.front().text().empty()) {
    return needed;
  }
  const auto start = read(graph, question.targets.front());
  const auto from = start ? graph.find(*start, question.state) : std::nullopt;
  if (!from || !std::ranges::includes(needed, from->at)) {
    return {};
  }
  IdSet lowest = from->at;
  lowest.insert(from->below.begin(), from->below.end());
  const IdSet branch = graph.line(start->branch);
  return common(common(needed, branch), graph.descendants(lowest));
}

} // namespace

std::optional<std::string> documented_name(const Model& graph, const std::string& word, const IdSet* branch) {
  if (graph.parents.contains(word)) {
    return word;
  }
  if (graph.labels.contains(word)) {
    return graph.labels.at(word);
  }
  IdSet found = word.size() >= shortest_prefix ? graph.all() : IdSet();
  std::erase_if(found, [&](const std::string& id) { return !id.starts_with(word); });
  if (branch != nullptr && found.size() > 1) {
    found = common(found, *branch);
  }
  return found.size() == 1 ? std::optional(*found.begin()) : std::nullopt;
}

std::optional<IdSet> documented(const Model& graph, const Question& question) {
  if (question.command == Command::history) {
    return listed(graph, question);
  }
  std::vector<TargetParts> targets;
  for (const WrittenTarget& written : question.targets) {
    const auto target = read(graph, written);
    if (!target) {
      return {};
    }
    targets.push_back(*target);
  }
  switch (question.command) {
  case Command::upgrade: return upgraded(graph, question.state, targets);
  case Command::downgrade: return downgraded(graph, question.state, targets.front());
  default: return stamped(graph, question.state, targets);
  }
}

} // namespace retort
