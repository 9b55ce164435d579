#include "cli/commands.hpp"
#include "cli/revision_text.hpp"
#include "history/resolve.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void print(const Console& console, const History& history, Index index) {
  for (const std::string& line : revision_details(history, index)) {
    console.line(line);
  }
  for (const Section& section : history[index].sections) {
    const std::string_view text = section.source->text().substr(section.begin, section.end - section.begin);
    console.line("");
    console.line(fmt::format("-- migrate:{}{}{}", name(section.direction),
                             section.dialect ? fmt::format(" dialect:{}", name(*section.dialect)) : "",
                             section.transactional ? "" : " transaction:false"));
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = text.substr(begin, end - begin);
      console.line(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
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
      print(context.console(), history, index);
      revisions.push_back(revision_json(history, index));
    }
  }
  context.console().finish({{"revisions", revisions}});
  return Exit::fine;
}

} // namespace

const CommandLine show_command = {"show", "TARGET", "show a revision, or several", no_options, run};

} // namespace retort
