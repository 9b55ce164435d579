#include "faults/postgresql_fault.hpp"
#include "revision/statement.hpp"

namespace retort {
namespace {

/// Scripts without psql's own commands, in the hands of clients that stop at the first error. The second revision's
/// VACUUM is what a session that the guard left read-only would still run.
class PostgresqlPlainScriptTest : public PostgresqlFault {
protected:
  void SetUp() override {
    PostgresqlFault::SetUp();
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer) WITH (autovacuum_enabled = false);\n"
                             "INSERT INTO a VALUES (1);\n");
    tool_.revision("0002_b", "-- B.\n\n-- migrate:up transaction:false\nVACUUM a;\n");
    tool_.revision("0003_c", "-- C.\n\n-- migrate:up\nCREATE TABLE c (x integer);\n");
    ASSERT_EQ(tool_.run({"--dialect", "postgresql", "upgrade", "0001:head", "--sql", "--plain", "-o", "up.sql"}).status,
              0);
  }

  /// The first revision's table without its row: not where the script starts.
  void make_other_state() {
    run("CREATE TABLE a (x integer) WITH (autovacuum_enabled = false)");
    run("INSERT INTO a VALUES (1)");
  }

  Output psql(const std::string& on_error_stop) {
    return run_process({"/usr/bin/env",
                        {"psql", "-X", "-q", "-v", "ON_ERROR_STOP=" + on_error_stop, "-f", "up.sql", database_->url()},
                        tool_.folder.path(),
                        {},
                        {}});
  }

  /// Runs a statement at a time on one connection, as a driver does; returns the error at which it stopped, if any.
  std::string drive(PostgresqlClient& client) {
    const Source source("up.sql", tool_.read("up.sql"));
    Diagnostics ignored; // a script holds what a revision may not
    try {
      for (const Statement& statement : split(source, 0, source.text().size(), Dialect::postgresql, ignored)) {
        client.run(std::string(text_of(source, statement)));
      }
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }

  std::string tables() { return run("SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'"); }

  /// VACUUM counts a table's rows; until then they are unknown.
  bool is_vacuumed() { return run("SELECT 1 FROM pg_class WHERE relname = 'a' AND reltuples > 0") != ""; }

  static constexpr const char* refusal_text =
      "ERROR:  retort: this script starts at 0001, but the database is at base; nothing was changed\n";
};

TEST_F(PostgresqlPlainScriptTest, PsqlWithOnErrorStopRunsNothingBehindAFailedGuard) {
  make_other_state();
  const Output output = psql("1");
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.out, "");
  EXPECT_THAT(output.err,
              testing::MatchesRegex("psql:up.sql:[0-9]+: " + std::string(refusal_text) +
                                    "CONTEXT:  PL/pgSQL function inline_code_block line [0-9]+ at RAISE\n"));
  EXPECT_EQ(tables(), "a\n");
  EXPECT_FALSE(is_vacuumed());
}

TEST_F(PostgresqlPlainScriptTest, ADriverThatStopsRunsNothingBehindAFailedGuard) {
  make_other_state();
  {
    PostgresqlClient driver = client();
    EXPECT_THAT(drive(driver), testing::StartsWith(refusal_text));
    EXPECT_EQ(tables(), "a\n");
    EXPECT_FALSE(is_vacuumed());
    // Until its connection is closed it cannot write, and keeps the lock.
    EXPECT_THROW(driver.run("CREATE TABLE d (x integer)"), std::runtime_error);
    EXPECT_EQ(tool_.run({"stamp", "0001", "--lock-wait", "0"}).status, 3);
  }
  EXPECT_EQ(tool_.run({"stamp", "0001", "--lock-wait", "10"}).status, 0);
}

TEST_F(PostgresqlPlainScriptTest, ADriverThatSendsTheWholeTextRunsNothingBehindAFailedGuard) {
  make_other_state();
  EXPECT_THROW(run(tool_.read("up.sql")), std::runtime_error);
  EXPECT_EQ(tables(), "a\n");
  EXPECT_FALSE(is_vacuumed());
}

TEST_F(PostgresqlPlainScriptTest, AClientThatGoesOnWouldVacuum) {
  make_other_state();
  EXPECT_EQ(psql("0").status, 0);
  EXPECT_EQ(tables(), "a\n");
  EXPECT_TRUE(is_vacuumed());
}

TEST_F(PostgresqlPlainScriptTest, ADriverRunsAllOfItFromTheRightState) {
  ASSERT_EQ(tool_.run({"upgrade", "0001"}).status, 0);
  PostgresqlClient driver = client();
  EXPECT_EQ(drive(driver), "");
  EXPECT_EQ(applied(), "0001 0002 0003\n");
  EXPECT_TRUE(is_vacuumed());
}

} // namespace
} // namespace retort
