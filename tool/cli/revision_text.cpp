#include "cli/revision_text.hpp"

#include "history/state.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
std::vector<std::string> ids(const History& history, std::span<const Index> members) {
  std::vector<std::string> ids;
  ids.reserve(members.size());
  for (const Index index : members) {
    ids.push_back(history[index].id);
  }
  return ids;
}

std::string describe_revision(const History& history, Index index) {
  const auto parents = history.parents(index);
  std::string text = fmt::format("{} -> {}", id_list(history, {parents.begin(), parents.end()}), history[index].id);
  for (const Reference& label : history[index].labels) {
    text += fmt::format(" ({})", label.name);
  }
  text += history.children(index).empty() ? " (head)" : "";
  return fmt::format("{}  {}", text, history[index].message);
}

std::vector<std::string> revision_details(const History& history, Index index) {
  const Revision& revision = history[index];
  const auto list = [&](std::span<const Index> members) { return id_list(history, {members.begin(), members.end()}); };
  std::vector<std::string> lines = {
      fmt::format("revision   {}{}", revision.id, history.children(index).empty() ? " (head)" : ""),
      fmt::format("message    {}", revision.message),
      fmt::format("parents    {}", list(history.parents(index))),
  };
  if (!history.children(index).empty()) {
    lines.push_back(fmt::format("children   {}", list(history.children(index))));
  }
  if (!history.dependencies(index).empty()) {
    lines.push_back(fmt::format("depends on {}", list(history.dependencies(index))));
  }
  for (const Reference& label : revision.labels) {
    lines.push_back(fmt::format("label      {}", label.name));
  }
  lines.push_back(fmt::format("file       {}", revision.path));
  return lines;
}

nlohmann::json revision_json(const History& history, Index index) {
  std::vector<std::string> labels;
  for (const Reference& label : history[index].labels) {
    labels.push_back(label.name);
  }
  return {{"id", history[index].id},
          {"message", history[index].message},
          {"path", history[index].path},
          {"parents", ids(history, history.parents(index))},
          {"dependencies", ids(history, history.dependencies(index))},
          {"labels", labels},
          {"is_head", history.children(index).empty()}};
}

} // namespace retort
