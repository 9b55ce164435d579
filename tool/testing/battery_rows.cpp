#include "testing/battery_database.hpp"
#include "testing/battery_tests.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

/// The tables that have lost rows between two moments, and that existed in between.
std::vector<std::string> losses(const Snapshot& before, const Snapshot& between, const Snapshot& after) {
  std::vector<std::string> lines;
  for (const Snapshot::Table& table : before.tables) {
    const Snapshot::Table* found = find_table(after, table.name);
    if (find_table(between, table.name) != nullptr && found != nullptr && found->rows < table.rows) {
      lines.push_back(describe_rows(table.name, table.rows, found->rows));
    }
  }
  return lines;
}

class Populated {
public:
  Populated(BatteryRun& run, const BatteryDatabase& database) : run_(run), database_(database) {}

  void run() {
    Snapshot above = database_.snapshot();
    if (std::ranges::all_of(above.tables, [](const Snapshot::Table& table) { return table.rows == 0; })) {
      run_.skip("no table has rows; load some with SEED");
      return;
    }
    const std::vector<Index> order = run_.order();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
      if (!run_.history()[*index].down) {
        run_.remark_irreversible(*index);
        run_.remark("what is older was not tried");
        return;
      }
      if (!go(Direction::down, *index)) {
        return;
      }
      Snapshot below = database_.snapshot();
      if (!go(Direction::up, *index)) {
        return;
      }
      check(*index, losses(above, below, database_.snapshot()));
      if (!go(Direction::down, *index)) {
        return;
      }
      above = std::move(below);
    }
  }

private:
  bool go(Direction direction, Index index) {
    const bool went = database_.try_to_run(direction, index);
    if (!went) {
      run_.remark("what is older was not tried");
    }
    return went;
  }

  void check(Index index, const std::vector<std::string>& lines) {
    const Revision& revision = run_.history()[index];
    if (lines.empty()) {
      return;
    }
    if (revision.deletes) {
      run_.remark(fmt::format("passed over: {} deletes rows: {}", revision.id, revision.deletes->text));
      return;
    }
    Diagnostic& diagnostic =
        run_.blame(index, Direction::down, fmt::format("{} loses rows on its way down and up again", revision.id));
    add_notes(diagnostic, lines);
    diagnostic.hint = "keep the rows; where they may go, write '-- Deletes: reason' into the header";
  }

  BatteryRun& run_;
  const BatteryDatabase& database_;
};

} // namespace

void test_populated(BatteryRun& run) {
  Observer silent;
  const BatteryCase& given = run.given();
  ensure_template(given.databases, given.url, given.contents, given.options, silent);
  const BatteryDatabase database(run, given.url);
  Populated(run, database).run();
}

} // namespace retort
