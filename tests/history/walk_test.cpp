#include "histories.hpp"
#include "history/walk.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string upward(const History& history, std::string_view from, std::string_view target) {
  std::string out;
  const std::string refused =
      refusal([&] { out = ids(history, upgrade_order(history, resolve_state(history, from), target)); });
  return out + refused;
}

std::string downward(const History& history, std::string_view from, std::string_view target) {
  std::string out;
  const std::string refused =
      refusal([&] { out = ids(history, downgrade_order(history, resolve_state(history, from), target)); });
  return out + refused;
}

std::string after_stamp(const History& history, std::string_view from, std::string_view target) {
  return ids(history, stamped(history, resolve_state(history, from), target).members());
}

std::string within(const History& history, std::string_view range, std::string_view from = "base") {
  std::string out;
  const State current = resolve_state(history, from);
  const std::string refused =
      refusal([&] { out = ids(history, members_of(history, parse_range(range), &current).members()); });
  return out + refused;
}

// ---- upwards ----

TEST(Upgrade, AppliesWhatIsNeededAndLacking) {
  EXPECT_EQ(upward(merged(), "base", "heads"), "1000 2000 3000 5000 4000 6000 7000");
  EXPECT_EQ(upward(merged(), "base", "4000"), "1000 2000 5000 4000");
  EXPECT_EQ(upward(merged(), "3000", "6000"), "5000 4000 6000");
  EXPECT_EQ(upward(merged(), "4000", "2000"), "");
  EXPECT_EQ(upward(merged(), "base", "3000,7000"), "1000 2000 3000 5000 7000");
  EXPECT_EQ(upward(merged(), "base", "stock@head"), "5000 7000");
  EXPECT_EQ(upward(forked(), "1", "heads"), "20260101 20260102");
  EXPECT_EQ(upward(linear(), "2", "head"), "3 0004");
  EXPECT_EQ(upward(linear(), "2", "base"), "");
  EXPECT_EQ(upward(linear(), "2", "current"), "");
}

TEST(Upgrade, ByANumberOfSteps) {
  EXPECT_EQ(upward(linear(), "base", "+1"), "1");
  EXPECT_EQ(upward(linear(), "1", "+2"), "2 3");
  EXPECT_EQ(upward(merged(), "3000", "+1"), "5000 4000 6000") << "what it needs comes with it";
  EXPECT_EQ(upward(merged(), "3000,4000", "3000@+1"), "6000") << "over a merge";
  EXPECT_EQ(upward(merged(), "2000", "billing@+1"), "5000 4000");
  EXPECT_EQ(upward(merged(), "2000", "stock@+1"), "5000");
}

TEST(Upgrade, GoesOnWhereTheDatabaseIs) {
  EXPECT_EQ(upward(forked(), "20260101", "+1"), "2\nerror: '+1' leads beyond the head: no revision is left\n")
      << "the other branch is not what comes next";
  EXPECT_EQ(upward(forked(), "base", "+2"), "2\nerror: '+2' is ambiguous: several revisions could come next\n"
                                            "20260101_b.sql: note: it could be 20260101  b\n"
                                            "20260102_c.sql: note: it could be 20260102  c\n"
                                            "hint: name the revision, or a branch: BRANCH@+1\n");
}

TEST(Upgrade, DoesNotLeadDown) {
  const std::string refused = "' leads down, and an upgrade goes up\nhint: 'downgrade' goes down\n";
  EXPECT_EQ(upward(linear(), "3", "-1"), "2\nerror: '-1" + refused);
  EXPECT_EQ(upward(linear(), "3", "1@-1"), "2\nerror: '1@-1" + refused);
  EXPECT_EQ(upward(linear(), "1", "head-1"), "2 3");
}

// ---- downwards ----

TEST(Downgrade, UndoesWhatFollowsTheTarget) {
  EXPECT_EQ(downward(linear(), "head", "2"), "0004 3");
  EXPECT_EQ(downward(linear(), "head", "base"), "0004 3 2 1");
  EXPECT_EQ(downward(linear(), "head", "0004"), "");
  EXPECT_EQ(downward(linear(), "head", "head-2"), "0004 3");
  EXPECT_EQ(downward(merged(), "heads", "base"), "7000 6000 4000 5000 3000 2000 1000");
  EXPECT_EQ(downward(merged(), "heads", "2000"), "6000 4000 3000");
  EXPECT_EQ(downward(forked(), "heads", "20260102"), "");
}

TEST(Downgrade, LeavesOtherBranchesAlone) {
  EXPECT_EQ(downward(merged(), "heads", "3000"), "6000") << "a merge is undone, its other parent stays";
  EXPECT_EQ(downward(merged(), "heads", "5000"), "7000") << "what depends on the target stays, as the target does";
  EXPECT_EQ(downward(merged(), "heads", "stock@base"), "7000 6000 4000 5000") << "what depends on what goes, goes";
  EXPECT_EQ(downward(merged(), "heads", "billing@base"), "6000 4000 3000 2000 1000");
  EXPECT_EQ(downward(merged(), "heads", "5000-1"), "7000 6000 4000 5000") << "below 5000 is its branch's base";
  EXPECT_EQ(downward(forked(), "heads", "billing@1"), "20260101") << "down to 1 on one of its branches";
  EXPECT_EQ(downward(forked(), "heads", "1"), "20260102 20260101");
}

TEST(Downgrade, ToSeveralTargets) {
  EXPECT_EQ(downward(merged(), "heads", "2000,5000"), "7000 6000 4000 3000");
  EXPECT_EQ(downward(merged(), "heads", "2000,3000"), "6000 4000") << "both stay";
  EXPECT_EQ(downward(merged(), "heads", "base,2000"), "7000 6000 4000 5000 3000");
}

TEST(Downgrade, ByANumberOfSteps) {
  EXPECT_EQ(downward(linear(), "head", "-1"), "0004");
  EXPECT_EQ(downward(linear(), "3", "-3"), "3 2 1");
  EXPECT_EQ(downward(merged(), "6000", "-1"), "6000");
  EXPECT_EQ(downward(merged(), "heads", "billing@-1"), "6000");
  EXPECT_EQ(downward(merged(), "heads", "billing@-2"), "6000 4000") << "3000 is no part of that branch";
  EXPECT_EQ(downward(merged(), "heads", "stock@-2"), "7000 6000 4000 5000");
  EXPECT_EQ(downward(merged(), "heads", "stock@-1,billing@-1"), "7000 6000");
}

TEST(Downgrade, StepsThatCouldGoSeveralWaysAreRefused) {
  EXPECT_EQ(downward(merged(), "heads", "-1"), "2\nerror: '-1' is ambiguous: several revisions could be undone first\n"
                                               "6000_f.sql: note: it could be 6000  Sixth.\n"
                                               "7000_g.sql: note: it could be 7000  g\n"
                                               "hint: name the revision to go down to, or a branch: BRANCH@-1\n");
}

TEST(Downgrade, StepsBelowTheBaseAreRefused) {
  EXPECT_EQ(downward(linear(), "2", "-3"), "2\nerror: '-3' leads below the base: only 2 revisions are applied\n");
  EXPECT_EQ(downward(linear(), "1", "-2"), "2\nerror: '-2' leads below the base: only 1 revision is applied\n");
  EXPECT_EQ(downward(linear(), "base", "-1"), "2\nerror: '-1' leads below the base: no revision is applied\n");
}

TEST(Downgrade, DoesNotLeadUp) {
  EXPECT_EQ(downward(linear(), "2", "+1"),
            "2\nerror: '+1' leads up, and a downgrade goes down\nhint: 'upgrade' goes up\n");
}

TEST(Downgrade, TheTargetMustBeApplied) {
  EXPECT_EQ(downward(linear(), "2", "3"), "2\nerror: 3 is not applied: there is nothing to go down to\n");
  EXPECT_EQ(downward(linear(), "2", "head"), "2\nerror: 0004 is not applied: there is nothing to go down to\n");
}

// ---- stamps ----

TEST(Stamp, ForwardsAndBackwards) {
  EXPECT_EQ(after_stamp(linear(), "base", "3"), "1 2 3");
  EXPECT_EQ(after_stamp(linear(), "head", "2"), "1 2");
  EXPECT_EQ(after_stamp(linear(), "2", "+1"), "1 2 3");
  EXPECT_EQ(after_stamp(linear(), "2", "-1"), "1");
  EXPECT_EQ(after_stamp(linear(), "head", "base"), "");
}

TEST(Stamp, AcrossBranches) {
  EXPECT_EQ(after_stamp(merged(), "3000", "stock@head"), "1000 2000 3000 5000 7000");
  EXPECT_EQ(after_stamp(merged(), "6000", "3000"), "1000 2000 3000 4000 5000") << "un-merged";
  EXPECT_EQ(after_stamp(merged(), "heads", "stock@base"), "1000 2000 3000");
  EXPECT_EQ(after_stamp(merged(), "3000,7000", "2000,stock@base"), "1000 2000");
  EXPECT_EQ(after_stamp(merged(), "base", "heads"), "1000 2000 3000 4000 5000 6000 7000");
}

// ---- ranges ----

TEST(Members, LieBetweenStartAndEnd) {
  EXPECT_EQ(within(linear(), "2:3"), "2 3");
  EXPECT_EQ(within(linear(), "2:"), "2 3 0004");
  EXPECT_EQ(within(linear(), ":2"), "1 2");
  EXPECT_EQ(within(linear(), "2"), "1 2") << "an end alone";
  EXPECT_EQ(within(linear(), ":"), "1 2 3 0004");
  EXPECT_EQ(within(linear(), "base:2"), "1 2");
  EXPECT_EQ(within(merged(), "2000:6000"), "2000 3000 4000 6000");
  EXPECT_EQ(within(merged(), "billing@2000:6000"), "2000 4000 6000");
  EXPECT_EQ(within(merged(), "stock@base:"), "5000 7000");
  EXPECT_EQ(within(linear(), "current:", "3"), "3 0004");
  EXPECT_EQ(within(linear(), "-1:current", "3"), "2 3");
}

TEST(Members, BareStepsCountFromTheOtherEnd) {
  EXPECT_EQ(within(linear(), "-1:head", "1"), "3 0004");
  EXPECT_EQ(within(linear(), "-1:", "1"), "3 0004");
  EXPECT_EQ(within(linear(), "1:+2", "head"), "1 2 3");
  EXPECT_EQ(within(linear(), ":+2", "head"), "1 2");
  EXPECT_EQ(within(linear(), "-1:+1", "2"), "1 2 3") << "from the database, where both have them";
  EXPECT_EQ(within(merged(), "stock@-1:heads"), "5000 7000");
  for (const std::string range : {"current:", ":current", "current-1:head", "-1:+1", "-1:current", "1:current+1"}) {
    EXPECT_TRUE(counts_from_current(parse_range(range))) << range;
  }
  for (const std::string range : {"-1:head", "1:+2", ":+2", "-1:", "head", ":", "billing@-2:heads"}) {
    EXPECT_FALSE(counts_from_current(parse_range(range))) << range;
  }
}

TEST(Members, TheStartLeadsToTheEnd) {
  EXPECT_EQ(within(linear(), "3:2"), "2\nerror: 3 does not lead to '2'\nhint: the end of a range follows its start\n");
  EXPECT_EQ(within(forked(), "billing:20260102"),
            "2\nerror: 20260101 does not lead to '20260102'\nhint: the end of a range follows its start\n");
}

} // namespace
} // namespace retort
