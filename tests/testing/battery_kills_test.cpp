#include "testing/battery_test.hpp"

namespace retort {
namespace {

class Kills : public BatteryTest {};
INSTANTIATE_TEST_SUITE_P(Dialects, Kills, testing::ValuesIn(conforming_dialects()), name_of_parameter);

const std::string table = "-- migrate:up\nCREATE TABLE a (x integer);\n";

TEST_P(Kills, NameTheStatementThatCannotRunTwice) {
  EXPECT_EQ(run("killed", {{"1_a", table + "-- migrate:up transaction:false\n" +
                                       either("CREATE TABLE b (x);\n", "CREATE INDEX CONCURRENTLY b ON a (x);\n")}}),
            "exit 1\n"
            "1_a.sql: error: 1 cannot be finished when it was killed behind statement 2 of 2\n" +
                either("note: table b already exists\n", "note: relation \"b\" already exists [42P07]\n") +
                "hint: what runs outside a transaction must be able to run a second time: IF NOT EXISTS, for example\n"
                "kept: ~.killed.2\n"
                "kept: ~.killed\n");
}

TEST_P(Kills, CompareWhatTheSecondRunLeavesBehind) {
  const std::string twice = either("INSERT INTO a VALUES (1);\nVACUUM;\n", "INSERT INTO a VALUES (1);\nVACUUM a;\n");
  EXPECT_EQ(run("killed", {{"1_a", table}, {"2_b", "-- migrate:up transaction:false\n" + twice}}),
            "exit 1\n"
            "2_b.sql: error: 2 ends elsewhere when it was killed behind statement 1 of 2\n"
            "note: table a has 2 rows instead of 1\n"
            "hint: what runs outside a transaction must be able to run a second time: IF NOT EXISTS, for example\n"
            "kept: ~.killed.2\n"
            "kept: ~.killed\n");
}

TEST_P(Kills, AreSurvivedInParts) {
  EXPECT_EQ(run("killed", {{"1_a", table},
                           {"2_b", "-- migrate:up\nCREATE TABLE b (x integer);\nINSERT INTO b VALUES (1);\n"
                                   "-- migrate:up transaction:false\nVACUUM;\nVACUUM;\n"
                                   "-- migrate:up\nINSERT INTO b VALUES (2);\n"},
                           {"3_c", "-- migrate:up\nCREATE TABLE c (x integer);\n"}}),
            "killed 7 times\n");
}

TEST_P(Kills, NeedAnUpgradeThatSucceeds) {
  const std::string said = run("killed", {{"1_a", table}, {"2_b", "-- migrate:up\nDROP TABLE b;\n"}});
  EXPECT_EQ(said, "exit 1\n"
                  "2_b.sql: error: 2 could not be killed behind statement 1 of 1\n" +
                      either("note: no such table: b\n", "note: table \"b\" does not exist [42P01]\n") +
                      "hint: the test 'upgrade' must succeed first\n"
                      "kept: ~.killed\n");
}

} // namespace
} // namespace retort
