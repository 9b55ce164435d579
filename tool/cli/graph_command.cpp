#include "cli/commands.hpp"
#include "cli/revision_text.hpp"
#include "graph/dot.hpp"
#include "graph/drawing.hpp"
#include "graph/graph.hpp"
#include "graph/mermaid.hpp"
#include "history/walk.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("r,rev-range", "only these, as start:end", cxxopts::value<std::string>(), "RANGE");
  options("i,indicate-current", "mark what the database has; implied by --url and --database");
}

constexpr std::array formats = {Format::text, Format::json, Format::dot, Format::mermaid};

std::vector<std::string> drawn_lines(const Graph& graph) {
  const History& history = graph.history();
  std::vector<std::string> lines;
  for (const GraphLine& line : draw(history, graph.order())) {
    lines.push_back(line.lanes);
    if (line.revision) {
      const auto dependencies = history.dependencies(*line.revision);
      lines.back() += fmt::format(" {}  {}", graph.title(*line.revision), history[*line.revision].message);
      if (!dependencies.empty()) {
        lines.back() += fmt::format("  needs {}", id_list(history, {dependencies.begin(), dependencies.end()}));
      }
    }
  }
  return lines;
}

nlohmann::json graph_json(const Graph& graph) {
  nlohmann::json revisions = nlohmann::json::array();
  for (const Index index : graph.order()) {
    revisions.push_back(revision_json(graph.history(), index));
    if (graph.has_database()) {
      revisions.back()["is_applied"] = graph.is_applied(index);
      revisions.back()["is_current"] = graph.is_current(index);
    }
  }
  return revisions;
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const Arguments& arguments = context.arguments();
  const bool marks = arguments.has("indicate-current") || arguments.has("url") || arguments.has("database");
  History history = context.load(marks ? std::optional(context.url().dialect) : std::nullopt);
  const Range range = parse_range(context.arguments().text("rev-range").value_or(":"));
  const std::optional<State> state =
      marks ? state_of(history, context.read(history)) : context.find_state(history, {}, counts_from_current(range));
  const Graph graph(history, members_of(history, range, state ? &*state : nullptr), marks ? state : std::nullopt);
  Console& console = context.console();
  std::vector<std::string> lines;
  switch (console.format) {
  case Format::text: lines = drawn_lines(graph); break;
  case Format::dot: lines = dot_lines(graph); break;
  case Format::mermaid: lines = mermaid_lines(graph); break;
  case Format::json: console.finish({{"revisions", graph_json(graph)}}); break;
  }
  for (const std::string& line : lines) {
    console.line(line);
  }
  return Exit::fine;
}

} // namespace

const CommandLine graph_command = {"graph", "", "draw the history, newest first", add_options, run, formats};

} // namespace retort
