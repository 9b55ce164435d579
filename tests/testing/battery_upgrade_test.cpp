#include "testing/battery_test.hpp"

namespace retort {
namespace {

const std::vector<RevisionText> sound = {
    {"1_a",
     "-- migrate:up\nCREATE TABLE a (x integer PRIMARY KEY, t text DEFAULT 'a; b');\nINSERT INTO a (x) VALUES (1);\n"
     "-- migrate:down\nDROP TABLE a;\n"},
    {"2_b", "-- migrate:up\nCREATE TABLE b (y integer REFERENCES a (x));\n-- migrate:down\nDROP TABLE b;\n"},
    {"3_c", "-- migrate:up\nCREATE INDEX c ON b (y);\n-- migrate:down\nDROP INDEX c;\n"}};

class Battery : public BatteryTest {};
INSTANTIATE_TEST_SUITE_P(Dialects, Battery, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(Battery, PassesOnASoundHistory) {
  std::string said;
  for (const std::string_view test : battery_names()) {
    said += std::string(test) + "\n" + run(std::string(test), sound);
  }
  EXPECT_EQ(said, either("single_head\nupgrade\nstepwise\n"
                         "up_down_up\n3 of 3 revisions went up, down and up again\n"
                         "offline_equals_online\n"
                         "idempotent_script\nskipped: SQLite has no idempotent scripts\n"
                         "guard\npopulated\ntwo_at_once\n"
                         "killed\nkilled 4 times\ndeclared_schema\nskipped: no schema is declared\n",
                         "single_head\nupgrade\nstepwise\n"
                         "up_down_up\n3 of 3 revisions went up, down and up again\n"
                         "offline_equals_online\nidempotent_script\n"
                         "guard\npopulated\ntwo_at_once\n"
                         "killed\nkilled 4 times\ndeclared_schema\nskipped: no schema is declared\n"));
}

TEST_P(Battery, PassesOnAnEmptyHistory) {
  for (const std::string_view test : battery_names()) {
    const std::string said = run(std::string(test), {});
    EXPECT_EQ(said.find("error"), std::string::npos) << test << ": " << said;
  }
}

TEST_P(Battery, PassesOnBranches) {
  const std::string table = "-- migrate:up\nCREATE TABLE t";
  const std::vector<RevisionText> branches = {
      {"1", "-- Revises: base\n" + table + "1 (a integer);\n-- migrate:down\nDROP TABLE t1;\n"},
      {"2", "-- Revises: 1\n" + table + "2 (a integer);\n-- migrate:down\nDROP TABLE t2;\n"},
      {"3", "-- Revises: 1\n" + table + "3 (a integer);\n-- migrate:down\nDROP TABLE t3;\n"},
      {"4", "-- Revises: 2, 3\n" + table + "4 (a integer);\n-- migrate:down\nDROP TABLE t4;\n"}};
  seed("INSERT INTO t4 VALUES (1);\n");
  for (const std::string_view test : battery_names()) {
    const std::string said = run(std::string(test), branches);
    EXPECT_EQ(said.find("error"), std::string::npos) << test << ": " << said;
  }
}

TEST_P(Battery, HasNoOtherTests) {
  try {
    run("kill", sound);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.exit(), Exit::usage);
    EXPECT_EQ(rendered(failure.diagnostics()),
              "error: there is no test 'kill' in the battery\n"
              "hint: the tests are single_head, upgrade, stepwise, up_down_up, offline_equals_online, "
              "idempotent_script, guard, populated, two_at_once, killed, declared_schema\n");
  }
}

TEST_P(Battery, RemovesWhatItKeptBefore) {
  run("upgrade", {{"1_a", "-- migrate:up\nDROP TABLE a;\n"}});
  run("stepwise", {{"1_a", "-- migrate:up\nDROP TABLE a;\n"}});
  EXPECT_TRUE(exists("~.upgrade"));
  EXPECT_TRUE(exists("~.stepwise"));
  run("upgrade", sound);
  EXPECT_FALSE(exists("~.upgrade"));
  EXPECT_TRUE(exists("~.stepwise"));
}

TEST_P(Battery, SingleHeadNamesTheHeads) {
  EXPECT_EQ(run("single_head", {{"1_a", "-- migrate:up\n"},
                                {"2_b", "-- Revises: 1\n-- migrate:up\n"},
                                {"3_c", "-- Revises: 1\n-- migrate:up\n"}}),
            "exit 1\n"
            "3_c.sql:1:13: error: two heads: 2, 3\n"
            "    1 | -- Revises: 1\n"
            "      |             ^\n"
            "2_b.sql:1:13: note: another head is here\n"
            "    1 | -- Revises: 1\n"
            "      |             ^\n"
            "1_a.sql: note: their last common ancestor is 1\n"
            "hint: 'heads' as a target means all; in the migrations directory, 'retort merge heads' writes a revision "
            "that follows them all, and 'retort rebase 3' puts that one, not applied anywhere yet, behind the other\n");
}

TEST_P(Battery, UpgradeNamesTheStatement) {
  EXPECT_EQ(run("upgrade", {sound[0], {"2_b", "-- migrate:up\nINSERT INTO b VALUES (1);\n"}}),
            either("exit 1\n"
                   "2_b.sql:2:1: error: no such table: b\n"
                   "    2 | INSERT INTO b VALUES (1);\n"
                   "      | ^~~~~~~~~~~~~~~~~~~~~~~~\n"
                   "note: no revision was committed\n"
                   "kept: ~.upgrade\n",
                   "exit 1\n"
                   "2_b.sql:2:13: error: relation \"b\" does not exist [42P01]\n"
                   "    2 | INSERT INTO b VALUES (1);\n"
                   "      |             ^\n"
                   "note: 1 revision was committed before this\n"
                   "kept: ~.upgrade\n"));
}

TEST_P(Battery, StepwiseNamesWhatAnEarlierRevisionLeft) {
  EXPECT_EQ(
      run("stepwise",
          {{"1_a", either("-- migrate:up\nCREATE TABLE found (x text);\nCREATE TEMP TABLE left_behind (x);\n",
                          "-- migrate:up\nCREATE TABLE found AS SELECT pg_backend_pid() AS x;\n")},
           {"2_b", either("-- migrate:up\nINSERT INTO found SELECT name FROM sqlite_temp_schema;\n",
                          "-- migrate:up\nINSERT INTO found SELECT pg_backend_pid() EXCEPT SELECT x FROM found;\n")}}),
      "exit 1\n"
      "error: one revision at a time leads elsewhere than all at once\n" +
          either("note: table found has 0 rows instead of 1\n", "note: table found has 2 rows instead of 1\n") +
          "hint: a revision must not depend on what an earlier one left in the session, nor on the time between them\n"
          "kept: ~.stepwise.2\n"
          "kept: ~.stepwise\n");
}

} // namespace
} // namespace retort
