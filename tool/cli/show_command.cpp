#include "cli/commands.hpp"
#include "cli/revision_text.hpp"
#include "history/resolve.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void print(const Report& report, const History& history, Index index) {
  const Revision& revision = history[index];
  const auto list = [&](std::span<const Index> members) { return id_list(history, {members.begin(), members.end()}); };
  report.line(fmt::format("revision   {}{}", revision.id, history.children(index).empty() ? " (head)" : ""));
  report.line(fmt::format("message    {}", revision.message));
  report.line(fmt::format("parents    {}", list(history.parents(index))));
  if (!history.children(index).empty()) {
    report.line(fmt::format("children   {}", list(history.children(index))));
  }
  if (!history.dependencies(index).empty()) {
    report.line(fmt::format("depends on {}", list(history.dependencies(index))));
  }
  for (const Reference& label : revision.labels) {
    report.line(fmt::format("label      {}", label.name));
  }
  report.line(fmt::format("file       {}", revision.path));
  for (const Section& section : revision.sections) {
    const std::string_view text = section.source->text().substr(section.begin, section.end - section.begin);
    report.line("");
    report.line(fmt::format("-- migrate:{}{}{}", name(section.direction),
                            section.dialect ? fmt::format(" dialect:{}", name(*section.dialect)) : "",
                            section.transactional ? "" : " transaction:false"));
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = text.substr(begin, end - begin);
      report.line(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
      begin = end + 1;
    }
  }
}

Exit run(const Context& context) {
  const std::string& target = context.arguments().single("the revision");
  const History history = context.load({});
  nlohmann::json revisions = nlohmann::json::array();
  const auto state = context.find_state(history, {target});
  for (const Spot& spot : resolve(history, target, state ? &*state : nullptr)) {
    for (const Index index : spot.at.empty() ? spot.below : spot.at) {
      print(context.report(), history, index);
      revisions.push_back(revision_json(history, index));
    }
  }
  context.report().finish({{"revisions", revisions}});
  return Exit::fine;
}

} // namespace

const CommandLine show_command = {"show", "TARGET", "show a revision, or several", no_options, run};

} // namespace retort
