#include "testing/battery_test.hpp"

namespace retort {
namespace {

class BatteryDeclared : public BatteryTest {};
INSTANTIATE_TEST_SUITE_P(Dialects, BatteryDeclared, testing::ValuesIn(conforming_dialects()), name_of_parameter);

const std::vector<RevisionText> revisions = {
    {"1_a", "-- migrate:up\nCREATE TABLE a (x integer PRIMARY KEY);\n"},
    {"2_b", "-- migrate:up\nALTER TABLE a ADD COLUMN y integer NOT NULL DEFAULT 0;\nCREATE TABLE b (z integer);\n"}};

TEST_P(BatteryDeclared, IsPassedOverWhereNoneIs) {
  EXPECT_EQ(run("declared_schema", revisions), "skipped: no schema is declared\n");
}

TEST_P(BatteryDeclared, EqualsTheHead) {
  declare("-- Columns may stand in another order.\n"
          "CREATE TABLE b (z integer);\n"
          "CREATE TABLE a (y integer NOT NULL DEFAULT 0, x integer PRIMARY KEY);\n");
  EXPECT_EQ(run("declared_schema", revisions), "");
}

TEST_P(BatteryDeclared, NamesWhatDiffers) {
  declare("CREATE TABLE a (x integer PRIMARY KEY, y integer);\nCREATE TABLE c (z integer);\n");
  EXPECT_EQ(
      run("declared_schema", revisions),
      "exit 1\n"
      "error: the revisions lead to another schema than " +
          declared_schema_.front().string() +
          " declares\n"
          "note: table b is extra\n"
          "note: table c is missing\n"
          "note: column a.y: nullable is no instead of yes; default is 0 instead of none\n"
          "hint: 'retort revision --autogenerate' writes what closes the difference, unless the declared schema is "
          "wrong\n"
          "kept: ~.declared_sche.2\nkept: ~.declared_sche\n");
}

TEST_P(BatteryDeclared, HasToRun) {
  declare("CREATE TABLE a (x integer);\nCREATE TABLE a (x integer);\n");
  EXPECT_EQ(run("declared_schema", revisions), "exit 1\n" + declared_schema_.front().string() +
                                                   either(":2:14: error: table a already exists\n"
                                                          "    2 | CREATE TABLE a (x integer);\n"
                                                          "      |              ^\n",
                                                          ":2:1: error: relation \"a\" already exists [42P07]\n"
                                                          "    2 | CREATE TABLE a (x integer);\n"
                                                          "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~\n") +
                                                   "note: no revision was committed\nkept: ~.declared_sche\n");
}

} // namespace
} // namespace retort
