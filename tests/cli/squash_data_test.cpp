#include "cli/squash_test.hpp"

namespace retort {
namespace {

/// What new databases hold besides their schema.
class SquashDataTest : public SquashCommandTest {
protected:
  std::string refused(const std::string& warnings) const {
    return "exit 1\n--- err\n" + warnings +
           "error: a new database would not have what the range leaves in one\n"
           "hint: --rename TABLE.OLD=NEW keeps values where a name changed; --yes accepts it\n";
  }

  std::string written() const { return tool_.read("migrations/0004_squash_0003_to_0004.sql"); }
};

TEST_F(SquashDataTest, ListsTablesWithOtherRows) {
  tool_.revision("0003_text", "-- Drop.\n\n-- migrate:up\nDROP TABLE tag;\n-- migrate:down\nCREATE TABLE tag (id "
                              "INTEGER PRIMARY KEY, name TEXT);\n");
  tool_.revision("0004_last", "-- Create.\n\n-- migrate:up\nCREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT);\n"
                              "-- migrate:down\nDROP TABLE tag;\n");
  const std::string warnings = "warning: sqlite: behind the way up, table tag has 1 row instead of 0\n"
                               "warning: sqlite: behind the way down, table tag has 1 row instead of 0\n";
  EXPECT_EQ(squash({"0003:0004"}), refused(warnings));
  EXPECT_EQ(squash({"0003:0004", "--without-data"}), refused(warnings));
  expect_untouched();
  EXPECT_EQ(squash({"0003:0004", "--yes"}), "exit 0\n--- out\nmigrations/0004_squash_0003_to_0004.sql\n--- err\n" +
                                                warnings + "2 revisions are in migrations/replaced now\n");
}

TEST_F(SquashDataTest, ListsOtherNextValues) {
  tool_.revision("0003_text", "-- Count.\n\n-- migrate:up\nCREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT);\n"
                              "INSERT INTO c VALUES (7);\nDELETE FROM c;\n-- migrate:down\nDROP TABLE c;\n");
  EXPECT_THAT(squash({"0003:0004", "--yes", "--leave-out", "0003_text.sql:5"}),
              testing::HasSubstr("warning: sqlite: behind the way up, the last AUTOINCREMENT value of table c: none "
                                 "instead of 7\n"));
}

TEST_F(SquashDataTest, KeepsWhatWaysDownDo) {
  tool_.revision("0003_text", "-- Seed.\n\n-- migrate:up\nINSERT INTO tag VALUES (2, 'blue');\n-- migrate:down\n"
                              "DELETE FROM tag WHERE id = 2;\n");
  EXPECT_THAT(squash({"0003:0004"}),
              testing::HasSubstr("\nmigrations/0003_text.sql:6:1: warning: no comparison of schemas can see what this "
                                 "does: DELETE FROM tag WHERE id = 2\n"));
  out({"squash", "0003:0004", "--yes"});
  EXPECT_THAT(written(), testing::HasSubstr("\n\n-- migrate:down\n-- From 0003.\nDELETE FROM tag WHERE id = 2;\n"
                                            "-- Careful: this loses the table \"last\".\nDROP TABLE \"last\";\n"));
  const std::string url = database_at("head");
  out({"downgrade", "0002", "-q", "-u", url});
  EXPECT_EQ(text({"upgrade", "head", "-u", url}).substr(0, 7), "exit 0\n");
}

TEST_F(SquashDataTest, LeavesOutSingleStatements) {
  tool_.revision("0003_text", "-- Seed.\n\n-- migrate:up\nINSERT INTO tag VALUES (2, 'blue');\n"
                              "INSERT INTO tag VALUES (3, 'green');\n");
  EXPECT_THAT(squash({"0003:0004", "--leave-out", "migrations/0003_text.sql:5"}),
              testing::HasSubstr("error: the range has 1 statement that no comparison of schemas can see\n"));
  EXPECT_THAT(squash({"0003:0004", "--leave-out", "0003_text.sql:6", "--yes"}),
              testing::EndsWith("error: no statement that is listed begins at 0003_text.sql:6\n"
                                "hint: write FILE:LINE as it is listed\n"));
  out({"squash", "0003:0004", "--leave-out", "0003_text.sql:5", "--yes"});
  EXPECT_THAT(written(), testing::EndsWith("-- From 0003.\nINSERT INTO tag VALUES (2, 'blue');\n"
                                           "-- Left out, from 0003: INSERT INTO tag VALUES (3, 'green')\n"));
}

TEST_F(SquashDataTest, SettingsGoWithTheirStatements) {
  tool_.revision("0003_text", "-- Seed.\n\n-- migrate:up\nPRAGMA recursive_triggers = ON;\n"
                              "INSERT INTO tag VALUES (2, 'blue');\nPRAGMA recursive_triggers = OFF;\n");
  const std::string url = "sqlite:at.db";
  EXPECT_THAT(squash({"0003:0004"}), testing::HasSubstr("error: the range has 1 statement that "));
  tool_.revision("0004_last", "-- Seed.\n\n-- migrate:up\nINSERT INTO tag VALUES (3, 'green');\n");
  EXPECT_THAT(
      squash({"0003:0004", "--yes"}),
      testing::EndsWith("migrations/0003_text.sql:4:1: error: what 0003 sets would hold for what follows: PRAGMA "
                        "recursive_triggers = ON\n    4 | PRAGMA recursive_triggers = ON;\n      | "
                        "^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
                        "hint: let the range end at 0003 or begin behind it, or leave out what needs the setting: "
                        "--leave-out FILE:LINE\n"));
  expect_untouched();
  out({"squash", "0003:0004", "--yes", "--leave-out", "0004_last.sql:4"});
  EXPECT_THAT(written(), testing::HasSubstr("-- From 0003.\nPRAGMA recursive_triggers = ON;\n-- From 0003.\n"
                                            "INSERT INTO tag VALUES (2, 'blue');\n-- Left out, from 0004: "));
}

TEST_F(SquashDataTest, EveryDialectThatASectionRunsIn) {
  tool_.write("retort.toml", "");
  tool_.revision("0003_text", "-- Both.\n\n-- migrate:up\nCREATE SCHEMA s;\n\n-- migrate:up dialect:postgresql\n"
                              "CREATE TABLE s.t (id integer);\n");
  EXPECT_THAT(squash({"0003:0004"}),
              testing::EndsWith("error: the range has sections for every dialect, and does not run in sqlite\n"
                                "hint: '--dialect postgresql' says that the history is for that one alone\n"));
  expect_untouched();
}

} // namespace
} // namespace retort
