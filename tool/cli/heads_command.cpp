#include "cli/commands.hpp"
#include "cli/revision_text.hpp"

#include <nlohmann/json.hpp>

namespace retort {
namespace {

Exit run(const Context& context) {
  context.arguments().expect_none();
  const History history = context.load({});
  nlohmann::json heads = nlohmann::json::array();
  for (const Index index : history.heads()) {
    context.report().line(describe_revision(history, index));
    heads.push_back(revision_json(history, index));
  }
  context.report().finish({{"heads", heads}});
  return Exit::fine;
}

} // namespace

const CommandLine heads_command = {"heads", "", "list the revisions that no other one follows", no_options, run};

} // namespace retort
