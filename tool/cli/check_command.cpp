#include "cli/commands.hpp"
#include "history/applied.hpp"
#include "history/target.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void check_files(const Context& context, Dialect dialect) {
  const History history = context.load(dialect);
  context.report().line(
      fmt::format("{}: {} revisions, head {}", name(dialect), history.size(), id_list(history, history.heads())));
}

/// Compares a database with its history. Returns whether it is drifted or behind; adds what is pending.
bool check_database(const Context& context, const Url& url, nlohmann::json& pending_ids) {
  const History history = context.load(url.dialect);
  const Applied applied = context.open()->read();
  Diagnostics diagnostics;
  report_drift(history, find_drift(history, applied), diagnostics);
  for (const FinishedUnit& unit : applied.journal) {
    diagnostics
        .error(fmt::format("{} was interrupted on its way {} behind part {}", unit.id, name(unit.direction),
                           unit.unit + 1))
        .hint = "run the same command again: it goes on where it stopped";
  }
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    context.report().diagnose(diagnostic);
  }
  const std::vector<Index> pending = upgrade_order(history, state_of(history, applied), "heads");
  for (const Index index : pending) {
    context.report().line(fmt::format("pending: {}  {}", history[index].id, history[index].message));
    pending_ids.push_back(history[index].id);
  }
  if (pending.empty() && !diagnostics.has_errors()) {
    context.report().line(fmt::format("{} is up to date", url.display()));
  }
  return diagnostics.has_errors() || !pending.empty();
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const auto dialect = context.find_dialect();
  for (const Dialect each : all_dialects) {
    if (!dialect || *dialect == each) {
      check_files(context, each);
    }
  }
  const auto url = context.find_url();
  nlohmann::json pending = nlohmann::json::array();
  const bool behind = url && check_database(context, *url, pending);
  context.report().finish({{"up_to_date", !behind}, {"pending", pending}});
  return behind ? Exit::behind : Exit::fine;
}

} // namespace

const CommandLine check_command = {"check", "", "verify the revisions, and a database against them", no_options, run};

} // namespace retort
