#include "cli/database_check.hpp"

#include "cli/program.hpp"
#include "history/replaced.hpp"
#include "history/walk.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {

bool check_database(const Context& context, const Url& url, const History& loaded, nlohmann::json& pending_ids) {
  const Applied applied = context.open()->read();
  const std::optional<History> followed = followed_history(loaded, applied);
  const History& history = followed ? *followed : loaded;
  Diagnostics diagnostics;
  report_drift(history, find_drift(history, applied), context.program().origin(), diagnostics);
  report_journal(applied.journal, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    context.console().diagnose(diagnostic);
  }
  const std::vector<Index> pending = upgrade_order(history, state_of(history, applied), "heads");
  for (const Index index : pending) {
    context.console().line(fmt::format("pending: {}  {}", history[index].id, history[index].message));
    pending_ids.push_back(history[index].id);
  }
  if (pending.empty() && !diagnostics.has_errors()) {
    context.console().line(fmt::format("{} is up to date", url.display()));
  }
  return diagnostics.has_errors() || !pending.empty();
}

} // namespace retort
