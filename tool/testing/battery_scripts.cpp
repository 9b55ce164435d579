#include "library/migration.hpp"
#include "script/script.hpp"
#include "testing/battery_database.hpp"
#include "testing/battery_tests.hpp"
#include "testing/client.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

/// False, once that is said, where there is no client.
bool can_run_scripts(BatteryRun& run) {
  const bool can = has_client(run.dialect());
  if (!can) {
    run.skip(fmt::format("{} is not installed", client_name(run.dialect())));
  }
  return can;
}

/// The script of these revisions, for a database that has `start`.
std::string script_of(const BatteryRun& run, const State& start, const std::vector<Index>& revisions, Guard guard) {
  Plan plan(start);
  for (const Index revision : revisions) {
    plan.steps.push_back({Direction::up, Action::run, revision, 0});
  }
  std::string script;
  for (const std::string& extension : run.given().options.sqlite_extensions) {
    script += fmt::format(".load {}\n", retort::quoted(extension));
  }
  return script + write_script(render_stream(run.history(), std::move(plan), script_stream_options(run.dialect())),
                               {run.dialect(), Client::shell, guard, {}});
}

std::string upgrade_script(const BatteryRun& run, Guard guard) {
  return script_of(run, State(run.history().size()), run.order(), guard);
}

/// False, once that is reported, when the client fails.
bool apply(BatteryRun& run, const BatteryDatabase& database, const std::string& script) {
  const ClientResult result = run_client(database.url(), script);
  if (result.status == 0) {
    return true;
  }
  Diagnostic& diagnostic = run.blame(fmt::format("{} cannot run the script", client_name(run.dialect())));
  add_notes(diagnostic, last_lines(result.output));
  diagnostic.hint = "'retort upgrade base:head --sql' writes it; the database is kept as the script left it";
  return false;
}

void report(BatteryRun& run, std::string message, std::string hint, const std::vector<std::string>& lines) {
  if (!lines.empty()) {
    Diagnostic& diagnostic = run.blame(std::move(message));
    add_notes(diagnostic, lines);
    diagnostic.hint = std::move(hint);
  }
}

/// Values that are not the same in two upgrades, because they are of their time or random, count as equal.
void forgive_values(const Snapshot& once, const Snapshot& again, Snapshot& found) {
  for (Snapshot::Table& table : found.tables) {
    const Snapshot::Table* first = find_table(once, table.name);
    const Snapshot::Table* second = find_table(again, table.name);
    if (first != nullptr && second != nullptr && first->digest != second->digest) {
      table.digest = first->digest;
    }
  }
}

Snapshot upgraded(BatteryRun& run) {
  const BatteryDatabase database(run);
  database.upgrade(run.given().contents.target);
  return database.snapshot();
}

void expect_refusal(BatteryRun& run, const BatteryDatabase& database, const std::string& script,
                    std::string_view state) {
  const Snapshot before = database.snapshot();
  const ClientResult result = run_client(database.url(), script);
  if (result.status == 0) {
    Diagnostic& diagnostic = run.blame(fmt::format("a script does not refuse a database that is {}", state));
    add_notes(diagnostic, last_lines(result.output));
    diagnostic.hint = "a revision must not change retort_revisions, nor how the client treats errors";
  }
  report(run, fmt::format("a script changes a database that is {}", state),
         "a revision must not change how the client treats errors",
         differences(before, database.snapshot(), Rows::compared));
}

} // namespace

void test_offline_equals_online(BatteryRun& run) {
  if (!can_run_scripts(run)) {
    return;
  }
  const Snapshot online = upgraded(run);
  const BatteryDatabase database(run);
  if (!apply(run, database, upgrade_script(run, Guard::exact))) {
    return;
  }
  Snapshot offline = database.snapshot();
  if (!differences(online, offline, Rows::compared).empty()) {
    forgive_values(online, upgraded(run), offline);
  }
  report(run, "the script leads elsewhere than the upgrade online",
         "a revision must not depend on settings of the session", differences(online, offline, Rows::compared));
}

void test_idempotent_script(BatteryRun& run) {
  if (run.dialect() == Dialect::sqlite) {
    run.skip("SQLite has no idempotent scripts");
    return;
  }
  if (!can_run_scripts(run)) {
    return;
  }
  const Snapshot online = upgraded(run);
  const BatteryDatabase database(run);
  const std::string script = upgrade_script(run, Guard::idempotent);
  if (!apply(run, database, script)) {
    return;
  }
  const Snapshot once = database.snapshot();
  report(run, "the idempotent script leads elsewhere than the upgrade online",
         "a revision must not depend on settings of the session", differences(online, once, Rows::counted));
  if (apply(run, database, script)) {
    report(run, "the idempotent script changes something when it is applied a second time",
           "a revision must not change retort_revisions", differences(once, database.snapshot(), Rows::compared));
  }
}

void test_guard(BatteryRun& run) {
  if (!can_run_scripts(run)) {
    return;
  }
  const std::vector<Index> order = run.order();
  if (order.empty()) {
    return;
  }
  {
    const BatteryDatabase done(run);
    done.upgrade(run.given().contents.target);
    expect_refusal(run, done, upgrade_script(run, Guard::exact), "upgraded already");
  }
  if (order.size() > 1) {
    State start(run.history().size());
    start.add(order.front());
    const BatteryDatabase empty(run);
    expect_refusal(run, empty, script_of(run, start, {order.begin() + 1, order.end()}, Guard::exact), "empty");
  }
}

} // namespace retort
