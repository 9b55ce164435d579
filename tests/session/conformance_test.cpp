#include "session/conformance.hpp"

#include <gmock/gmock.h>

namespace retort {
namespace {

INSTANTIATE_TEST_SUITE_P(drivers, ConformanceTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

const std::vector<RevisionText> two = {
    {"0001_create_note", "-- Create note.\n\n-- migrate:up\nCREATE TABLE note (id integer PRIMARY KEY);\n"
                         "-- migrate:down\nDROP TABLE note;\n"},
    {"0002_create_tag", "-- It's a tag.\n\n-- migrate:up\nCREATE TABLE tag (id integer PRIMARY KEY);\n"
                        "-- migrate:down\nDROP TABLE tag;\n"}};

TEST_P(ConformanceTest, UpgradesAFreshDatabase) {
  EXPECT_EQ(migrator(two).upgrade(), "committed: upgrade base -> 0001  Create note.\n"
                                     "committed: upgrade 0001 -> 0002  It's a tag.\n"
                                     "2 steps\n");
  EXPECT_EQ(applied(), "0001 0002");
  EXPECT_EQ(tables(), "note\ntag\n");
}

TEST_P(ConformanceTest, DoesNothingToACurrentDatabase) {
  migrator(two).upgrade();
  EXPECT_EQ(migrator(two).upgrade(), "0 steps\n");
}

TEST_P(ConformanceTest, KnowsItsResetsBehindARead) {
  migrator(two).upgrade();
  Migrator one_session = migrator(two);
  one_session.session().read();
  const std::vector<std::string> resets = one_session.session().resets();
  one_session.downgrade("base");
  EXPECT_EQ(one_session.session().resets(), resets);
}

TEST_P(ConformanceTest, GoesDownAndUpAgain) {
  Migrator one_session = migrator(two);
  one_session.upgrade();
  EXPECT_EQ(one_session.downgrade("-1"), "committed: downgrade 0002 -> 0001  It's a tag.\n1 steps\n");
  EXPECT_EQ(applied(), "0001");
  EXPECT_EQ(tables(), "note\n");
  EXPECT_EQ(one_session.upgrade(), "committed: upgrade 0001 -> 0002  It's a tag.\n1 steps\n");
  EXPECT_EQ(one_session.downgrade("base"), "committed: downgrade 0002 -> 0001  It's a tag.\n"
                                           "committed: downgrade 0001 -> base  Create note.\n2 steps\n");
  EXPECT_EQ(applied(), "");
  EXPECT_EQ(tables(), "");
}

TEST_P(ConformanceTest, StampsWithoutRunningAnything) {
  EXPECT_EQ(migrator(two).stamp("head"), "committed: stamp base -> 0001  Create note.\n"
                                         "committed: stamp 0001 -> 0002  It's a tag.\n2 steps\n");
  EXPECT_EQ(applied(), "0001 0002");
  EXPECT_EQ(tables(), "");
  EXPECT_EQ(migrator(two).stamp("0001"), "committed: stamp 0002 -> 0001  It's a tag.\n1 steps\n");
  EXPECT_EQ(applied(), "0001");
}

TEST_P(ConformanceTest, StampsAnEditedRevisionWithItsNewText) {
  migrator(two).upgrade();
  std::vector<RevisionText> edited = two;
  edited[0].second += "\n-- migrate:up\nSELECT 1;\n";
  Migrator second = migrator(edited);
  EXPECT_THAT(find_drift(second.history(), second.session().read()).edited, testing::ElementsAre(0));
  EXPECT_EQ(second.stamp("head"), "committed: stamp 0001 -> base  Create note.\n"
                                  "committed: stamp base -> 0001  Create note.\n2 steps\n");
  EXPECT_TRUE(find_drift(second.history(), second.session().read()).empty());
}

TEST_P(ConformanceTest, PurgesWhatItDoesNotKnow) {
  migrator(two).upgrade();
  const std::vector<RevisionText> other = {{"0009_other", "-- Other.\n\n-- migrate:up\nSELECT 1;\n"}};
  EXPECT_EQ(migrator(other).purge("head"), "committed: stamp base -> 0009  Other.\n1 steps\n");
  EXPECT_EQ(applied(), "0009");
  EXPECT_EQ(migrator(other).purge("base"), "0 steps\n");
  EXPECT_EQ(applied(), "");
}

TEST_P(ConformanceTest, ReadsADatabaseThatItHasNotSeen) {
  database_->run("CREATE TABLE other (id integer)");
  const Applied nothing = migrator(two).session().read();
  EXPECT_FALSE(nothing.has_table);
  EXPECT_FALSE(nothing.has_journal);
  EXPECT_TRUE(nothing.revisions.empty());
  EXPECT_EQ(tables(), "other\n");
}

TEST_P(ConformanceTest, ReadsBackWhatItWrote) {
  Migrator session = migrator(two);
  session.upgrade();
  const Applied applied = migrator(two).session().read();
  ASSERT_TRUE(applied.has_table);
  EXPECT_FALSE(applied.has_journal);
  ASSERT_EQ(applied.revisions.size(), 2U);
  const AppliedRevision& row = applied.revisions[1];
  EXPECT_EQ(row.id, "0002");
  EXPECT_EQ(row.checksum, session.history()[1].checksum);
  EXPECT_THAT(row.checksum, testing::MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(row.checksum.size(), 64U);
  EXPECT_EQ(row.message, "It's a tag.");
  EXPECT_THAT(
      row.applied_at,
      testing::MatchesRegex("20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]\\.[0-9][0-9][0-9]Z"));
  EXPECT_LE(applied.revisions[0].applied_at, row.applied_at);
  if (GetParam() == Dialect::sqlite) {
    EXPECT_EQ(row.applied_by, "tester");
  } else {
    EXPECT_EQ(row.applied_by.value_or("") + "\n", database_->run("SELECT session_user"));
  }
  ASSERT_TRUE(row.duration_ms);
  EXPECT_GE(*row.duration_ms, 0);
  EXPECT_LT(*row.duration_ms, 60'000);
  EXPECT_THAT(row.retort_version, testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

TEST_P(ConformanceTest, MeasuresEveryRevisionByItself) {
  const std::string slow = either("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1500000) "
                                  "SELECT max(i) FROM n",
                                  "SELECT pg_sleep(0.2)");
  Migrator session = migrator(
      {{"0001", "-- Slow.\n\n-- migrate:up\n" + slow + ";\n"}, {"0002", "-- Quick.\n\n-- migrate:up\nSELECT 1;\n"}});
  session.upgrade();
  const Applied applied = session.session().read();
  ASSERT_EQ(applied.revisions.size(), 2U);
  EXPECT_GT(applied.revisions[0].duration_ms.value(), 40);
  EXPECT_LT(applied.revisions[1].duration_ms.value(), applied.revisions[0].duration_ms.value() / 2);
}

TEST_P(ConformanceTest, TakesARevisionWithoutStatements) {
  EXPECT_EQ(migrator({{"0001", "-- Nothing.\n\n-- migrate:up\n-- migrate:down\n"}}).upgrade(),
            "committed: upgrade base -> 0001  Nothing.\n1 steps\n");
  EXPECT_EQ(applied(), "0001");
}

TEST_P(ConformanceTest, TakesMoreStatementsThanOneBatchHolds) {
  std::string text = "-- Many.\n\n-- migrate:up\nCREATE TABLE number (value integer PRIMARY KEY);\n";
  for (int value = 0; value < 1500; ++value) {
    text += "INSERT INTO number VALUES (" + std::to_string(value) + ");\n";
  }
  EXPECT_EQ(migrator({{"0001", text}}).upgrade(), "committed: upgrade base -> 0001  Many.\n1 steps\n");
  EXPECT_EQ(database_->run("SELECT count(*), max(value) FROM number"), "1500|1499\n");
}

TEST_P(ConformanceTest, TakesStatementsOfMegabytesAndLargeAnswers) {
  const std::string megabytes(3'000'000, 'x');
  const std::string text = "-- Large.\n\n-- migrate:up\nCREATE TABLE file (bytes text);\nINSERT INTO file VALUES ('" +
                           megabytes + "');\nSELECT bytes FROM file;\nINSERT INTO file VALUES ('" + megabytes +
                           "');\nSELECT bytes FROM file;\n";
  EXPECT_EQ(migrator({{"0001", text}}).upgrade(), "committed: upgrade base -> 0001  Large.\n1 steps\n");
  EXPECT_EQ(database_->run("SELECT sum(length(bytes)) FROM file"), "6000000\n");
}

TEST_P(ConformanceTest, KeepsTextAsItStands) {
  const std::string text = "-- Text.\r\n\r\n-- migrate:up\r\nCREATE TABLE t (a text);\r\n"
                           "INSERT INTO t VALUES ('{\"k\":true, \"n\" : 1}\tß'), ('it''s; -- no \\n end');\r\n";
  migrator({{"0001", text}}).upgrade();
  EXPECT_EQ(database_->run("SELECT a FROM t ORDER BY length(a) DESC"),
            "{\"k\":true, \"n\" : 1}\tß\nit's; -- no \\n end\n");
}

TEST_P(ConformanceTest, TakesNoParametersFromTheOutside) {
  // A statement with a parameter gets none: NULL in SQLite, an error in PostgreSQL.
  const std::string result = migrator({{"0001", either("-- P.\n\n-- migrate:up\nCREATE TABLE t (a);\nINSERT INTO t "
                                                       "VALUES (coalesce(?1, 'nothing'));\n",
                                                       "-- P.\n\n-- migrate:up\nSELECT $1;\n")}})
                                 .upgrade();
  EXPECT_EQ(result,
            either("committed: upgrade base -> 0001  P.\n1 steps\n",
                   "exit 3\n0001.sql:4:1: error: bind message supplies 0 parameters, but prepared statement \"\" "
                   "requires 1 [08P01]\n"
                   "    4 | SELECT $1;\n      | ^~~~~~~~~\nnote: no revision was committed\n"));
  if (GetParam() == Dialect::sqlite) {
    EXPECT_EQ(database_->run("SELECT a FROM t"), "nothing\n");
  }
}

} // namespace
} // namespace retort
