#include "cli/commands.hpp"
#include "history/applied.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("check-heads", "exit with status 4 unless every head is applied");
}

void print_row(const Console& console, const AppliedRevision& row) {
  console.line(fmt::format("  {}  {}  {}  {}  {}", row.id, row.applied_at, row.applied_by.value_or("-"),
                           row.duration_ms ? fmt::format("{} ms", *row.duration_ms) : "-", row.message));
}

/// The rows in the order in which a history applies them, those that it does not know last.
std::vector<AppliedRevision> ordered(std::vector<AppliedRevision> rows, const History& history) {
  std::vector<std::size_t> places(history.size());
  for (std::size_t place = 0; place < places.size(); ++place) {
    places[history.order()[place]] = place;
  }
  const auto place_of = [&](const AppliedRevision& row) {
    const auto index = history.find(row.id);
    return index ? places[*index] : places.size();
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const AppliedRevision& a, const AppliedRevision& b) { return place_of(a) < place_of(b); });
  return rows;
}

nlohmann::json to_json(const AppliedRevision& row) {
  nlohmann::json json = {{"id", row.id},
                         {"checksum", row.checksum},
                         {"message", row.message},
                         {"applied_at", row.applied_at},
                         {"retort_version", row.retort_version}};
  json["applied_by"] = row.applied_by ? nlohmann::json(*row.applied_by) : nlohmann::json();
  json["duration_ms"] = row.duration_ms ? nlohmann::json(*row.duration_ms) : nlohmann::json();
  return json;
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  Console& console = context.console();
  History history = context.load(context.url().dialect);
  const Applied applied = context.read(history);
  const State state = state_of(history, applied);
  nlohmann::json current = nlohmann::json::array();
  for (const Index index : tips(history, state)) {
    const bool is_head = history.children(index).empty();
    console.line(fmt::format("{}{}  {}", history[index].id, is_head ? " (head)" : "", history[index].message));
    current.push_back(history[index].id);
  }
  if (current.empty() && applied.revisions.empty()) {
    console.line("base");
  }
  nlohmann::json rows = nlohmann::json::array();
  for (const AppliedRevision& row : ordered(applied.revisions, history)) {
    if (console.is_verbose()) {
      print_row(console, row);
    }
    rows.push_back(to_json(row));
  }
  console.finish({{"current", current}, {"revisions", rows}});
  const std::vector<Index>& heads = history.heads();
  const bool at_heads = std::all_of(heads.begin(), heads.end(), [&](Index head) { return state.contains(head); });
  return context.arguments().has("check-heads") && !at_heads ? Exit::behind : Exit::fine;
}

} // namespace

const CommandLine current_command = {"current", "", "show where a database is", add_options, run};

} // namespace retort
