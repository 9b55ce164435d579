#include "faults/postgresql_fault.hpp"

namespace retort {
namespace {

/// F36: what a revision does to its session stays with it.
class PostgresqlSettingsTest : public PostgresqlFault {
protected:
  /// Runs a revision with these statements, then one that creates a table.
  std::string after(const std::string& statements) {
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\n" + statements);
    tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nCREATE TABLE b AS SELECT current_user::text AS who, "
                             "current_setting('search_path') AS path, pg_sleep(0.02)::text;\n");
    for (const char* transactions : {"all", "each"}) {
      run("DROP TABLE IF EXISTS public.retort_revisions, public.b");
      const std::string result = upgrade({"--transaction", transactions});
      if (result != good) {
        return result;
      }
    }
    return good;
  }

  const std::string good =
      "exit 0\n--- out\nupgrade base -> 0001  A.\nupgrade 0001 -> 0002  B.\n--- err\n" +
      parse_url(PostgresqlTestServer::missing() ? "postgresql://" : PostgresqlTestServer::url()).display() +
      " is at 0002\n";
};

TEST_F(PostgresqlSettingsTest, F36_ARole) {
  const std::string role = database_->name() + "_role";
  run("CREATE ROLE " + role);
  EXPECT_EQ(after("SET ROLE " + role + ";\n"), good);
  EXPECT_EQ(run("SELECT who = session_user FROM b"), "t\n");
  EXPECT_EQ(after("SET SESSION AUTHORIZATION " + role + ";\n"), good);
  run("DROP ROLE " + role);
}

TEST_F(PostgresqlSettingsTest, F36_ASearchPath) {
  EXPECT_EQ(after("SET search_path = '';\n"), good);
  EXPECT_EQ(run("SELECT path FROM public.b"), "\"$user\", public\n");
  EXPECT_EQ(after("SELECT pg_catalog.set_config('search_path', '', false);\n"), good);
  EXPECT_EQ(after("SET LOCAL search_path = '';\n"), good);
}

TEST_F(PostgresqlSettingsTest, F36_AStatementTimeout) { EXPECT_EQ(after("SET statement_timeout = 15;\n"), good); }

TEST_F(PostgresqlSettingsTest, F36_ATemporaryTableInPlaceOfTheRevisionTable) {
  EXPECT_EQ(after("CREATE TEMP TABLE retort_revisions (id text);\nCREATE TEMP TABLE b (x integer);\n"), good);
  EXPECT_EQ(run("SELECT string_agg(id, ' ' ORDER BY id) FROM public.retort_revisions"), "0001 0002\n");
}

TEST_F(PostgresqlSettingsTest, F36_ReadOnlyAndOtherSettings) {
  EXPECT_EQ(
      after("SET default_transaction_read_only = on;\nSET client_encoding = 'LATIN1';\nSET datestyle = 'German';\n"
            "SET TimeZone = 'Asia/Tokyo';\nLISTEN x;\nPREPARE p AS SELECT 1;\n"),
      good);
}

TEST_F(PostgresqlSettingsTest, F21_AReadOnlyDatabaseIsFoundBeforeAnythingRuns) {
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n");
  run("ALTER DATABASE " + database_->name() + " SET default_transaction_read_only = on");
  EXPECT_EQ(upgrade(), "exit 3\n--- err\nerror: " + database_->parsed_url().display() +
                           " is read-only; nothing was run\nnote: no revision was committed\n"
                           "hint: connect to the primary, with a role that may write\n");
}

TEST_F(PostgresqlSettingsTest, ShowsTimesInUtcWhateverTheTimeZone) {
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n");
  run("ALTER DATABASE " + database_->name() + " SET timezone = 'Asia/Tokyo'");
  upgrade();
  const std::string shown = tool_.run({"current", "-v"}).out;
  const std::string utc =
      run("SELECT to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI') FROM retort_revisions");
  EXPECT_THAT(shown, testing::HasSubstr("  0001  " + utc.substr(0, 16)));
}

TEST_F(PostgresqlSettingsTest, CopyToStandardOutputDoesNotHang) {
  EXPECT_EQ(
      after("CREATE TABLE c AS SELECT n FROM generate_series(1, 100000) AS n;\nCOPY c TO STDOUT;\nDROP TABLE c;\n"),
      good);
}

} // namespace
} // namespace retort
