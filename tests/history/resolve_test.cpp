#include "histories.hpp"
#include "history/resolve.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

/// What targets name: revisions, and, behind a slash, the bases below which a place lies.
std::string named(const History& history, std::string_view text, const State* current = nullptr) {
  std::string out;
  const std::string refused = refusal([&] {
    for (const Spot& spot : resolve(history, text, current)) {
      out += (out.empty() ? "" : "; ") + ids(history, spot.at);
      out += spot.below.empty() ? "" : "/" + ids(history, spot.below);
    }
  });
  return out + refused;
}

std::string named_from(const History& history, std::string_view state, std::string_view text) {
  const State current = resolve_state(history, state);
  return named(history, text, &current);
}

std::string usage(const std::string& message, const std::string& hint) {
  return "2\nerror: " + message + "\nhint: " + hint + "\n";
}

// ---- names ----

TEST(Resolve, AnIdNamesItsRevision) {
  EXPECT_EQ(named(linear(), "2"), "2") << "however short";
  EXPECT_EQ(named(linear(), "0004"), "0004");
  EXPECT_EQ(named(forked(), "2026-01-02"), "20260102");
  EXPECT_EQ(named(linear(), "3,1"), "3; 1");
}

TEST(Resolve, ALabelNamesTheRevisionThatBearsIt) { EXPECT_EQ(named(merged(), "billing"), "4000"); }

TEST(Resolve, AUniquePrefixNamesItsRevision) {
  const History history = history_of({{"20260101", up}, {"20270101", up}});
  EXPECT_EQ(named(history, "2027"), "20270101");
  EXPECT_EQ(named(history, "202701"), "20270101");
}

TEST(Resolve, AnUnknownNameIsRefused) {
  const std::string hint = "'history' lists the revisions";
  EXPECT_EQ(named(linear(), "99"), usage("there is no revision or label '99'", hint));
  EXPECT_EQ(named(history_of({}), "2"), usage("there is no revision or label '2'", hint));
  EXPECT_EQ(named(linear(), "99@head"), usage("there is no revision or label '99'", hint));
}

TEST(Resolve, AShortPrefixIsRefused) {
  EXPECT_EQ(named(forked(), "202"), usage("'202' is too short for a prefix", "write four characters or more of the id"))
      << "what counts is what was written";
}

TEST(Resolve, F37_AnAmbiguousPrefixListsWhatItCouldBe) {
  EXPECT_EQ(named(forked(), "202601"), "2\nerror: '202601' is ambiguous\n"
                                       "20260101_b.sql: note: it could be 20260101  b\n"
                                       "20260102_c.sql: note: it could be 20260102  c\n"
                                       "hint: write more of the id\n");
}

TEST(Resolve, ABranchMakesAPrefixUnique) { EXPECT_EQ(named(forked(), "billing@202601"), "20260101"); }

// ---- places ----

TEST(Resolve, HeadAndHeads) {
  EXPECT_EQ(named(linear(), "head"), "0004");
  EXPECT_EQ(named(merged(), "heads"), "6000 7000");
  EXPECT_EQ(named(history_of({}), "heads"), "");
  EXPECT_EQ(named(history_of({}), "head"), "1\nerror: there is no head: the history is empty\n"
                                           "hint: retort revision -m \"what it does\" writes the first revision\n");
}

TEST(Resolve, F37_HeadNeedsOneHead) {
  EXPECT_EQ(
      named(forked(), "head"),
      "1\n"
      "20260102_c.sql:1:13: error: two heads: 20260101, 20260102\n"
      "    1 | -- Revises: 1\n"
      "      |             ^\n"
      "20260101_b.sql:1:13: note: another head is here\n"
      "    1 | -- Revises: 1\n"
      "      |             ^\n"
      "1_a.sql: note: their last common ancestor is 1\n"
      "hint: 'heads' as a target means all; in the migrations directory, 'retort merge heads' writes a revision that "
      "follows them all, and 'retort rebase 20260102' puts that one, not applied anywhere yet, behind the other\n");
  const History three = history_of(
      {{"1", "-- Revises: base\n" + up}, {"2", "-- Revises: base\n" + up}, {"3", "-- Revises: base\n" + up}});
  EXPECT_EQ(
      named(three, "head"),
      "1\n3.sql: error: 3 heads: 1, 2, 3\n1.sql: note: another head is here\n2.sql: note: another head is here\n"
      "note: they have no ancestor in common\n"
      "hint: 'heads' as a target means all; in the migrations directory, 'retort merge heads' writes a revision that "
      "follows them all, and 'retort rebase 3' puts that one, not applied anywhere yet, behind the other\n");
}

TEST(Resolve, BaseLiesBelowTheBases) {
  EXPECT_EQ(named(linear(), "base"), "/1");
  EXPECT_EQ(named(merged(), "base"), "/1000 5000");
  EXPECT_EQ(named(merged(), "billing@base"), "/1000");
  EXPECT_EQ(named(merged(), "stock@base"), "/5000");
}

TEST(Resolve, CurrentIsWhatTheDatabaseIsAt) {
  EXPECT_EQ(named_from(merged(), "3000,5000", "current"), "3000 5000");
  EXPECT_EQ(named_from(merged(), "4000", "current"), "4000") << "what it depends on is absorbed";
  EXPECT_EQ(named_from(merged(), "base", "current"), "/1000 5000");
  EXPECT_EQ(named_from(merged(), "3000,5000", "stock@current"), "5000");
  EXPECT_EQ(named_from(merged(), "4000", "stock@current"), "5000");
  EXPECT_EQ(named_from(merged(), "3000", "stock@current"), "/5000");
  for (const std::string text : {"current", "+1", "billing@-1"}) {
    EXPECT_EQ(named(merged(), text), usage("'" + text + "' counts from the state of a database, and there is none here",
                                           "name a revision, or give a database with --url"));
  }
}

// ---- branches ----

TEST(Resolve, ABranchIsARevisionWithItsAncestorsAndDescendants) {
  EXPECT_EQ(named(merged(), "billing@head"), "6000");
  EXPECT_EQ(named(merged(), "stock@head"), "7000");
  EXPECT_EQ(named(merged(), "3000@head"), "6000") << "any id names its branch";
  EXPECT_EQ(named(merged(), "stock@heads"), "7000");
  EXPECT_EQ(named(forked(), "billing@heads"), "20260101");
  EXPECT_EQ(named(forked(), "1@heads"), "20260101 20260102");
  EXPECT_EQ(named(merged(), "billing@2000"), "2000");
  EXPECT_EQ(named(merged(), "billing@5000"),
            usage("5000 is not on the branch 'billing'", "a branch is a revision with its ancestors and descendants"))
      << "a dependency is no ancestor";
  EXPECT_EQ(named(forked(), "1@head"), "2\nerror: '1@head' is ambiguous: the branch has several heads\n"
                                       "20260101_b.sql: note: it could be 20260101  b\n"
                                       "20260102_c.sql: note: it could be 20260102  c\n"
                                       "hint: name one of them, or write 1@heads for all\n");
}

// ---- steps ----

TEST(Resolve, StepsUp) {
  EXPECT_EQ(named(linear(), "1+2"), "3");
  EXPECT_EQ(named(linear(), "base+2"), "2");
  EXPECT_EQ(named(merged(), "billing@base+1"), "1000");
  EXPECT_EQ(named(merged(), "billing@2000+1"), "4000");
  EXPECT_EQ(named(merged(), "3000@2000+2"), "6000");
  EXPECT_EQ(named_from(linear(), "2", "+1"), "3");
  EXPECT_EQ(named_from(linear(), "base", "+2"), "2");
  EXPECT_EQ(named_from(merged(), "3000,4000", "3000@+1"), "6000");
  EXPECT_EQ(named_from(merged(), "3000,4000", "stock@+1"), "7000");
  EXPECT_EQ(named_from(merged(), "2000", "stock@+2"), "7000") << "nothing of that branch is applied yet";
}

TEST(Resolve, StepsDown) {
  EXPECT_EQ(named(linear(), "head-1"), "3");
  EXPECT_EQ(named(linear(), "head-3"), "1");
  EXPECT_EQ(named(linear(), "head-4"), "/1");
  EXPECT_EQ(named(linear(), "3-2"), "1");
  EXPECT_EQ(named(merged(), "billing@head-1"), "4000");
  EXPECT_EQ(named(merged(), "3000@head-1"), "3000");
  EXPECT_EQ(named(merged(), "stock@head-2"), "/5000");
  EXPECT_EQ(named_from(linear(), "3", "-1"), "2");
}

TEST(Resolve, StepsBeyondAnEndAreRefused) {
  EXPECT_EQ(named(linear(), "2+3"), "2\nerror: '2+3' leads beyond the head: only 2 revisions are left\n");
  EXPECT_EQ(named(linear(), "3+2"), "2\nerror: '3+2' leads beyond the head: only 1 revision is left\n");
  EXPECT_EQ(named(linear(), "3-4"), "2\nerror: '3-4' leads below the base: only 3 revisions are there\n");
  EXPECT_EQ(named(linear(), "base-1"), "2\nerror: 'base-1' leads below the base: no revision is there\n");
}

TEST(Resolve, StepsThatCouldGoSeveralWaysAreRefused) {
  EXPECT_EQ(named(forked(), "1+1"), "2\nerror: '1+1' is ambiguous: several revisions could come next\n"
                                    "20260101_b.sql: note: it could be 20260101  b\n"
                                    "20260102_c.sql: note: it could be 20260102  c\n"
                                    "hint: name the revision, or a branch: BRANCH@+1\n");
  EXPECT_EQ(named(merged(), "base+1"), "2\nerror: 'base+1' is ambiguous: several revisions could come next\n"
                                       "1000_a.sql: note: it could be 1000  a\n"
                                       "5000_e.sql: note: it could be 5000  e\n"
                                       "hint: name the revision, or a branch: BRANCH@+1\n");
  EXPECT_EQ(named(merged(), "6000-1"), "2\nerror: '6000-1' is ambiguous: 6000 has several parents\n"
                                       "3000_c.sql: note: it could be 3000  c\n"
                                       "4000_d.sql: note: it could be 4000  d\n"
                                       "hint: name the revision, or a branch: BRANCH@-1\n");
  EXPECT_EQ(named(forked(), "heads-1"),
            "2\nerror: 'heads-1' is ambiguous: there are several revisions to go down from\n"
            "20260101_b.sql: note: it could be 20260101  b\n"
            "20260102_c.sql: note: it could be 20260102  c\n"
            "hint: name the revision, or a branch: BRANCH@-1\n");
}

// ---- states, single revisions ----

TEST(ResolveState, IsClosed) {
  const auto state = [](const History& history, std::string_view text) {
    return ids(history, resolve_state(history, text).members());
  };
  EXPECT_EQ(state(merged(), "base"), "");
  EXPECT_EQ(state(merged(), "2000"), "1000 2000");
  EXPECT_EQ(state(merged(), "4000"), "1000 2000 4000 5000");
  EXPECT_EQ(state(merged(), "3000,5000"), "1000 2000 3000 5000");
  EXPECT_EQ(state(merged(), "base,5000"), "5000");
  EXPECT_EQ(state(merged(), "heads"), "1000 2000 3000 4000 5000 6000 7000");
  EXPECT_EQ(state(history_of({}), "heads"), "");
}

TEST(ResolveRevision, IsOne) {
  const History history = merged();
  EXPECT_EQ(history[resolve_revision(history, "billing@head")].id, "6000");
  for (const std::string text : {"base", "heads", "1000,2000"}) {
    EXPECT_EQ(refusal([&] { resolve_revision(history, text); }),
              usage("'" + text + "' does not name one revision", "write its id"));
  }
}

} // namespace
} // namespace retort
