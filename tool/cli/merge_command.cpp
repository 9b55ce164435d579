#include "cli/directory.hpp"
#include "cli/revision_file.hpp"
#include "history/resolve.hpp"
#include "revision/line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

/// What the arguments name, each revision once.
std::vector<Index> parents_of(const Context& context, const History& history) {
  std::vector<std::string> targets = context.arguments().positional();
  if (targets.empty()) {
    targets = {"heads"};
  }
  const auto state = context.find_state(history, targets);
  std::vector<Index> parents;
  for (const std::string& target : targets) {
    for (const Index index : resolve_revisions(history, target, state ? &*state : nullptr)) {
      if (std::find(parents.begin(), parents.end(), index) == parents.end()) {
        parents.push_back(index);
      }
    }
  }
  if (parents.size() < 2) {
    fail_usage(parents.empty() ? "there is nothing to merge"
                               : fmt::format("there is nothing to merge: {} alone is named", history[parents[0]].id),
               "a merge joins two revisions or more; retort heads lists the heads");
  }
  return parents;
}

std::string default_message(const History& history, const std::vector<Index>& parents) {
  const std::vector<Index> first(parents.begin(), parents.end() - 1);
  return fmt::format("merge {} and {}", id_list(history, first), history[parents.back()].id);
}

Exit run(const Context& context) {
  const History history = load_directory(context, {});
  const std::vector<Index> parents = parents_of(context, history);
  check_parents(history, parents);
  check_heads(history, parents, "or merge it as it is with 'retort revision --head A,B --splice'");
  const std::string given = context.arguments().text("message").value_or(default_message(history, parents));
  const std::string message(trimmed(given));
  if (message.empty() || message.find_first_of("\r\n") != std::string::npos) {
    fail_usage("the message must be one line", "retort merge heads -m \"join the branches\"");
  }
  write_revision_file(context, history, draft_revision(context, history, message, {parents, {}}));
  return Exit::fine;
}

} // namespace

const CommandLine merge_command = {"merge", "[TARGET...]", "write a revision that follows several heads",
                                   add_revision_file_options, run};

} // namespace retort
