#include "revision/reader.hpp"
#include "support/compiled.hpp"
#include "support/folder.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

namespace fs = std::filesystem;

class Reader : public testing::Test {
protected:
  Reading reading(Diagnostics& diagnostics, std::optional<Dialect> dialect = Dialect::sqlite) const {
    return read_revisions(folder_.path(), dialect, WayDown::must_work, diagnostics);
  }

  /// The revisions, with what they run; then the diagnostics.
  std::string read() const {
    Diagnostics diagnostics;
    const Reading reading = this->reading(diagnostics);
    std::string out;
    for (const Revision& revision : reading.revisions) {
      out += revision.id + " '" + revision.message + "' " + revision.path + "\n";
      out += " up" + shown(revision.up);
      out += revision.down ? " down" + shown(*revision.down) : " irreversible\n";
    }
    return folder_.without_path(out + rendered(diagnostics));
  }

  Folder folder_;
};

TEST_F(Reader, ReadsTheNativeForm) {
  folder_.write("2_b.sql", "-- Second.\n-- Revises: 1\n-- migrate:up\nA;\n-- migrate:down\nB;\n");
  folder_.write("1_first_of-all.sql", "-- migrate:up\nC;\n");
  EXPECT_EQ(read(), "1 'first of all' 1_first_of-all.sql\n up {C}\n irreversible\n"
                    "2 'Second.' 2_b.sql\n up {A}\n down {B}\n");
}

TEST_F(Reader, ReturnsRevisionsInIdOrder) {
  for (const std::string id : {"10", "9", "20260101", "2026-01-01-120000", "002"}) {
    folder_.write(id + "_x.sql", "-- migrate:up\n");
  }
  Diagnostics diagnostics;
  std::string order;
  for (const Revision& revision : reading(diagnostics).revisions) {
    order += revision.id + " ";
  }
  EXPECT_EQ(order, "002 9 10 20260101 20260101120000 ");
}

TEST_F(Reader, ReadsFolders) {
  folder_.write("1_add_a/up.sql", "-- Revises: base\n-- a comment\nA;\n");
  folder_.write("1_add_a/down.sql", "-- another\nB;");
  EXPECT_EQ(read(), "1 'add a' 1_add_a\n up {A}\n down {B}\n");
  Diagnostics diagnostics;
  EXPECT_EQ(reading(diagnostics).revisions[0].revises->size(), 0U);
}

TEST_F(Reader, ReadsPairs) {
  folder_.write("1_add_a.up.sql", "A;");
  folder_.write("1_add_a.down.sql", "");
  folder_.write("2_b.up.sql", "");
  EXPECT_EQ(read(), "1 'add a' 1_add_a.up.sql\n up {A}\n down\n"
                    "2 'b' 2_b.up.sql\n up\n irreversible\n"
                    "1_add_a.up.sql: note: the way down runs no statement\n");
}

TEST_F(Reader, AFileMayHaveAnOuterTransaction) {
  folder_.write("1/up.sql", "PRAGMA foreign_keys=off;\n BEGIN;\nA;\nCOMMIT;\n");
  EXPECT_EQ(read(), "1 '' 1\n up {A}\n irreversible\n"
                    "1/up.sql:2:2: note: the outer transaction is left out: Retort opens its own\n"
                    "    2 |  BEGIN;\n"
                    "      |  ^~~~~\n");
}

TEST_F(Reader, F34_AcceptsByteOrderMarksAndCarriageReturns) {
  folder_.write("1_a.sql", "\xEF\xBB\xBF-- migrate:up\r\nA;\r\n");
  folder_.write("2_b/up.sql", "\xEF\xBB\xBF"
                              "A;\r\nB;\r\n");
  EXPECT_EQ(read(), "1 'a' 1_a.sql\n up {A}\n irreversible\n2 'b' 2_b\n up {A; B}\n irreversible\n");
}

TEST_F(Reader, F34_ColumnsCountCharactersWithoutTheMark) {
  folder_.write("1.sql", "\xEF\xBB\xBF-- migrate:upé\r\n\té ROLLBACK;\r\n'é';\tROLLBACK;\r\n");
  EXPECT_EQ(read(), "1 '' 1.sql\n up {é ROLLBACK; 'é'; ROLLBACK}\n irreversible\n"
                    "1.sql:1:4: error: unknown section 'migrate:upé'\n"
                    "    1 | -- migrate:upé\n"
                    "      |    ^~~~~~~~~~~\n"
                    "hint: a section begins with '-- migrate:up' or '-- migrate:down'\n"
                    "1.sql:3:6: error: transaction control in a revision: ROLLBACK\n"
                    "    3 | 'é';\tROLLBACK;\n"
                    "      |     \t^~~~~~~~\n"
                    "hint: Retort opens and ends the transaction; remove the statement, or split the revision here\n");
}

TEST_F(Reader, F34_WhatIsNoTextIsAnError) {
  folder_.write("1_a.sql", "-- migrate:up\nSELECT '\xE4';\n");
  EXPECT_EQ(read(), "1 'a' 1_a.sql\n up\n down\n"
                    "1_a.sql:2:9: error: invalid UTF-8 at byte offset 22\n"
                    "    2 | SELECT '\\xe4';\n"
                    "      |         ^~~~\n");
}

// ---- metadata.toml ----

TEST_F(Reader, MetadataSaysWhetherATransactionIsWanted) {
  folder_.write("1/up.sql", "A; B;");
  folder_.write("1/down.sql", "C;");
  folder_.write("1/metadata.toml", "run_in_transaction = false\n");
  folder_.write("2/up.sql", "A; B;");
  folder_.write("2/metadata.toml", "run_in_transaction = true\nother = 1\n");
  folder_.write("3/up.sql", "A;");
  folder_.write("3/metadata.toml", "");
  EXPECT_EQ(read(), "1 '' 1\n up !{A} !{B}\n down !{C}\n2 '' 2\n up {A; B}\n irreversible\n"
                    "3 '' 3\n up {A}\n irreversible\n");
}

TEST_F(Reader, MetadataOfAnotherTypeIsAnError) {
  folder_.write("1/up.sql", "A;");
  folder_.write("1/metadata.toml", "run_in_transaction = \"no\"\n");
  EXPECT_EQ(read(), "1 '' 1\n up {A}\n irreversible\n"
                    "1/metadata.toml:1:22: error: 'run_in_transaction' must be true or false\n"
                    "    1 | run_in_transaction = \"no\"\n"
                    "      |                      ^\n");
}

TEST_F(Reader, MetadataThatIsNoTomlIsAnError) {
  folder_.write("1/up.sql", "A;");
  folder_.write("1/metadata.toml", "# é\nrun_in_transaction = \n");
  const std::string text = read();
  EXPECT_EQ(text.substr(0, text.find("error: ")), "1 '' 1\n up {A}\n irreversible\n1/metadata.toml:2:22: ");
  EXPECT_EQ(text.substr(text.find("\n    2 | ")), "\n    2 | run_in_transaction = \n"
                                                  "      |                      ^\n");
}

// ---- names ----

TEST_F(Reader, AFileWithoutAMarkerIsAnErrorWhenItsNameBeginsWithADigit) {
  folder_.write("1_a.sql", "A;");
  EXPECT_EQ(read(), "1_a.sql: error: no '-- migrate:up' in this file\n"
                    "hint: write '-- migrate:up' on a line of its own before the SQL\n");
}

TEST_F(Reader, AnyOtherFileWithoutAMarkerIsPassedOver) {
  folder_.write("data_import.sql", "A;");
  folder_.write("_.sql", "A;");
  EXPECT_EQ(read(), "_.sql: note: passed over: no '-- migrate:up' in it, and no revision by its name\n"
                    "data_import.sql: note: passed over: no '-- migrate:up' in it, and no revision by its name\n");
}

TEST_F(Reader, F37_AnIllegalIdIsAnError) {
  folder_.write("head_x.sql", "-- migrate:up\n");
  folder_.write("1+1_x.up.sql", "");
  folder_.write("_x/up.sql", "");
  const std::string hint = "hint: the id is the name up to the first '_'; it is made of letters, digits and '.'\n";
  EXPECT_EQ(read(), " 'x' _x\n up\n irreversible\n1+1 'x' 1+1_x.up.sql\n up\n irreversible\n"
                    "head 'x' head_x.sql\n up\n irreversible\n"
                    "1+1_x.up.sql: error: illegal id '1+1'\n" +
                        hint + "_x: error: illegal id ''\n" + hint + "head_x.sql: error: illegal id 'head'\n" + hint);
}

TEST_F(Reader, MarkersInAFileOfOneDirectionAreErrors) {
  folder_.write("1_a.up.sql", "-- migrate:up\nA;\n-- migrate:down\nB;\n");
  EXPECT_EQ(read(), "1 'a' 1_a.up.sql\n up {A; B}\n irreversible\n"
                    "1_a.up.sql: error: section markers in a file that is one direction by its name\n"
                    "hint: use one file ID_slug.sql with sections, or two files without\n");
}

// ---- what is looked at ----

TEST_F(Reader, F38_AFileThatCannotBeReadIsAnError) {
  folder_.write("1/up.sql", "A;");
  fs::create_directory(folder_ / "1/down.sql");
  fs::create_directory(folder_ / "2");
  fs::create_symlink("none", folder_ / "2/up.sql");
  EXPECT_EQ(read(), "1 '' 1\n up {A}\n down\n2 '' 2\n up\n irreversible\n"
                    "1: note: the way down runs no statement\n"
                    "1/down.sql: error: cannot read the file: Is a directory\n"
                    "2/up.sql: error: cannot read the file: No such file or directory\n");
}

TEST_F(Reader, NamesEverythingThatItLookedAt) {
  folder_.write("1/up.sql", "");
  folder_.write("1/down.sql", "");
  folder_.write("1/metadata.toml", "");
  folder_.write("2.sql", "-- migrate:up\n");
  folder_.write("README", "");
  fs::create_directory(folder_ / "empty");
  Diagnostics diagnostics;
  std::string inputs;
  for (const std::string& input : reading(diagnostics).inputs) {
    inputs += folder_.without_path(input) + "\n";
  }
  EXPECT_EQ(inputs, "\n1\nempty\n1/up.sql\n1/metadata.toml\n1/down.sql\n2.sql\n");
}

TEST_F(Reader, ChecksumsDoNotDependOnWaysDownAndOtherFiles) {
  const std::string one = "-- migrate:up\nA;\n";
  const std::string several = "-- migrate:up transaction:false\nA; B;\n";
  const std::string down = "-- migrate:down\nC;\n";
  folder_.write("1.sql", one + down);
  folder_.write("2.sql", several + down);
  folder_.write("3.sql", one + down);
  Diagnostics diagnostics;
  const std::vector<Revision> read = reading(diagnostics).revisions;
  const Revision alone = revision_of({"1", one}, Dialect::sqlite, diagnostics);
  const Revision units = revision_of({"2", several}, Dialect::sqlite, diagnostics);
  EXPECT_EQ(read.at(0).checksum, alone.checksum);
  EXPECT_EQ(read.at(1).checksum, units.checksum);
  EXPECT_EQ(read.at(1).up.units.at(0).checksum, units.up.units.at(0).checksum);
  EXPECT_EQ(read.at(2).checksum, alone.checksum);
}

TEST_F(Reader, WithoutADialectNothingIsCompiled) {
  folder_.write("1.sql", "-- migrate:up\nROLLBACK;\n");
  Diagnostics diagnostics;
  const Reading read = reading(diagnostics, {});
  EXPECT_EQ(rendered(diagnostics), "");
  ASSERT_EQ(read.revisions.size(), 1U);
  EXPECT_EQ(read.revisions[0].checksum, "");
}

TEST_F(Reader, ReportsEveryProblemOfEveryFile) {
  folder_.write("1.sql", "-- Revise: base\n-- migrate:up\nROLLBACK;\nSELECT 'a;\n");
  folder_.write("2.sql", "A;");
  folder_.write("3.up.sql", "VACUUM;");
  folder_.write("4.down.sql", "");
  Diagnostics diagnostics;
  reading(diagnostics);
  EXPECT_EQ(diagnostics.errors(), 6U) << rendered(diagnostics);
}

} // namespace
} // namespace retort
