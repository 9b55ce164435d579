#include "revision/compile.hpp"
#include "support/compiled.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string sqlite(const std::string& text, WayDown way_down = WayDown::must_work) {
  return compiled(text, Dialect::sqlite, way_down);
}
std::string postgresql(const std::string& text, WayDown way_down = WayDown::must_work) {
  return compiled(text, Dialect::postgresql, way_down);
}

TEST(Compile, SectionsRunInFileOrder) {
  EXPECT_EQ(sqlite("-- migrate:up\nA; B;\n-- migrate:down\nY; -- c\nZ\n-- migrate:up\nC;\n-- migrate:down\nX;"),
            "up {A; B; C}\ndown {Y; Z; X}\n");
}

TEST(Compile, ASectionMayCountForOneDialect) {
  const std::string text = "-- migrate:up\nA;\n-- migrate:up dialect:postgresql\nB;\n-- migrate:up dialect:sqlite\nC;\n"
                           "-- migrate:down dialect:sqlite\nD;\n-- migrate:down dialect:postgresql\nE;\n";
  EXPECT_EQ(sqlite(text), "up {A; C}\ndown {D}\n");
  EXPECT_EQ(postgresql(text), "up {A; B}\ndown {E}\n");
}

TEST(Compile, WithoutADownSectionItIsIrreversible) {
  EXPECT_EQ(sqlite("-- migrate:up\nA;\n"), "up {A}\nirreversible\n");
  EXPECT_EQ(sqlite("-- migrate:up\nA;\n-- migrate:down dialect:postgresql\nB;\n"), "up {A}\nirreversible\n");
}

TEST(Compile, AnEmptyDownSectionIsANoOpWithANote) {
  EXPECT_EQ(sqlite("-- migrate:up\nA;\n-- migrate:down\n-- nothing to undo\n;\n"),
            "up {A}\ndown\na.sql: note: the way down runs no statement\n");
}

TEST(Compile, WhereTheWayUpRunsNothingTheWayDownNeedsNoNote) {
  EXPECT_EQ(sqlite("-- migrate:up\n\n-- migrate:down\n"), "up\ndown\n");
}

TEST(Compile, WhatDoesNotCountForADialectDoesNothingThere) {
  EXPECT_EQ(sqlite("-- migrate:up dialect:postgresql\nA;\n"), "up\ndown\n");
  EXPECT_EQ(sqlite("-- migrate:up\n"), "up\nirreversible\n");
}

TEST(Compile, StatementsOutsideATransactionAreUnitsOfTheirOwn) {
  EXPECT_EQ(
      sqlite("-- migrate:up\nA; B;\n-- migrate:up transaction:false\nC; D;\n-- migrate:up\nE;\n-- migrate:up\nF;\n"),
      "up {A; B} !{C} !{D} {E; F}\nirreversible\n");
}

TEST(Compile, UnitsHaveChecksumsWhenThereAreSeveral) {
  Diagnostics diagnostics;
  const auto unit_checksums = [&](const std::string& text) {
    std::vector<std::string> checksums;
    for (const Unit& unit : revision_of({"a", text}, Dialect::sqlite, diagnostics).up.units) {
      checksums.push_back(unit.checksum);
    }
    return checksums;
  };
  EXPECT_EQ(unit_checksums("-- migrate:up\nA;\n"), std::vector<std::string>{""});
  const auto several = unit_checksums("-- migrate:up transaction:false\nA; B; A;\n");
  ASSERT_EQ(several.size(), 3U);
  EXPECT_EQ(several[0].size(), 64U);
  EXPECT_EQ(several[0], several[2]);
  EXPECT_NE(several[0], several[1]);
  EXPECT_EQ(unit_checksums("-- migrate:up transaction:false\nA /* c */;\n-- d\n B; A"), several) << "as a revision's";
}

TEST(Compile, TransactionCutAsksForACommit) {
  EXPECT_EQ(sqlite("-- Transaction: cut\n-- migrate:up\nA;\n"), "cut\nup {A}\nirreversible\n");
}

TEST(Compile, F19_ANewEnumValueNeedsACommit) {
  EXPECT_EQ(postgresql("-- migrate:up\nALTER TYPE s.mood ADD VALUE IF NOT EXISTS 'x';\n-- migrate:down\n;SELECT 1;\n"),
            "cut\nup {ALTER TYPE s.mood ADD VALUE IF NOT EXISTS 'x'}\ndown {SELECT 1}\n");
  EXPECT_EQ(postgresql("-- migrate:up\nSELECT 1;\n-- migrate:down\nALTER TYPE mood ADD VALUE 'x';\n"),
            "cut\nup {SELECT 1}\ndown {ALTER TYPE mood ADD VALUE 'x'}\n");
  EXPECT_EQ(postgresql("-- migrate:up\nALTER TYPE mood RENAME VALUE 'x' TO 'y';\n"),
            "up {ALTER TYPE mood RENAME VALUE 'x' TO 'y'}\nirreversible\n");
}

TEST(Compile, F16_WhatCannotRunInATransactionIsRefusedThere) {
  EXPECT_EQ(postgresql("-- migrate:up\n  CREATE UNIQUE INDEX CONCURRENTLY i\n  ON a (b);\n"),
            "up {CREATE UNIQUE INDEX CONCURRENTLY i\n  ON a (b)}\nirreversible\n"
            "a.sql:2:3: error: CREATE INDEX CONCURRENTLY cannot run inside a transaction\n"
            "    2 |   CREATE UNIQUE INDEX CONCURRENTLY i\n"
            "      |   ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
            "hint: move it to a section of its own: -- migrate:up transaction:false\n");
  EXPECT_EQ(postgresql("-- migrate:up\n-- migrate:down\nVACUUM;\n"),
            "up\ndown {VACUUM}\n"
            "a.sql:3:1: error: VACUUM cannot run inside a transaction\n"
            "    3 | VACUUM;\n"
            "      | ^~~~~~\n"
            "hint: move it to a section of its own: -- migrate:down transaction:false\n");
  EXPECT_EQ(postgresql("-- migrate:up transaction:false\nDROP INDEX CONCURRENTLY i;\n"),
            "up !{DROP INDEX CONCURRENTLY i}\nirreversible\n");
}

TEST(Compile, F29_PragmasThatNeedNoTransactionAreRefusedInOne) {
  EXPECT_EQ(sqlite("-- migrate:up\nPRAGMA journal_mode = wal;\n"),
            "up {PRAGMA journal_mode = wal}\nirreversible\n"
            "a.sql:2:1: error: PRAGMA journal_mode cannot run inside a transaction\n"
            "    2 | PRAGMA journal_mode = wal;\n"
            "      | ^~~~~~~~~~~~~~~~~~~~~~~~~\n"
            "hint: move it to a section of its own: -- migrate:up transaction:false\n");
  EXPECT_EQ(sqlite("-- migrate:up\nPRAGMA journal_mode;\n"), "up {PRAGMA journal_mode}\nirreversible\n");
}

TEST(Compile, F22_PragmaForeignKeysInATransactionIsWarnedOf) {
  EXPECT_EQ(sqlite("-- migrate:up\nPRAGMA main.foreign_keys=off;\nA;\n"),
            "up {PRAGMA main.foreign_keys=off; A}\nirreversible\n"
            "a.sql:2:1: warning: PRAGMA foreign_keys has no effect inside a transaction\n"
            "    2 | PRAGMA main.foreign_keys=off;\n"
            "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
            "hint: remove it: Retort switches foreign keys off while it upgrades, and checks them before it commits\n");
  EXPECT_EQ(sqlite("-- migrate:up transaction:false\nPRAGMA foreign_keys=off;\n"),
            "up !{PRAGMA foreign_keys=off}\nirreversible\n");
}

TEST(Compile, ErrorsOfTheSplitterAreReported) {
  EXPECT_EQ(sqlite("-- migrate:up\nA;\nSELECT 'b;\n"), "up {A; SELECT 'b;\n}\nirreversible\n"
                                                       "a.sql:3:8: error: unterminated string\n"
                                                       "    3 | SELECT 'b;\n"
                                                       "      |        ^\n");
}

TEST(Compile, ReportsEveryProblemInOneRun) {
  EXPECT_EQ(sqlite("-- migrate:up\nROLLBACK; VACUUM;\n-- migrate:down\nDETACH x;\n"),
            "up {ROLLBACK; VACUUM}\ndown {DETACH x}\n"
            "a.sql:2:1: error: transaction control in a revision: ROLLBACK\n"
            "    2 | ROLLBACK; VACUUM;\n"
            "      | ^~~~~~~~\n"
            "hint: Retort opens and ends the transaction; remove the statement, or split the revision here\n"
            "a.sql:2:11: error: VACUUM cannot run inside a transaction\n"
            "    2 | ROLLBACK; VACUUM;\n"
            "      |           ^~~~~~\n"
            "hint: move it to a section of its own: -- migrate:up transaction:false\n"
            "a.sql:4:1: error: DETACH cannot run inside a transaction\n"
            "    4 | DETACH x;\n"
            "      | ^~~~~~~~\n"
            "hint: move it to a section of its own: -- migrate:down transaction:false\n");
}

// ---- a way down that may fail ----

TEST(CompileWayDown, MayFailWithAWarning) {
  const std::string text = "-- migrate:up\nA;\n-- migrate:down\nSELECT 'b;\n";
  EXPECT_EQ(sqlite(text, WayDown::may_fail), "up {A}\nirreversible\n"
                                             "a.sql:4:8: warning: unterminated string\n"
                                             "    4 | SELECT 'b;\n"
                                             "      |        ^\n");
}

TEST(CompileWayDown, GoesNotWithIrreversible) {
  const std::string text = "-- Irreversible: gone is gone\n-- migrate:up\nA;\n-- migrate:down dialect:sqlite\nB;\n";
  EXPECT_EQ(sqlite(text), "up {A}\ndown {B}\n"
                          "a.sql:1:18: error: a way down in a revision that is irreversible\n"
                          "    1 | -- Irreversible: gone is gone\n"
                          "      |                  ^~~~~~~~~~~~\n"
                          "hint: remove the way down, or this line\n");
  EXPECT_EQ(sqlite(text, WayDown::may_fail).substr(0, 20), "up {A}\nirreversible\n");
  EXPECT_EQ(compiled(text, Dialect::postgresql), "up {A}\nirreversible\n");
}

TEST(CompileWayDown, NotesStayNotes) {
  EXPECT_EQ(sqlite("-- migrate:up\nA;\n-- migrate:down\nBEGIN; B; COMMIT;\n", WayDown::may_fail),
            "up {A}\ndown {B}\n"
            "a.sql:4:1: note: the outer transaction is left out: Retort opens its own\n"
            "    4 | BEGIN; B; COMMIT;\n"
            "      | ^~~~~\n");
}

TEST(CompileWayDown, TheWayUpMayNot) {
  Diagnostics diagnostics;
  revision_of({"a", "-- migrate:up\nVACUUM;\n"}, Dialect::sqlite, diagnostics, WayDown::may_fail);
  EXPECT_EQ(diagnostics.errors(), 1U);
}

} // namespace
} // namespace retort
