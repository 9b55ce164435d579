#include "history/applied.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

const std::string up = "-- migrate:up\n";

const History history = history_of({{"1_a", "-- Revises: base\n-- migrate:up\nA;\n"},
                                    {"2_b", up},
                                    {"3_c", "-- Revises: 2\n-- migrate:up\nC;\n"},
                                    {"4_d", "-- Revises: base\n" + up}});

/// A database in which these rows stand, applied with today's text.
Applied applied(const std::vector<std::string>& ids) {
  Applied applied;
  applied.has_table = true;
  for (const std::string& id : ids) {
    const auto index = history.find(id);
    applied.revisions.push_back(
        {id, index ? history[*index].checksum : "c0ffee", "what it did", "2026-01-01T00:00:00.000Z", {}, {}, "0.1.0"});
  }
  return applied;
}

std::string drift(const Applied& applied) {
  const Drift found = find_drift(history, applied);
  Diagnostics diagnostics;
  report_drift(history, found, diagnostics);
  EXPECT_EQ(found.empty(), !diagnostics.has_errors());
  return rendered(diagnostics);
}

TEST(Applied, IsTheStateOfTheKnownRows) {
  EXPECT_EQ(ids(history, state_of(history, applied({"3", "1", "99"})).members()), "1 3");
  EXPECT_EQ(ids(history, state_of(history, {}).members()), "");
}

TEST(Drift, IsNoneWhenTheRowsFit) {
  EXPECT_EQ(drift({}), "");
  EXPECT_EQ(drift(applied({"1", "2"})), "");
  EXPECT_EQ(drift(applied({"4"})), "") << "a state is a set, not a high-water mark";
  EXPECT_EQ(drift(applied({"1", "2", "3", "4"})), "");
}

TEST(Drift, F37_AnAppliedRevisionHasGone) {
  EXPECT_EQ(drift(applied({"1", "0999"})),
            "error: 0999 is applied to the database, but has no file here: what it did\n"
            "hint: get the file back, or, if it is meant to be gone, forget it with 'stamp --purge'\n");
}

TEST(Drift, F37_AnAppliedRevisionWasEdited) {
  Applied edited = applied({"1", "2"});
  edited.revisions[0].checksum = "c0ffee";
  EXPECT_EQ(drift(edited), "1_a.sql: error: 1 was edited after it was applied\n"
                           "hint: undo the edit and write a new revision; or accept the new text with 'stamp' to "
                           "the current state\n");
}

TEST(Drift, F37_RenamingTheSlugIsNone) {
  Applied renamed = applied({"1"});
  renamed.revisions[0].message = "another";
  EXPECT_EQ(drift(renamed), "");
}

TEST(Drift, F37_ARevisionTurnsUpBelowAppliedOnes) {
  EXPECT_EQ(drift(applied({"3", "4"})),
            "1_a.sql: error: 1 is not applied, but revisions that follow it are\n"
            "hint: apply it late with --out-of-order\n"
            "2_b.sql: error: 2 is not applied, but revisions that follow it are\n"
            "hint: give it an id above the applied ones, or apply it late with --out-of-order\n");
}

TEST(Drift, EveryFindingIsReported) {
  Applied all = applied({"3", "77", "88"});
  all.revisions[0].checksum = "";
  const Drift found = find_drift(history, all);
  EXPECT_EQ(found.gone.size(), 2U);
  EXPECT_EQ(ids(history, found.edited), "3");
  EXPECT_EQ(ids(history, found.out_of_order), "1 2");
}

TEST(Applied, IsComparedByRowsAndJournal) {
  EXPECT_EQ(applied({"1", "2"}), applied({"1", "2"}));
  EXPECT_FALSE(applied({"1", "2"}) == applied({"1"}));
  Applied other = applied({"1"});
  other.revisions[0].checksum = "";
  EXPECT_FALSE(other == applied({"1"}));
  other = applied({"1"});
  other.journal.push_back({"2", Direction::up, 0, "c0ffee"});
  EXPECT_FALSE(other == applied({"1"}));
}

} // namespace
} // namespace retort
