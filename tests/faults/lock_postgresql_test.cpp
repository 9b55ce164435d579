#include "faults/postgresql_fault.hpp"

namespace retort {
namespace {

class PostgresqlLockTest : public PostgresqlFault {
protected:
  void slow_revision(const std::string& statement) {
    tool_.revision("0001_a",
                   "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\nSELECT pg_sleep(" + statement + ");\n");
  }
};

TEST_F(PostgresqlLockTest, NamesTheHolderWhileItWaitsAndWhenItGivesUp) {
  slow_revision("60");
  const Process holder(tool_.invocation({"upgrade", "head"}));
  await_statement("%pg_sleep%");
  EXPECT_THAT(
      upgrade({"--lock-wait", "0"}),
      testing::MatchesRegex("exit 3\n--- err\nerror: another process migrates this database: backend pid [0-9]+, "
                            "user [^ ]+, application retort\nnote: no revision was committed\n"
                            "hint: waited 0 s for it; try again, or wait longer with --lock-wait\n"));
  EXPECT_THAT(upgrade({"--lock-wait", "1"}),
              testing::MatchesRegex("exit 3\n--- err\nwaiting: another process migrates this database \\(backend pid "
                                    "[0-9]+, user [^ ]+, application retort\\)\nerror: another process.*\n.*\n"
                                    "hint: waited 1 s for it; try again, or wait longer with --lock-wait\n"));
}

TEST_F(PostgresqlLockTest, F9_AKilledHolderDoesNotStopTheNextRun) {
  slow_revision("60");
  Process holder(tool_.invocation({"upgrade", "head"}));
  await_statement("%pg_sleep%");
  holder.kill();
  slow_revision("0");
  EXPECT_EQ(tool_.run({"upgrade", "head", "--lock-wait", "20"}).out, "upgrade base -> 0001  A.\n");
  EXPECT_EQ(applied(), "0001\n");
}

TEST_F(PostgresqlLockTest, F4_ARevisionThatReleasesTheLockIsRolledBack) {
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\nSELECT pg_advisory_unlock_all();\n");
  EXPECT_THAT(upgrade(),
              testing::StartsWith("exit 3\n--- err\nerror: the row of the revision table was not written: a "
                                  "revision released Retort's lock, or the row is missing or already there\n"));
  EXPECT_EQ(run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0\n");
}

TEST_F(PostgresqlLockTest, F4_DiscardAllIsNoticed) {
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up transaction:false\nDISCARD ALL;\n");
  EXPECT_THAT(upgrade(),
              testing::StartsWith("exit 3\n--- err\nerror: the row of the revision table was not written: "));
  EXPECT_EQ(applied(), "\n");
}

TEST_F(PostgresqlLockTest, F8_GivesUpATableThatStaysLocked) {
  run("CREATE TABLE t (x integer)");
  PostgresqlClient reader = client();
  reader.run("BEGIN; LOCK TABLE t IN ACCESS SHARE MODE");
  tool_.revision("0001_a",
                 "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\nALTER TABLE t ADD COLUMN y integer;\n");
  const std::string place = "migrations/0001_a.sql:5:1: ";
  const std::string what =
      "canceling statement due to lock timeout [55P03]\n    5 | ALTER TABLE t ADD COLUMN y integer;\n"
      "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n";
  std::string expected = "exit 3\n--- err\n";
  for (int attempt = 2; attempt <= 5; ++attempt) {
    expected += place + "warning: " + what + "hint: the transaction was rolled back and is tried again (" +
                std::to_string(attempt) + " of 5)\n";
  }
  EXPECT_EQ(
      upgrade({"--lock-timeout", "50"}),
      expected + place + "error: " + what +
          "note: no revision was committed\nhint: another session holds the table; try again when it is less busy, or "
          "wait longer with --lock-timeout\n");
  EXPECT_EQ(run("SELECT to_regclass('a')"), "\n");
}

TEST_F(PostgresqlLockTest, F8_TriesAgainUntilTheTableIsFree) {
  run("CREATE TABLE t (x integer)");
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n");
  tool_.revision("0002_b",
                 "-- B.\n\n-- migrate:up\nCREATE TABLE b (x integer);\nALTER TABLE t ADD COLUMN y integer;\n");
  Output output;
  {
    PostgresqlClient reader = client();
    reader.run("BEGIN; LOCK TABLE t IN ACCESS SHARE MODE");
    Process tool(tool_.invocation({"upgrade", "head", "--lock-timeout", "50"}));
    await_statement("ALTER TABLE t%");
    reader.run("SELECT pg_sleep(0.3); COMMIT");
    output = tool.wait();
  }
  EXPECT_EQ(output.status, 0) << output.text();
  EXPECT_EQ(output.out, "upgrade base -> 0001  A.\nupgrade 0001 -> 0002  B.\n");
  EXPECT_THAT(output.err, testing::HasSubstr("is tried again (2 of 5)"));
  EXPECT_EQ(applied(), "0001 0002\n");
}

TEST_F(PostgresqlLockTest, F7_OtherDatabasesAreNotLocked) {
  slow_revision("60");
  const Process holder(tool_.invocation({"upgrade", "head"}));
  await_statement("%pg_sleep%");
  PostgresqlTestDatabase other;
  slow_revision("0");
  tool_.environment["DATABASE_URL"] = other.url();
  EXPECT_EQ(tool_.run({"upgrade", "head", "--lock-wait", "0"}).out, "upgrade base -> 0001  A.\n");
}

} // namespace
} // namespace retort
