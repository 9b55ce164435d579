#include "cli/commands.hpp"
#include "cli/revision_text.hpp"
#include "history/state.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

/// A revision with several children, and these.
nlohmann::json print_branch_point(const Console& console, const History& history, Index index) {
  console.line(describe_revision(history, index));
  if (console.is_verbose()) {
    console.line(fmt::format("    {}", history[index].path));
  }
  nlohmann::json json = revision_json(history, index);
  json["children"] = nlohmann::json::array();
  for (const Index child : history.children(index)) {
    console.line(fmt::format("  {}", describe_revision(history, child)));
    if (console.is_verbose()) {
      console.line(fmt::format("      {}", history[child].path));
    }
    json["children"].push_back(revision_json(history, child));
  }
  return json;
}

/// The label, who bears it, and the heads of its branch.
nlohmann::json print_label(const Console& console, const History& history, Index index, const std::string& label) {
  const State branch = branch_of(history, index);
  std::vector<Index> heads = history.heads();
  std::erase_if(heads, [&](Index head) { return !branch.contains(head); });
  console.line(fmt::format("label {}: {}, {} {}", label, history[index].id, heads.size() == 1 ? "head" : "heads",
                           id_list(history, heads)));
  return {{"label", label}, {"id", history[index].id}, {"heads", ids(history, heads)}};
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const History history = context.load({});
  nlohmann::json branches = nlohmann::json::array();
  nlohmann::json labels = nlohmann::json::array();
  for (auto index = history.order().rbegin(); index != history.order().rend(); ++index) {
    if (history.children(*index).size() > 1) {
      branches.push_back(print_branch_point(context.console(), history, *index));
    }
  }
  for (const Index index : history.order()) {
    for (const Reference& label : history[index].labels) {
      labels.push_back(print_label(context.console(), history, index, label.name));
    }
  }
  context.console().finish({{"branches", branches}, {"labels", labels}});
  return Exit::fine;
}

} // namespace

const CommandLine branches_command = {"branches", "", "list where the history parts, and its labels", no_options, run};

} // namespace retort
