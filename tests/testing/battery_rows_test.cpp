#include "testing/battery_test.hpp"

namespace retort {
namespace {

class Populated : public BatteryTest {};
INSTANTIATE_TEST_SUITE_P(Dialects, Populated, testing::ValuesIn(conforming_dialects()), name_of_parameter);

const RevisionText first = {"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:down\nDROP TABLE a;\n"};
const std::string forgets = "-- migrate:up\nDELETE FROM a WHERE x > 1;\n-- migrate:down\n";

TEST_P(Populated, NamesTheTableThatLosesRows) {
  seed("INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n");
  EXPECT_EQ(run("populated", {first, {"2_b", forgets}}),
            "exit 1\n"
            "2_b.sql: error: 2 loses rows on its way down and up again\n"
            "note: table a has 1 row instead of 2\n"
            "hint: keep the rows; where they may go, write '-- Deletes: reason' into the header\n"
            "kept: ~.populated\n");
}

TEST_P(Populated, PassesOverWhatIsDeclared) {
  seed("INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n");
  EXPECT_EQ(run("populated", {first, {"2_b", "-- Deletes: large ones are rubbish\n" + forgets}}),
            "passed over: 2 deletes rows: large ones are rubbish\n");
}

TEST_P(Populated, EndsAtAnIrreversibleRevision) {
  seed("INSERT INTO a VALUES (1);\n");
  EXPECT_EQ(run("populated", {first, {"2_b", "-- migrate:up\n"}}),
            "passed over: 2 is irreversible\nwhat is older was not tried\n");
}

TEST_P(Populated, NeedsRows) {
  EXPECT_EQ(run("populated", {first}), "skipped: no table has rows; load some with SEED\n");
}

TEST_P(Populated, NamesTheStatementThatRowsMakeFail) {
  seed("INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (1);\n");
  EXPECT_EQ(run("populated", {{"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:down\nDROP TABLE a;\n"},
                              {"2_b", "-- migrate:up\n-- migrate:down\nCREATE UNIQUE INDEX u ON a (x);\n"}}),
            either("exit 1\n"
                   "2_b.sql:3:1: error: UNIQUE constraint failed: a.x\n"
                   "    3 | CREATE UNIQUE INDEX u ON a (x);\n"
                   "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n",
                   "exit 1\n"
                   "2_b.sql:3:1: error: could not create unique index \"u\" [23505]\n"
                   "    3 | CREATE UNIQUE INDEX u ON a (x);\n"
                   "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
                   "note: Key (x)=(1) is duplicated.\n") +
                "note: no revision was committed\n"
                "what is older was not tried\n"
                "kept: ~.populated\n");
}

} // namespace
} // namespace retort
