#include "history/walk.hpp"
#include "plan/plan.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

const History history = history_of({{"1", "-- Revises: base\n-- migrate:up\nA;\n-- migrate:down\nB;\n"},
                                    {"2_index", "-- migrate:up\nC;\n-- migrate:up transaction:false\nD;\nE;\n"
                                                "-- migrate:down transaction:false\nF;\nG;\n"}});

FinishedUnit finished(Direction direction, std::size_t unit) {
  const Change& change = direction == Direction::up ? history[1].up : history[1].down.value();
  return {"2", direction, unit, change.units.at(unit).checksum};
}

/// What `resume` says; when it says nothing, how many units of each step are done.
std::string resumed(Plan plan, const std::vector<FinishedUnit>& journal) {
  std::string done;
  const std::string refused = refusal([&] {
    resume(history, journal, plan);
    for (const Step& step : plan.steps) {
      done += history[step.revision].id + ":" + std::to_string(step.finished_units) + " ";
    }
  });
  return refused.empty() ? done : refused;
}

Plan upgrade(std::string_view from = "base", std::string_view to = "head") {
  return plan_upgrade(history, resolve_state(history, from), to);
}

Plan downgrade(std::string_view to) { return plan_downgrade(history, resolve_state(history, "head"), to); }

TEST(Resume, WithoutAJournalNothingIsDone) { EXPECT_EQ(resumed(upgrade(), {}), "1:0 2:0 "); }

TEST(Resume, F16_LeavesOutWhatIsDone) {
  EXPECT_EQ(resumed(upgrade("1"), {finished(Direction::up, 0)}), "2:1 ");
  EXPECT_EQ(resumed(upgrade("1"), {finished(Direction::up, 0), finished(Direction::up, 1)}), "2:2 ");
  EXPECT_EQ(resumed(downgrade("base"), {finished(Direction::down, 0)}), "2:1 1:0 ");
}

TEST(Resume, F37_AnEditedPartIsRefused) {
  FinishedUnit edited = finished(Direction::up, 1);
  edited.checksum = "c0ffee";
  EXPECT_EQ(
      resumed(upgrade("1"), {finished(Direction::up, 0), edited}),
      "4\n2_index.sql: error: 2 was interrupted on its way up, and what it had finished (part 2) was edited since\n"
      "hint: finish it with 'upgrade' as it was; or bring the schema by hand to where a revision begins and "
      "record that with 'stamp'\n");
}

TEST(Resume, APartThatIsNoMoreIsRefused) {
  FinishedUnit gone = finished(Direction::up, 0);
  gone.unit = 3;
  EXPECT_EQ(
      resumed(upgrade("1"), {gone}),
      "4\n2_index.sql: error: 2 was interrupted on its way up, and what it had finished (part 4) was edited since\n"
      "hint: finish it with 'upgrade' as it was; or bring the schema by hand to where a revision begins and "
      "record that with 'stamp'\n");
}

TEST(Resume, TheOtherDirectionIsRefused) {
  EXPECT_EQ(resumed(upgrade("1"), {finished(Direction::down, 0)}),
            "4\n2_index.sql: error: 2 was interrupted on its way down, and this command would leave it so\n"
            "hint: finish it with 'downgrade' as it was; or bring the schema by hand to where a revision begins "
            "and record that with 'stamp'\n");
}

TEST(Resume, APlanThatPassesByIsRefused) {
  EXPECT_EQ(resumed(upgrade("base", "1"), {finished(Direction::up, 0)}),
            "4\n2_index.sql: error: 2 was interrupted on its way up, and this command would leave it so\n"
            "hint: finish it with 'upgrade' as it was; or bring the schema by hand to where a revision begins and "
            "record that with 'stamp'\n");
}

TEST(Resume, AnUnknownRevisionIsRefused) {
  EXPECT_EQ(resumed(upgrade(), {{"99", Direction::up, 0, "c0ffee"}}),
            "4\nerror: 99 was interrupted on its way up, and this command would leave it so\n"
            "hint: finish it with 'upgrade' as it was; or bring the schema by hand to where a revision begins and "
            "record that with 'stamp'\n");
}

} // namespace
} // namespace retort
