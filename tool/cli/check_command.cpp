#include "cli/commands.hpp"
#include "cli/database_check.hpp"
#include "cli/directory.hpp"
#include "history/walk.hpp"
#include "plan/plan.hpp"
#include "validate/validate.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

/// Reads and verifies the files for a dialect, and has its parser look at every statement, both ways.
History check_files(const Context& context, Dialect dialect) {
  History history = load_directory(context, dialect);
  const Plan up = plan_upgrade(history, State(history.size()), "heads");
  std::optional<Index> stopped_at;
  const Plan down = plan_reversible_downgrade(history, closure(history, history.heads()), "base", stopped_at);
  Diagnostics diagnostics;
  for (const Plan* plan : {&up, &down}) {
    (dialect == Dialect::sqlite ? parse_sqlite : parse_postgresql)(history, *plan, diagnostics);
  }
  context.console().report(diagnostics);
  context.console().line(fmt::format("{}: {} {}, {} {}", name(dialect), history.size(),
                                     history.size() == 1 ? "revision" : "revisions",
                                     history.heads().size() > 1 ? "heads" : "head", id_list(history, history.heads())));
  return history;
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const auto dialect = context.find_dialect();
  const auto url = context.find_url();
  nlohmann::json pending = nlohmann::json::array();
  bool behind = false;
  for (const Dialect each : all_dialects) {
    if (dialect && *dialect != each) {
      continue;
    }
    const History history = check_files(context, each);
    if (url && url->dialect == each) {
      behind = check_database(context, *url, history, pending);
    }
  }
  context.console().finish({{"up_to_date", !behind}, {"pending", pending}});
  return behind ? Exit::behind : Exit::fine;
}

} // namespace

const CommandLine check_command = {"check", "", "verify the revisions, and a database against them", no_options, run};

} // namespace retort
