#include "history/resolve.hpp"
#include "testing/battery_database.hpp"
#include "testing/battery_tests.hpp"

#include <fmt/format.h>

namespace retort {

void test_single_head(BatteryRun& run) {
  if (run.history().heads().size() > 1) {
    resolve_state(run.history(), "head"); // says which ones there are
  }
}

void test_upgrade(BatteryRun& run) {
  const BatteryDatabase database(run);
  database.upgrade(run.given().contents.target);
  const std::size_t again = database.upgrade(run.given().contents.target);
  if (again > 0) {
    run.blame(fmt::format("a second upgrade has {} steps to do", again)).hint =
        "a revision must not write to retort_revisions";
  }
}

void test_stepwise(BatteryRun& run) {
  const BatteryDatabase whole(run);
  whole.upgrade(run.given().contents.target);
  const BatteryDatabase stepped(run);
  for (const Index index : run.order()) {
    stepped.upgrade(run.history()[index].id);
  }
  const std::vector<std::string> lines = differences(whole.snapshot(), stepped.snapshot(), Rows::counted);
  if (lines.empty()) {
    return;
  }
  Diagnostic& diagnostic = run.blame("one revision at a time leads elsewhere than all at once");
  add_notes(diagnostic, lines);
  diagnostic.hint =
      "a revision must not depend on what an earlier one left in the session, nor on the time between them";
}

} // namespace retort
