#include "history/target.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

const std::string up = "-- migrate:up\n";

/// 1000 - 2000 - 3000 - 6000; 2000 - 4000 - 6000 (a merge); 5000 is a base on which 4000 depends.
const History merged = history_of({{"1000_a", "-- Revises: base\n" + up},
                                   {"2000_b", up},
                                   {"3000_c", up},
                                   {"4000_d", "-- Revises: 2000\n-- Depends-On: 5000\n" + up},
                                   {"5000_e", "-- Revises: base\n" + up},
                                   {"6000_f", "-- Sixth.\n-- Revises: 3000, 4000\n" + up}});

const History forked = history_of({{"1_a", "-- Revises: base\n" + up},
                                   {"20260101_b", "-- Revises: 1\n" + up},
                                   {"20260102_c", "-- Revises: 1\n" + up}});

const History linear = history_of({{"1", "-- Revises: base\n" + up}, {"2", up}, {"3", up}, {"0004_x", up}});

std::string state(const History& history, std::string_view text) {
  std::string out;
  const std::string refused = refusal([&] { out = ids(history, resolve_state(history, text).members()); });
  return out + refused;
}

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

// ---- ranges ----

TEST(TargetRange, IsStartAndEnd) {
  EXPECT_EQ(parse_range("head").start, std::nullopt);
  EXPECT_EQ(parse_range("head").end, "head");
  EXPECT_EQ(parse_range("1,2:+2").start, "1,2");
  EXPECT_EQ(parse_range("1,2:+2").end, "+2");
  EXPECT_EQ(parse_range(":").start, "");
  EXPECT_EQ(parse_range(":").end, "");
}

TEST(TargetRange, HasOneColon) {
  EXPECT_EQ(refusal([] { parse_range("a:b:c"); }),
            "2\nerror: 'a:b:c' has two colons\nhint: a range is written start:end\n");
}

// ---- ids and prefixes ----

TEST(Target, AnIdNamesItsRevision) {
  EXPECT_EQ(resolve_revision(linear, "2"), 1U) << "however short";
  EXPECT_EQ(resolve_revision(linear, "0004"), 3U);
  EXPECT_EQ(resolve_revision(forked, "2026-01-02"), 2U) << "dashes are dropped";
}

TEST(Target, AUniquePrefixNamesItsRevision) {
  EXPECT_EQ(resolve_revision(forked, "20260102"), 2U);
  const History history = history_of({{"20260101", up}, {"20270101", up}});
  EXPECT_EQ(resolve_revision(history, "2027"), 1U);
  EXPECT_EQ(resolve_revision(history, "2026-01"), 0U);
}

TEST(Target, AnUnknownIdIsRefused) {
  const std::string hint = "hint: retort history lists the revisions\n";
  EXPECT_EQ(state(linear, "99"), "2\nerror: there is no revision '99'\n" + hint);
  EXPECT_EQ(state(linear, "+1"), "2\nerror: there is no revision '+1'\n" + hint);
  EXPECT_EQ(state(history_of({}), "2"), "2\nerror: there is no revision '2'\n" + hint);
}

TEST(Target, AShortPrefixIsRefused) {
  EXPECT_EQ(state(forked, "202"), "2\nerror: '202' is too short for a prefix\n"
                                  "hint: write four characters or more of the id\n");
}

TEST(Target, F37_AnAmbiguousPrefixListsWhatItCouldBe) {
  EXPECT_EQ(state(forked, "2026-01"), "2\nerror: '2026-01' is ambiguous\n"
                                      "20260101_b.sql: note: it could be 20260101  b\n"
                                      "20260102_c.sql: note: it could be 20260102  c\n"
                                      "hint: write more of the id\n");
}

// ---- states ----

TEST(Target, AStateIsClosed) {
  EXPECT_EQ(state(merged, "base"), "");
  EXPECT_EQ(state(merged, ""), "");
  EXPECT_EQ(state(merged, "2000"), "1000 2000");
  EXPECT_EQ(state(merged, "4000"), "1000 2000 4000 5000");
  EXPECT_EQ(state(merged, "3000,5000"), "1000 2000 3000 5000");
  EXPECT_EQ(state(merged, "base,5000,"), "5000");
  EXPECT_EQ(state(merged, "heads"), "1000 2000 3000 4000 5000 6000");
  EXPECT_EQ(state(linear, "head"), "1 2 3 0004");
}

TEST(Target, F37_HeadNeedsOneHead) {
  EXPECT_EQ(state(forked, "head"), "1\n"
                                   "20260102_c.sql:1:13: error: two heads: 20260101, 20260102\n"
                                   "    1 | -- Revises: 1\n"
                                   "      |             ^\n"
                                   "20260101_b.sql:1:13: note: another head is here\n"
                                   "    1 | -- Revises: 1\n"
                                   "      |             ^\n"
                                   "hint: name one of them, or 'heads' for all; a revision with 'Revises: A, B' merges "
                                   "them\n");
  const History three = history_of(
      {{"1", "-- Revises: base\n" + up}, {"2", "-- Revises: base\n" + up}, {"3", "-- Revises: base\n" + up}});
  EXPECT_EQ(state(three, "head"), "1\n3.sql: error: 3 heads: 1, 2, 3\n1.sql: note: another head is here\n"
                                  "2.sql: note: another head is here\n"
                                  "hint: name one of them, or 'heads' for all; a revision with 'Revises: A, B' merges "
                                  "them\n");
}

TEST(Target, HeadNeedsARevision) {
  EXPECT_EQ(state(history_of({}), "head"), "1\nerror: there is no head: the history is empty\n"
                                           "hint: retort revision -m \"what it does\" writes the first revision\n");
  EXPECT_EQ(state(history_of({}), "heads"), "");
  EXPECT_EQ(state(history_of({}), "base"), "");
}

// ---- upwards ----

TEST(Upgrade, AppliesWhatIsNeededAndLacking) {
  EXPECT_EQ(upward(merged, "base", "heads"), "1000 2000 3000 5000 4000 6000");
  EXPECT_EQ(upward(merged, "base", "4000"), "1000 2000 5000 4000");
  EXPECT_EQ(upward(merged, "3000", "6000"), "5000 4000 6000");
  EXPECT_EQ(upward(merged, "4000", "2000"), "");
  EXPECT_EQ(upward(forked, "1", "heads"), "20260101 20260102");
  EXPECT_EQ(upward(linear, "2", "head"), "3 0004");
}

TEST(Upgrade, ByANumberOfSteps) {
  EXPECT_EQ(upward(linear, "base", "+1"), "1");
  EXPECT_EQ(upward(linear, "1", "+2"), "2 3");
  EXPECT_EQ(upward(merged, "3000,5000", "+1"), "4000");
  EXPECT_EQ(upward(merged, "3000,4000", "+1"), "6000") << "over a merge";
}

TEST(Upgrade, ADependencyThatLacksIsAnotherWay) {
  const History history = history_of({{"1", "-- Revises: base\n" + up},
                                      {"2_b", "-- Revises: 1\n-- Depends-On: 3\n" + up},
                                      {"3_c", "-- Revises: base\n" + up}});
  EXPECT_EQ(upward(history, "1,3", "+1"), "2");
  EXPECT_EQ(upward(history, "1", "+1"), "2\nerror: '+1' is ambiguous: several revisions could come next\n"
                                        "2_b.sql: note: it could be 2  b\n"
                                        "3_c.sql: note: it could be 3  c\n"
                                        "hint: name the revision\n");
}

TEST(Upgrade, StepsThatCouldGoSeveralWaysAreRefused) {
  EXPECT_EQ(upward(forked, "base", "+2"), "2\nerror: '+2' is ambiguous: several revisions could come next\n"
                                          "20260101_b.sql: note: it could be 20260101  b\n"
                                          "20260102_c.sql: note: it could be 20260102  c\n"
                                          "hint: name the revision\n");
}

TEST(Upgrade, StepsBeyondTheHeadAreRefused) {
  EXPECT_EQ(upward(linear, "2", "+3"), "2\nerror: '+3' leads beyond the head: only 2 revisions are left\n");
  EXPECT_EQ(upward(linear, "3", "+2"), "2\nerror: '+2' leads beyond the head: only 1 revision is left\n");
  EXPECT_EQ(upward(linear, "head", "+1"), "2\nerror: '+1' leads beyond the head: only 0 revisions are left\n");
}

TEST(Upgrade, StepsAreAPositiveNumber) {
  for (const std::string wrong : {"+", "+0", "+x", "+1x", "+-1", "+ 1", "+99999999999999999999"}) {
    EXPECT_EQ(upward(linear, "base", wrong),
              "2\nerror: '" + wrong + "' is no number of steps\nhint: write +1, +2, …\n");
  }
}

TEST(Upgrade, StepsDownAreNoId) {
  EXPECT_EQ(upward(linear, "3", "-1"), "2\nerror: there is no revision '-1'\n"
                                       "hint: retort history lists the revisions\n");
}

// ---- downwards ----

TEST(Downgrade, UndoesWhatFollowsTheTarget) {
  EXPECT_EQ(downward(linear, "head", "2"), "0004 3");
  EXPECT_EQ(downward(linear, "head", "base"), "0004 3 2 1");
  EXPECT_EQ(downward(linear, "head", "0004"), "");
  EXPECT_EQ(downward(merged, "heads", "base"), "6000 4000 5000 3000 2000 1000");
  EXPECT_EQ(downward(merged, "heads", "5000"), "6000 4000") << "what depends on it goes, other branches stay";
  EXPECT_EQ(downward(merged, "heads", "3000"), "6000");
  EXPECT_EQ(downward(merged, "heads", "2000"), "6000 4000 3000");
  EXPECT_EQ(downward(forked, "heads", "20260102"), "");
}

TEST(Downgrade, ByANumberOfSteps) {
  EXPECT_EQ(downward(linear, "head", "-1"), "0004");
  EXPECT_EQ(downward(linear, "3", "-3"), "3 2 1");
  EXPECT_EQ(downward(merged, "heads", "-1"), "6000");
}

TEST(Downgrade, StepsThatCouldGoSeveralWaysAreRefused) {
  EXPECT_EQ(downward(merged, "heads", "-2"), "2\nerror: '-2' is ambiguous: several revisions could be undone first\n"
                                             "3000_c.sql: note: it could be 3000  c\n"
                                             "4000_d.sql: note: it could be 4000  d\n"
                                             "hint: name the revision to go down to\n");
}

TEST(Downgrade, StepsBelowTheBaseAreRefused) {
  EXPECT_EQ(downward(linear, "2", "-3"), "2\nerror: '-3' leads below the base: only 2 revisions are applied\n");
  EXPECT_EQ(downward(linear, "1", "-2"), "2\nerror: '-2' leads below the base: only 1 revision is applied\n");
  EXPECT_EQ(downward(linear, "base", "-1"), "2\nerror: '-1' leads below the base: only 0 revisions are applied\n");
}

TEST(Downgrade, StepsAreAPositiveNumber) {
  EXPECT_EQ(downward(linear, "head", "-0"), "2\nerror: '-0' is no number of steps\nhint: write -1, -2, …\n");
  EXPECT_EQ(downward(linear, "head", "-1-"), "2\nerror: '-1-' is no number of steps\nhint: write -1, -2, …\n");
}

TEST(Downgrade, TheTargetMustBeApplied) {
  EXPECT_EQ(downward(linear, "2", "3"), "2\nerror: 3 is not applied: there is nothing to go down to\n");
  EXPECT_EQ(downward(linear, "2", "9"), "2\nerror: there is no revision '9'\n"
                                        "hint: retort history lists the revisions\n");
}

} // namespace
} // namespace retort
