#include "testing/battery_test.hpp"

namespace retort {
namespace {

const std::string hint = "hint: undo in the way down what the way up does; if it cannot be undone, remove the way down "
                         "and write '-- Irreversible: reason' into the header\n";

class UpDownUp : public BatteryTest {
protected:
  std::string up_down_up(const std::vector<RevisionText>& revisions) { return run("up_down_up", revisions); }
};
INSTANTIATE_TEST_SUITE_P(Dialects, UpDownUp, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(UpDownUp, NamesWhatIsLeftBehindAndWhatIsLost) {
  EXPECT_EQ(up_down_up({{"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:down\nDROP TABLE a;\n"},
                        {"2_b", "-- migrate:up\nCREATE TABLE b (x integer);\nCREATE TABLE c (x integer);\n"
                                "-- migrate:down\nDROP TABLE c;\nDROP TABLE a;\n"},
                        {"3_d", "-- migrate:up\nCREATE TABLE d (x integer);\n-- migrate:down\n"},
                        {"4_e", "-- migrate:up\nCREATE TABLE e (x integer);\n-- migrate:down\nDROP TABLE e;\n"}}),
            "exit 1\n"
            "2_b.sql: error: the way down of 2 does not bring back the schema before it\n"
            "note: table a is missing\n"
            "note: table b is extra\n" +
                hint +
                "3_d.sql: error: the way down of 3 does not bring back the schema before it\n"
                "note: table d is extra\n" +
                hint +
                "4 of 4 revisions went up, down and up again\n"
                "kept: ~.up_down_up\n");
}

TEST_P(UpDownUp, NamesTheStatementThatIsRefused) {
  EXPECT_EQ(up_down_up({{"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:down\nDROP TABLE b;\n"}}),
            either("exit 1\n"
                   "1_a.sql:4:1: error: no such table: b\n"
                   "    4 | DROP TABLE b;\n"
                   "      | ^~~~~~~~~~~~\n",
                   "exit 1\n"
                   "1_a.sql:4:1: error: table \"b\" does not exist [42P01]\n"
                   "    4 | DROP TABLE b;\n"
                   "      | ^~~~~~~~~~~~\n") +
                "note: no revision was committed\n"
                "1 of 1 revisions went up, down and up again\n"
                "kept: ~.up_down_up\n");
}

TEST_P(UpDownUp, ComparesTheSecondWayUp) {
  EXPECT_EQ(up_down_up({{"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:down\nDROP TABLE a;\n"},
                        {"2_b", "-- migrate:up\nCREATE TABLE b (x integer);\nINSERT INTO b SELECT x FROM a;\n"
                                "CREATE TABLE once (x integer);\n-- migrate:down\nDROP TABLE b;\nDROP TABLE once;\n"},
                        {"3_c", "-- Irreversible: it is so\n-- migrate:up\n"},
                        {"4_d", "-- migrate:up\n"}}),
            "passed over: 3 is irreversible: it is so\n"
            "passed over: 4 is irreversible\n"
            "2 of 4 revisions went up, down and up again\n");
}

/// SQLite says of a foreign key only that it is broken.
TEST_P(UpDownUp, BlamesTheRevisionForWhatHasNoPlace) {
  if (GetParam() == Dialect::postgresql) {
    GTEST_SKIP();
  }
  EXPECT_EQ(up_down_up({{"1_a", "-- migrate:up\nCREATE TABLE a (x integer PRIMARY KEY);\n"
                                "CREATE TABLE b (x integer REFERENCES a (x));\n-- migrate:down\n"
                                "INSERT INTO b VALUES (1);\n"}})
                .substr(0, 79),
            "exit 1\n1_a.sql: error: the revisions break foreign keys; they were rolled back\n");
}

} // namespace
} // namespace retort
