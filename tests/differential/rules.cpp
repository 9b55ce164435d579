#include "rules.hpp"

#include "alembic_names.hpp"
#include "documented.hpp"

#include <algorithm>

namespace retort {
namespace {

using enum Answering;
using Target = WrittenTarget;

bool is_up(const Target& target) { return target.steps.starts_with('+'); }
bool is_down(const Target& target) { return target.steps.starts_with('-'); }
bool is_word(const Target& target) { return IdSet{"", "head", "heads", "base", "current"}.contains(target.place); }
bool counts_from_database(const Target& target) { return target.place.empty() && !target.steps.empty(); }
const Target& first(const Question& question) { return question.targets.front(); }

bool is_upgrade(const Question& question) { return question.command == Command::upgrade; }
bool is_downgrade(const Question& question) { return question.command == Command::downgrade; }
bool is_stamp(const Question& question) { return question.command == Command::stamp; }
bool is_history(const Question& question) { return question.command == Command::history; }

template <typename Condition>
bool any_target(const Question& question, Condition condition) {
  return std::ranges::any_of(question.targets, condition);
}

IdSet line_of(const Model& graph, const Target& target) {
  return graph.line(documented_name(graph, target.branch).value_or(""));
}

/// The revisions that a place names, on its branch or not.
IdSet named(const Model& graph, const Target& target) {
  const bool is_head = target.place == "head" || target.place == "heads";
  if (is_word(target)) {
    return is_head ? common(graph.heads(), line_of(graph, target)) : IdSet();
  }
  const IdSet line = line_of(graph, target);
  const auto id = documented_name(graph, target.place, &line);
  return id ? IdSet{*id} : IdSet();
}

std::string found_by_alembic(const Model& graph, const std::string& word, const std::string& branch) {
  try {
    return AlembicNames(graph).find(word, branch);
  } catch (const Refusal&) {
    return {};
  }
}

/// Where steps from one revision, or from below the bases, end; empty where they are ambiguous.
std::string end_of_walk(const Model& graph, const std::string& start, const Target& target) {
  try {
    return AlembicNames(graph).walk(start, alembic_steps(target.steps), target.branch);
  } catch (const Refusal&) {
    return {};
  }
}

/// Part of an id or label, which the two read differently, with the branch or without.
bool is_abbreviated(const Model& graph, const Question& question) {
  const auto differs = [&](const std::string& word, const std::string& branch) {
    const IdSet line = graph.line(branch);
    return !graph.parents.contains(word) && !graph.labels.contains(word) &&
           documented_name(graph, word, &line).value_or("") != found_by_alembic(graph, word, branch);
  };
  return any_target(question, [&](const Target& target) {
    const std::string branch = documented_name(graph, target.branch).value_or("");
    return differs(target.branch, "") ||
           (!is_word(target) && (differs(target.place, "") || differs(target.place, branch)));
  });
}

bool has_other_steps(const Model&, const Question& question) {
  return any_target(question, [](const Target& target) {
    return !target.steps.empty() &&
           (target.steps[1] == '0' || target.steps.find_first_not_of("0123456789", 1) != std::string::npos);
  });
}

bool has_dotted_steps(const Model&, const Question& question) {
  return any_target(question, [](const Target& target) {
    return !target.steps.empty() && target.place.find('.') != std::string::npos;
  });
}

bool goes_below_base(const Model&, const Question& question) {
  return any_target(question, [](const Target& target) { return target.place == "base" && is_down(target); });
}

bool has_unknown_branch(const Model& graph, const Question& question) {
  return any_target(question, [&](const Target& target) {
    return (target.place == "base" || is_downgrade(question)) && !target.branch.empty() &&
           !documented_name(graph, target.branch);
  });
}

bool goes_down_from_heads(const Model& graph, const Question& question) {
  return any_target(question, [&](const Target& target) {
    return target.place == "heads" && is_down(target) && named(graph, target).size() > 1;
  });
}

bool follows_branch_at_merge(const Model& graph, const Question& question) {
  return any_target(question, [&](const Target& target) {
    const IdSet start = named(graph, target);
    return !target.branch.empty() && is_down(target) && start.size() == 1 &&
           end_of_walk(graph, *start.begin(), target).empty();
  });
}

bool is_prefix_on_branch(const Model& graph, const Question& question) {
  return any_target(question, [&](const Target& target) {
    const bool is_ignored = is_downgrade(question) || is_stamp(question) || is_up(target);
    return is_ignored && !is_word(target) && !documented_name(graph, target.place) && !named(graph, target).empty();
  });
}

/// `heads` of the whole history are those on which nothing depends.
bool overlaps(const Model& graph, const Question& question) {
  IdSet targets;
  for (const Target& target : question.targets) {
    if (is_upgrade(question) || &target == &question.targets.back()) {
      targets.merge(target.text() == "heads" ? graph.tips(graph.all()) : named(graph, target));
    }
  }
  return (is_upgrade(question) || is_history(question)) && graph.tips(graph.closure(targets)) != targets;
}

bool upgrades_to_several_with_steps(const Model&, const Question& question) {
  return is_upgrade(question) && question.targets.size() > 1 &&
         any_target(question, [](const Target& target) { return !target.steps.empty(); });
}

bool goes_up_from_several(const Model& graph, const Question& question) {
  const Target& target = first(question);
  return is_upgrade(question) && counts_from_database(target) && is_up(target) &&
         graph.tips(common(question.state, line_of(graph, target))).size() > 1;
}

bool upgrades_to_base(const Model& graph, const Question& question) {
  const IdSet start = named(graph, first(question));
  return is_upgrade(question) && is_down(first(question)) && start.size() == 1 &&
         end_of_walk(graph, *start.begin(), first(question)) == "base";
}

bool goes_up_beside_branch(const Model& graph, const Question& question) {
  const Target& target = first(question);
  return !is_word(target) && is_up(target) && !std::ranges::includes(line_of(graph, target), named(graph, target));
}

bool undoes(const Question& question) {
  return is_downgrade(question) && counts_from_database(first(question)) && is_down(first(question));
}

/// The rows from which `-N` or `BRANCH@-N` can count.
IdSet rows_on_line(const Model& graph, const Question& question) {
  return common(set_of(question.rows), line_of(graph, first(question)));
}

bool undoes_first_row(const Model&, const Question& question) {
  return undoes(question) && first(question).branch.empty() && question.rows.size() > 1;
}

/// The branch's last revisions are not one row.
bool undoes_within_state(const Model& graph, const Question& question) {
  const IdSet last = graph.tips(common(question.state, line_of(graph, first(question))));
  return undoes(question) && (last.size() > 1 || last != rows_on_line(graph, question));
}

bool undoes_merge(const Model& graph, const Question& question) {
  const IdSet rows = rows_on_line(graph, question);
  return undoes(question) && rows.size() == 1 && end_of_walk(graph, *rows.begin(), first(question)).empty();
}

/// Undone one by one, others than the row and its parents come next; or other children of the last parent go as well.
bool undoes_others(const Model& graph, const Question& question) {
  const IdSet rows = rows_on_line(graph, question);
  if (!undoes(question) || rows.size() != 1) {
    return false;
  }
  const IdSet line = line_of(graph, first(question));
  IdSet left = question.state;
  IdSet next = rows;
  for (long steps = alembic_steps(first(question).steps); steps < 0; ++steps) {
    if (next.size() != 1 || graph.tips(common(left, line)) != next) {
      return true;
    }
    left = less(left, graph.dependents(next));
    next = graph.parents.at(*next.begin());
  }
  return !first(question).branch.empty() && meets(graph.children(next), common(left, line));
}

/// Alembic goes to below all bases, or all of the branch.
bool goes_down_to_base(const Model& graph, const Question& question) {
  const Target& target = first(question);
  const IdSet start = target.place.empty() ? rows_on_line(graph, question) : named(graph, target);
  if (!is_downgrade(question) || !is_down(target) || start.size() != 1 ||
      end_of_walk(graph, *start.begin(), target) != "base") {
    return false;
  }
  const IdSet undone = graph.dependents(common(graph.bases(), graph.ancestors(*start.begin())));
  return meets(common(graph.bases(), line_of(graph, target)), less(question.state, undone));
}

bool is_found_without_branch(const Model& graph, const Question& question) {
  const Target& target = first(question);
  const bool is_head = target.place == "head" || target.place == "heads";
  return is_downgrade(question) && !target.branch.empty() && !is_down(target) &&
         (is_head ? graph.heads().size() > 1 : !std::ranges::includes(line_of(graph, target), named(graph, target)));
}

/// The one revision to which a downgrade goes down.
IdSet lower_end(const Model& graph, const Question& question) {
  const Target& target = first(question);
  IdSet start = target.place.empty() ? rows_on_line(graph, question) : named(graph, target);
  if (target.steps.empty() || start.size() > 1 || (start.empty() && target.place != "base")) {
    return start;
  }
  return common({end_of_walk(graph, start.empty() ? "" : *start.begin(), target)}, graph.all());
}

/// Alembic goes down from those children alone that the branch's revision follows.
bool goes_down_above_branch(const Model& graph, const Question& question) {
  const auto branch = documented_name(graph, first(question).branch);
  const IdSet children = graph.children(lower_end(graph, question));
  return is_downgrade(question) && branch && children.size() > 1 &&
         meets(children, less(graph.descendants({*branch}), {*branch}));
}

bool has_nothing_to_drop(const Model& graph, const Question& question) {
  const IdSet end = lower_end(graph, question);
  return is_downgrade(question) && meets(end, question.state) && !meets(end, set_of(question.rows)) &&
         !meets(common(graph.children(end), line_of(graph, first(question))), question.state);
}

bool goes_down_to_heads(const Model& graph, const Question& question) {
  return is_downgrade(question) && first(question).place == "heads" && graph.tips(graph.all()).size() > 1;
}

bool stamps_below_heads(const Model&, const Question& question) {
  return is_stamp(question) && question.rows.empty() &&
         any_target(question, [](const Target& target) { return counts_from_database(target) && is_down(target); });
}

bool stamps_steps(const Model&, const Question& question) {
  return is_stamp(question) && any_target(question, [](const Target& target) { return !target.steps.empty(); });
}

/// What a stamp names, one after the other.
Ids stamped_ends(const Model& graph, const Question& question) {
  Ids ends;
  for (const Target& target : question.targets) {
    const IdSet more = target.text() == "heads" ? graph.tips(graph.all()) : named(graph, target);
    ends.insert(ends.end(), more.begin(), more.end());
  }
  return ends;
}

/// The rows above or below a target or its branch's revision, by parents or dependencies; all of them for `base`.
IdSet related_rows(const Model& graph, const Question& question) {
  IdSet relatives = set_of(stamped_ends(graph, question));
  for (const Target& target : question.targets) {
    if (target.text() == "base") {
      return set_of(question.rows);
    }
    relatives.insert(documented_name(graph, target.branch).value_or(""));
  }
  IdSet related = set_of(question.rows);
  std::erase_if(related, [&](const std::string& row) {
    return !meets(relatives, graph.dependents({row})) && !meets(relatives, graph.closure({row}));
  });
  return related;
}

/// The rows that are left when all targets stand in the place of all related rows.
IdSet rows_after_exchange(const Model& graph, const Question& question) {
  IdSet left = less(set_of(question.rows), related_rows(graph, question));
  left.merge(set_of(stamped_ends(graph, question)));
  return left;
}

bool stamps_other_state(const Model& graph, const Question& question) {
  return documented(graph, question) != graph.closure(rows_after_exchange(graph, question));
}

/// Alembic takes the related rows away for each target anew, and passes over `base` beside another target.
bool stamps_several(const Model& graph, const Question& question) {
  const Ids ends = stamped_ends(graph, question);
  const bool has_base =
      question.targets.size() > 1 && any_target(question, [](const Target& target) { return target.place == "base"; });
  const bool is_plain =
      ends.size() < 2 || (graph.tips(graph.closure(set_of(ends))).size() == ends.size() &&
                          !meets(set_of(ends), question.state) && !stamps_other_state(graph, question));
  return is_stamp(question) && (has_base || !is_plain);
}

/// Alembic puts the target in the place of all rows that are related to it or to its branch's revision.
bool stamps_instead_of_rows(const Model& graph, const Question& question) {
  return is_stamp(question) && stamped_ends(graph, question).size() < 2 && stamps_other_state(graph, question) &&
         !meets(set_of(stamped_ends(graph, question)), set_of(question.rows));
}

bool lists_current_alone(const Model&, const Question& question) {
  return is_history(question) &&
         std::ranges::all_of(question.targets, [](const Target& target) { return target.place == "current"; });
}

bool lists_to_nothing(const Model&, const Question& question) {
  return is_history(question) && question.targets.back().place == "current" && question.rows.empty();
}

/// Of several starts one needs what follows another, and is not that itself.
bool lists_from_several(const Model& graph, const Question& question) {
  const Target& start = first(question);
  const IdSet starts = start.place == "current" ? set_of(question.rows) : named(graph, start);
  const bool is_unneeded = start.text() == "heads" && graph.tips(graph.all()) != starts;
  return is_history(question) && (is_unneeded || common(graph.closure(starts), graph.descendants(starts)) != starts);
}

/// What follows the start does not lead to the end by way of others that do.
bool lists_unconnected(const Model& graph, const Question& question) {
  const auto listed = documented(graph, question);
  const Target& end = question.targets.back();
  const bool is_heads = end.text().empty() || end.text() == "heads";
  const IdSet ends = is_heads                 ? graph.tips(graph.all())
                     : end.place == "current" ? set_of(question.rows)
                                              : named(graph, end);
  return is_history(question) && listed && !std::ranges::includes(ends, graph.tips(*listed));
}

} // namespace

const std::vector<Rule>& rules() {
  static const std::vector<Rule> rules = {
      {"abbreviated names", {alembic, retort}, is_abbreviated},
      {"steps of another form", {alembic}, has_other_steps},
      {"steps from an id with a dot", {retort}, has_dotted_steps},
      {"steps down from base", {alembic}, goes_below_base},
      {"unknown branches", {alembic}, has_unknown_branch},
      {"steps down from heads", {alembic}, goes_down_from_heads},
      {"a branch decides at a merge", {retort}, follows_branch_at_merge},
      {"a branch decides on a prefix", {retort}, is_prefix_on_branch},
      {"targets that need each other", {retort}, overlaps},
      {"steps among several targets", {alembic, retort}, upgrades_to_several_with_steps},
      {"steps up from several revisions", {alembic, retort}, goes_up_from_several},
      {"steps up from beside a branch", {alembic}, goes_up_beside_branch},
      {"upgrade to below a base", {retort}, upgrades_to_base},
      {"-N from several revisions", {alembic}, undoes_first_row},
      {"-N across a merge", {retort}, undoes_merge},
      {"-N below one of several bases", {both}, goes_down_to_base},
      {"the branch of what a downgrade goes to", {alembic, retort}, is_found_without_branch},
      {"a downgrade above the branch's revision", {retort}, goes_down_above_branch},
      {"BRANCH@-N inside the state", {alembic, retort, both}, undoes_within_state},
      {"-N is N revisions", {alembic, retort, both}, undoes_others},
      {"downgrade with nothing to undo", {retort}, has_nothing_to_drop},
      {"downgrade to heads", {retort}, goes_down_to_heads},
      {"stamp -N of an empty database", {alembic}, stamps_below_heads},
      {"stamp with steps", {retort}, stamps_steps},
      {"stamp of several targets", {retort, both}, stamps_several},
      {"stamp in place of related rows", {both}, stamps_instead_of_rows},
      {"history from current to current", {retort}, lists_current_alone},
      {"history up to an empty database", {alembic, both}, lists_to_nothing},
      {"history from several revisions", {both}, lists_from_several},
      {"history over a dependency", {retort}, lists_unconnected},
  };
  return rules;
}

} // namespace retort
