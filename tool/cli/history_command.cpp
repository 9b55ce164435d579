#include "cli/commands.hpp"
#include "cli/revision_text.hpp"
#include "history/applied.hpp"
#include "history/walk.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("r,rev-range", "only these, as start:end", cxxopts::value<std::string>(), "RANGE");
  options("i,indicate-current", "mark where the database is");
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const bool indicates = context.arguments().has("indicate-current");
  History history = context.load(indicates ? std::optional(context.url().dialect) : std::nullopt);
  const Range range = parse_range(context.arguments().text("rev-range").value_or(":"));
  const auto state = indicates ? state_of(history, context.read(history))
                               : context.find_state(history, {}, counts_from_current(range));
  const State members = members_of(history, range, state ? &*state : nullptr);
  State current(history.size());
  if (indicates) {
    for (const Index index : tips(history, *state)) {
      current.add(index);
    }
  }
  nlohmann::json revisions = nlohmann::json::array();
  for (auto index = history.order().rbegin(); index != history.order().rend(); ++index) {
    if (!members.contains(*index)) {
      continue;
    }
    context.console().line(describe_revision(history, *index) + (current.contains(*index) ? "  (current)" : ""));
    if (context.console().is_verbose()) {
      context.console().line(fmt::format("    {}", history[*index].path));
    }
    revisions.push_back(revision_json(history, *index));
    if (indicates) {
      revisions.back()["is_current"] = current.contains(*index);
    }
  }
  context.console().finish({{"revisions", revisions}});
  return Exit::fine;
}

} // namespace

const CommandLine history_command = {"history", "", "list the revisions, newest first", add_options, run};

} // namespace retort
