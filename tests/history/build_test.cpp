#include "history/history.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

const std::string up = "-- migrate:up\n";

/// What is wrong with a history of these texts.
std::string problems(const std::vector<RevisionText>& texts) {
  Diagnostics diagnostics;
  History::build(revisions_of(texts, Dialect::sqlite, diagnostics), diagnostics);
  return rendered(diagnostics);
}

TEST(HistoryBuild, F37_AMissingParentIsAnError) {
  EXPECT_EQ(problems({{"1", up}, {"2", "-- Revises: 1, 20260101\n" + up}}),
            "2.sql:1:16: error: missing parent '20260101'\n"
            "    1 | -- Revises: 1, 20260101\n"
            "      |                ^~~~~~~~\n"
            "hint: no revision in this directory has that id; was its file deleted, or not added yet?\n");
}

TEST(HistoryBuild, F37_AMissingDependencyIsAnError) {
  EXPECT_EQ(problems({{"1", "-- Revises: base\n-- Depends-On: 9\n" + up}}),
            "1.sql:2:16: error: missing dependency '9'\n"
            "    2 | -- Depends-On: 9\n"
            "      |                ^\n"
            "hint: no revision in this directory has that id; was its file deleted, or not added yet?\n");
}

TEST(HistoryBuild, F37_ADuplicateIdIsAnError) {
  EXPECT_EQ(problems({{"1_a", up}, {"1_b", up}, {"2", "-- Revises: 1\n" + up}}),
            "1_b.sql: error: duplicate id '1'\n"
            "1_a.sql: note: the other revision with this id is here\n"
            "hint: rename one of the two\n");
}

TEST(HistoryBuild, F37_EveryDuplicateIsReported) {
  EXPECT_EQ(problems({{"1_a", up}, {"1_b", up}, {"1_c", up}}),
            "1_b.sql: error: duplicate id '1'\n"
            "1_a.sql: note: the other revision with this id is here\n"
            "hint: rename one of the two\n"
            "1_c.sql: error: duplicate id '1'\n"
            "1_a.sql: note: the other revision with this id is here\n"
            "hint: rename one of the two\n");
}

TEST(HistoryBuild, ALabelInUseIsAnError) {
  EXPECT_EQ(problems({{"1", "-- Branch: a, b\n" + up}, {"2", "-- Branch: c,b\n" + up}}),
            "2.sql:1:14: error: label 'b' is already in use\n"
            "    1 | -- Branch: c,b\n"
            "      |              ^\n"
            "1.sql: note: the other revision with this label is here\n");
}

TEST(HistoryBuild, ALabelThatIsAnIdIsAnError) {
  EXPECT_EQ(problems({{"1_x", up}, {"2", "-- Branch: 1\n" + up}}), "2.sql:1:12: error: label '1' is a revision's id\n"
                                                                   "    1 | -- Branch: 1\n"
                                                                   "      |            ^\n"
                                                                   "1_x.sql: note: the revision is here\n");
}

TEST(HistoryBuild, F37_AnAmbiguousPrefixIsAnError) {
  EXPECT_EQ(problems({{"20260101_a", up}, {"20260102_b", up}, {"3000", "-- Revises: 2026-01\n" + up}}),
            "3000.sql:1:13: error: ambiguous prefix '202601'\n"
            "    1 | -- Revises: 2026-01\n"
            "      |             ^~~~~~~\n"
            "20260101_a.sql: note: it could be 20260101\n"
            "20260102_b.sql: note: it could be 20260102\n"
            "hint: write the whole id\n");
}

TEST(HistoryBuild, APrefixHasFourCharacters) {
  EXPECT_EQ(problems({{"20260101", up}, {"20270101", "-- Revises: 2026\n" + up}}), "");
  EXPECT_EQ(problems({{"20260101", "-- Revises: base\n" + up}, {"30000101", "-- Revises: 202\n" + up}}),
            "30000101.sql:1:13: error: missing parent '202'\n"
            "    1 | -- Revises: 202\n"
            "      |             ^~~\n"
            "hint: no revision in this directory has that id; was its file deleted, or not added yet?\n");
}

TEST(HistoryBuild, AParentNamedTwiceIsAnError) {
  EXPECT_EQ(problems({{"1111", "-- Branch: a\n" + up}, {"2", "-- Revises: 1111,a\n-- Depends-On: 1111, 1111\n" + up}}),
            "2.sql:1:18: error: parent 'a' is named twice\n"
            "    1 | -- Revises: 1111,a\n"
            "      |                  ^\n"
            "2.sql:2:22: error: dependency '1111' is named twice\n"
            "    2 | -- Depends-On: 1111, 1111\n"
            "      |                      ^~~~\n");
}

// ---- cycles ----

TEST(HistoryBuild, F37_ACycleIsAnError) {
  EXPECT_EQ(problems({{"1", "-- Revises: base\n" + up},
                      {"2", "-- Revises: 1, 4\n" + up},
                      {"3", "-- Revises: 2\n" + up},
                      {"4", "-- Revises: 3\n" + up},
                      {"5", "-- Revises: 4\n" + up}}),
            "2.sql:1:16: error: cycle: 2 -> 4 -> 3 -> 2\n"
            "    1 | -- Revises: 1, 4\n"
            "      |                ^\n"
            "4.sql:1:13: note: 4 is part of it\n"
            "    1 | -- Revises: 3\n"
            "      |             ^\n"
            "3.sql:1:13: note: 3 is part of it\n"
            "    1 | -- Revises: 2\n"
            "      |             ^\n"
            "hint: an arrow reads 'comes after'; remove one of them\n");
}

TEST(HistoryBuild, F37_ARevisionCannotFollowItself) {
  EXPECT_EQ(problems({{"1", "-- Revises: 1\n" + up}}), "1.sql:1:13: error: cycle: 1 -> 1\n"
                                                       "    1 | -- Revises: 1\n"
                                                       "      |             ^\n"
                                                       "hint: an arrow reads 'comes after'; remove one of them\n");
}

TEST(HistoryBuild, F37_ACycleMayRunOverADependency) {
  EXPECT_EQ(problems({{"1", "-- Depends-On: 2\n" + up}, {"2", up}}),
            "1.sql:1:16: error: cycle: 1 -> 2 -> 1\n"
            "    1 | -- Depends-On: 2\n"
            "      |                ^\n"
            "2.sql: note: 2 is part of it\n"
            "hint: an arrow reads 'comes after'; remove one of them\n");
}

TEST(HistoryBuild, F37_WhatOnlyFollowsACycleIsNoPartOfIt) {
  EXPECT_EQ(problems({{"1", "-- Revises: 3\n" + up}, {"2", "-- Revises: 3\n" + up}, {"3", "-- Revises: 2\n" + up}}),
            "2.sql:1:13: error: cycle: 2 -> 3 -> 2\n"
            "    1 | -- Revises: 3\n"
            "      |             ^\n"
            "3.sql:1:13: note: 3 is part of it\n"
            "    1 | -- Revises: 2\n"
            "      |             ^\n"
            "hint: an arrow reads 'comes after'; remove one of them\n");
}

TEST(HistoryBuild, ReportsEveryProblemInOneRun) {
  Diagnostics diagnostics;
  History::build(revisions_of({{"1_a", "-- Revises: 8\n" + up},
                               {"1_b", up},
                               {"2", "-- Revises: base\n-- Branch: 1\n-- Depends-On: 7\n" + up},
                               {"3", "-- Revises: 2, 2\n" + up}},
                              Dialect::sqlite, diagnostics),
                 diagnostics);
  EXPECT_EQ(diagnostics.errors(), 5U) << rendered(diagnostics);
}

} // namespace
} // namespace retort
