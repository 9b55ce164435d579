#include "history/walk.hpp"
#include "plan/plan.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

const std::string both = "-- migrate:up\n-- migrate:down\n";

const History history = history_of({{"1_create", "-- Revises: base\n" + both},
                                    {"2_fill", "-- migrate:up\n"},
                                    {"3_left", both},
                                    {"4_right", "-- Revises: 2\n" + both},
                                    {"5_merge", "-- Both.\n-- Revises: 3, 4\n" + both}});

/// One line for each step, then what else the plan does.
std::string shown(const Plan& plan) {
  std::string out;
  for (const Step& step : plan.steps) {
    EXPECT_EQ(step.finished_units, 0U);
    out += describe(history, step) + "\n";
  }
  out += plan.purges ? "purges\n" : "";
  return out + (plan.drops_journal ? "drops the journal\n" : "");
}

State state(std::string_view text) { return resolve_state(history, text); }

TEST(PlanUpgrade, RunsWhatIsLacking) {
  const Plan plan = plan_upgrade(history, state("3"), "head");
  EXPECT_EQ(shown(plan), "upgrade 2 -> 4  right\n"
                         "upgrade 3, 4 -> 5  Both.\n");
  EXPECT_EQ(plan.start, state("3"));
  for (const Step& step : plan.steps) {
    EXPECT_EQ(step.direction, Direction::up);
    EXPECT_EQ(step.action, Action::run);
  }
}

TEST(PlanUpgrade, BeginsAtTheBase) {
  EXPECT_EQ(shown(plan_upgrade(history, state("base"), "+1")), "upgrade base -> 1  create\n");
}

TEST(PlanUpgrade, MayHaveNothingToDo) { EXPECT_EQ(shown(plan_upgrade(history, state("head"), "head")), ""); }

TEST(PlanUpgrade, RefusesWhatDoesNotResolve) {
  EXPECT_EQ(refusal([] { plan_upgrade(history, state("base"), "9"); }),
            "2\nerror: there is no revision or label '9'\nhint: 'history' lists the revisions\n");
}

TEST(PlanDowngrade, UndoesDownToTheTarget) {
  const Plan plan = plan_downgrade(history, state("head"), "2");
  EXPECT_EQ(shown(plan), "downgrade 5 -> 3, 4  Both.\n"
                         "downgrade 4 -> 2  right\n"
                         "downgrade 3 -> 2  left\n");
  for (const Step& step : plan.steps) {
    EXPECT_EQ(step.direction, Direction::down);
    EXPECT_EQ(step.action, Action::run);
  }
}

TEST(PlanDowngrade, StopsBeforeAnythingRunsWhenARevisionIsIrreversible) {
  EXPECT_EQ(refusal([] { plan_downgrade(history, state("head"), "1"); }),
            "1\n2_fill.sql: error: 2 is irreversible: it has no way down\n"
            "hint: nothing was run; add a '-- migrate:down' section (an empty one if nothing has to be undone), or go "
            "down to this revision at most\n");
  EXPECT_EQ(shown(plan_downgrade(history, state("1"), "base")), "downgrade 1 -> base  create\n");
}

TEST(PlanDowngrade, SaysWhyARevisionIsIrreversible) {
  const History one = history_of({{"1_forget", "-- Irreversible: what is forgotten is forgotten\n-- migrate:up\n"}});
  EXPECT_EQ(refusal([&] { plan_downgrade(one, resolve_state(one, "head"), "base"); }),
            "1\n1_forget.sql: error: 1 is irreversible: what is forgotten is forgotten\n"
            "hint: nothing was run; go down to this revision at most\n");
}

TEST(PlanDowngrade, GoesAsFarAsItCan) {
  std::optional<Index> stopped_at;
  EXPECT_EQ(shown(plan_reversible_downgrade(history, state("4"), "base", stopped_at)), "downgrade 4 -> 2  right\n");
  EXPECT_EQ(stopped_at, 1U);
  stopped_at.reset();
  EXPECT_EQ(shown(plan_reversible_downgrade(history, state("4"), "2", stopped_at)), "downgrade 4 -> 2  right\n");
  EXPECT_EQ(stopped_at, std::nullopt);
  EXPECT_EQ(shown(plan_reversible_downgrade(history, state("2"), "base", stopped_at)), "");
  EXPECT_EQ(stopped_at, 1U);
}

TEST(PlanStamp, RecordsUpAndDown) {
  const Plan up = plan_stamp(history, state("1"), "3", {});
  EXPECT_EQ(shown(up), "stamp 1 -> 2  fill\nstamp 2 -> 3  left\n");
  for (const Step& step : up.steps) {
    EXPECT_EQ(step.action, Action::record);
  }
  EXPECT_EQ(shown(plan_stamp(history, state("3"), "1", {})), "stamp 3 -> 2  left\nstamp 2 -> 1  fill\n");
  EXPECT_EQ(shown(plan_stamp(history, state("3"), "2,4", {})), "stamp 3 -> 2  left\nstamp 2 -> 4  right\n")
      << "across branches";
  EXPECT_EQ(shown(plan_stamp(history, state("3"), "base", {})),
            "stamp 3 -> 2  left\nstamp 2 -> 1  fill\nstamp 1 -> base  create\n");
  EXPECT_EQ(shown(plan_stamp(history, state("3"), "3", {})), "");
}

TEST(PlanStamp, RecordsEditedRevisionsAgain) {
  EXPECT_EQ(shown(plan_stamp(history, state("2"), "2", {0})), "stamp 1 -> base  create\nstamp base -> 1  create\n");
  EXPECT_EQ(shown(plan_stamp(history, state("3"), "1", {0, 2})),
            "stamp 3 -> 2  left\nstamp 2 -> 1  fill\nstamp 1 -> base  create\nstamp base -> 1  create\n");
}

TEST(PlanPurge, ForgetsEverythingFirst) {
  EXPECT_EQ(shown(plan_purge(history, "2")),
            "stamp base -> 1  create\nstamp 1 -> 2  fill\npurges\ndrops the journal\n");
  EXPECT_EQ(shown(plan_purge(history, "base")), "purges\ndrops the journal\n");
}

} // namespace
} // namespace retort
