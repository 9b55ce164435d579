#include "session/conformance.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

/// What a driver does when the database refuses a statement.
class FailureTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(drivers, FailureTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(FailureTest, PointsAtAMistakeAndLeavesNothing) {
  const std::string text = "-- Ünïcödé.\r\n\r\n-- migrate:up\r\nCREATE TABLE t (a text);\r\n"
                           "INSERT INTO t VALUES ('größer\r\n€ 10'), (gröser);\r\n";
  EXPECT_EQ(migrator({{"0001", text}}).upgrade(),
            either("exit 3\n0001.sql:6:10: error: no such column: gröser\n"
                   "    6 | € 10'), (gröser);\n"
                   "      |          ^~~~~~\n"
                   "note: no revision was committed\n",
                   "exit 3\n0001.sql:6:10: error: column \"gröser\" does not exist [42703]\n"
                   "    6 | € 10'), (gröser);\n"
                   "      |          ^~~~~~\n"
                   "note: no revision was committed\n"));
  EXPECT_EQ(tables(), "");
  EXPECT_EQ(migrator({{"0001", text}}).session().read().has_table, false);
}

TEST_P(FailureTest, ShowsWhatADatabaseSaysOfAConstraint) {
  EXPECT_EQ(migrator({{"0001", "-- Constraint.\n\n-- migrate:up\nCREATE TABLE t (a integer PRIMARY KEY);\n"
                               "INSERT INTO t VALUES (1);\n  INSERT INTO t\n  VALUES (1);\n"}})
                .upgrade(),
            either("exit 3\n0001.sql:6:3: error: UNIQUE constraint failed: t.a\n"
                   "    6 |   INSERT INTO t\n"
                   "      |   ^~~~~~~~~~~~~\n"
                   "note: no revision was committed\n",
                   "exit 3\n0001.sql:6:3: error: duplicate key value violates unique constraint \"t_pkey\" [23505]\n"
                   "    6 |   INSERT INTO t\n"
                   "      |   ^~~~~~~~~~~~~\n"
                   "note: Key (a)=(1) already exists.\n"
                   "note: no revision was committed\n"));
  EXPECT_EQ(tables(), "");
}

const std::vector<RevisionText> good_then_bad = {
    {"0001", "-- Good.\n\n-- migrate:up\nCREATE TABLE good (a integer);\n-- migrate:down\nDROP TABLE good;\n"},
    {"0002", "-- Good, too.\n\n-- migrate:up\nCREATE TABLE second (a integer);\n-- migrate:down\nDROP TABLE second;\n"},
    {"0003", "-- Bad.\n\n-- migrate:up\nCREATE TABLE third (a integer);\nDROP TABLE nowhere;\n"
             "-- migrate:down\nDROP TABLE third;\n"}};

std::string bad_statement(Dialect dialect) {
  return std::string(dialect == Dialect::sqlite
                         ? "exit 3\n0003.sql:5:1: error: no such table: nowhere\n"
                         : "exit 3\n0003.sql:5:1: error: table \"nowhere\" does not exist [42P01]\n") +
         "    5 | DROP TABLE nowhere;\n"
         "      | ^~~~~~~~~~~~~~~~~~\n";
}

TEST_P(FailureTest, KeepsNothingOfOneTransaction) {
  Migrator session = migrator(good_then_bad);
  session.transactions = Transactions::all;
  EXPECT_EQ(session.upgrade(), bad_statement(GetParam()) + "note: no revision was committed\n");
  EXPECT_EQ(tables(), "");
}

TEST_P(FailureTest, KeepsWhatWasCommittedAndSaysSo) {
  for (const bool follows : {true, false}) {
    Migrator session = migrator(good_then_bad);
    session.transactions = Transactions::each;
    session.follows = follows;
    EXPECT_EQ(session.upgrade(), "committed: upgrade base -> 0001  Good.\n"
                                 "committed: upgrade 0001 -> 0002  Good, too.\n" +
                                     bad_statement(GetParam()) + "note: 2 revisions were committed before this\n");
    EXPECT_EQ(applied(), "0001 0002");
    EXPECT_EQ(tables(), "good\nsecond\n");
    migrator(good_then_bad).downgrade("base");
  }
}

TEST_P(FailureTest, F18_NeedsNoRepairBeforeTheNextRun) {
  std::vector<RevisionText> mended = good_then_bad;
  mended[2].second = "-- Mended.\n\n-- migrate:up\nCREATE TABLE third (a integer);\n";
  Migrator session = migrator(good_then_bad);
  session.upgrade();
  EXPECT_EQ(session.downgrade("base"), GetParam() == Dialect::sqlite
                                           ? "0 steps\n"
                                           : "committed: downgrade 0002 -> 0001  Good, too.\n"
                                             "committed: downgrade 0001 -> base  Good.\n2 steps\n");
  EXPECT_EQ(migrator(mended).upgrade(), "committed: upgrade base -> 0001  Good.\n"
                                        "committed: upgrade 0001 -> 0002  Good, too.\n"
                                        "committed: upgrade 0002 -> 0003  Mended.\n3 steps\n");
}

/// A section in which a revision does `statement` where its text does not say so.
std::string hidden(std::string_view direction, const std::string& statement) {
  return fmt::format("-- migrate:{0} dialect:sqlite\nCREATE TABLE a (b);\n"
                     "CREATE TRIGGER t AFTER INSERT ON a BEGIN {1}; END;\nINSERT INTO a VALUES (1);\n"
                     "-- migrate:{0} dialect:postgresql\nDO $$ BEGIN {1}; END $$;\n",
                     direction, statement);
}

TEST_P(FailureTest, F6_NoticesARowThatARevisionRemoved) {
  const std::vector<RevisionText> meddling = {
      {"0001", "-- One.\n\n-- migrate:up\nSELECT 1;\n" + hidden("down", "DELETE FROM retort_revisions")}};
  migrator(meddling).upgrade();
  const std::string result = migrator(meddling).downgrade("base");
  EXPECT_EQ(
      result.substr(0, result.find("note: while running")),
      either("exit 3\nerror: a row of retort_revisions is missing or already there, while running: DELETE FROM "
             "main.retort_revisions WHERE id = '0001'\nnote: no revision was committed\n"
             "hint: a revision must not write to retort_revisions\n",
             "exit 3\nerror: the row of the revision table was not written: a revision released Retort's lock, or "
             "the row is missing or already there\n"));
  EXPECT_EQ(applied(), "0001");
}

TEST_P(FailureTest, F6_RefusesARowThatIsAlreadyThere) {
  const std::string insert = "INSERT INTO retort_revisions VALUES ('0001', '', '', " +
                             std::string(either("'2026-01-01'", "now()")) + ", NULL, NULL, '0')";
  const std::vector<RevisionText> meddling = {{"0001", "-- One.\n\n" + hidden("up", insert)}};
  const std::string result = migrator(meddling).upgrade();
  EXPECT_EQ(result.substr(0, result.find("note: while running")),
            either("exit 3\nerror: UNIQUE constraint failed: retort_revisions.id\n",
                   "exit 3\nerror: duplicate key value violates unique constraint \"retort_revisions_pkey\" [23505]\n"
                   "note: Key (id)=(0001) already exists.\n"));
  EXPECT_EQ(migrator(meddling).session().read().has_table, false);
}

TEST_P(FailureTest, ReportsAFailingWayDown) {
  const std::vector<RevisionText> texts = {
      {"0001",
       "-- One.\n\n-- migrate:up\nCREATE TABLE t (a integer);\n-- migrate:down\nDROP TABLE t;\nDROP TABLE t;\n"}};
  migrator(texts).upgrade();
  EXPECT_EQ(migrator(texts).downgrade("base"),
            either("exit 3\n0001.sql:7:1: error: no such table: t\n",
                   "exit 3\n0001.sql:7:1: error: table \"t\" does not exist [42P01]\n") +
                "    7 | DROP TABLE t;\n      | ^~~~~~~~~~~~\nnote: no revision was committed\n");
  EXPECT_EQ(tables(), "t\n");
  EXPECT_EQ(applied(), "0001");
}

TEST_P(FailureTest, LetsGoOfTheDatabaseWhenThePlannerRefuses) {
  Migrator session = migrator(good_then_bad);
  const std::string refused = session.migrate([](const Applied&) -> Plan {
    throw Failure(Exit::behind, {Severity::error, "no", {}, {}, {}});
  });
  EXPECT_EQ(refused, "exit 4\nerror: no\n");
  SessionOptions impatient;
  impatient.lock_wait = std::chrono::milliseconds(0);
  EXPECT_EQ(migrator(good_then_bad, impatient).upgrade("0001"), "committed: upgrade base -> 0001  Good.\n1 steps\n");
}

} // namespace
} // namespace retort
