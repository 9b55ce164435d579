#include "cli/commands.hpp"
#include "cli/revision_text.hpp"

#include <nlohmann/json.hpp>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("resolve-dependencies", "leave out heads that another revision depends on");
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const History history = context.load({});
  std::vector<Index> heads = history.heads();
  if (context.arguments().has("resolve-dependencies")) {
    std::erase_if(heads, [&](Index head) { return !history.dependents(head).empty(); });
  }
  nlohmann::json json = nlohmann::json::array();
  for (const Index index : heads) {
    if (context.console().is_verbose()) {
      if (index != heads.front()) {
        context.console().line("");
      }
      for (const std::string& line : revision_details(history, index)) {
        context.console().line(line);
      }
    } else {
      context.console().line(describe_revision(history, index));
    }
    json.push_back(revision_json(history, index));
  }
  context.console().finish({{"heads", json}});
  return Exit::fine;
}

} // namespace

const CommandLine heads_command = {"heads", "", "list the revisions that no other one follows", add_options, run};

} // namespace retort
