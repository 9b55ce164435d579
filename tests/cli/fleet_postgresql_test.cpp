#include "cli/tool.hpp"
#include "session/postgresql_test_database.hpp"

#include <gmock/gmock.h>

#include <optional>

namespace retort {
namespace {

/// Tenants that are schemas of one PostgreSQL database, and several databases.
class PostgresqlFleetTest : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    tool_.environment["DATABASE_URL"] = database_->url();
    tool_.revision("0001_one", "-- One.\n\n-- migrate:up\nCREATE TABLE one (a integer);\nSELECT 1;\n"
                               "-- migrate:down\nDROP TABLE one;\n");
    tool_.revision("0002_two",
                   "-- Two.\n\n-- migrate:up\nCREATE TABLE two (a integer);\n-- migrate:down\nDROP TABLE two;\n");
  }

  std::string run(const std::string& sql) { return database_->run(sql); }

  /// What lies in the schemas of the tenants.
  std::string tables() {
    return run(
        "SELECT schemaname, string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname NOT IN "
        "('pg_catalog', 'information_schema') GROUP BY 1 ORDER BY 1");
  }

  std::optional<PostgresqlTestDatabase> database_;
  Tool tool_;
};

constexpr const char* query = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tenant%' ORDER BY 1";

TEST_F(PostgresqlFleetTest, UpgradesTheSchemasThatAQueryNames) {
  run("CREATE SCHEMA tenant_a; CREATE SCHEMA \"tenant B\"; CREATE SCHEMA tenant_c; CREATE TABLE tenant_c.two (x "
      "integer)");
  const Output output = tool_.run({"upgrade", "head", "--schemas-from", query, "--keep-going"});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.out, testing::HasSubstr(" tenant B: 2 revisions, at 0002\n"));
  EXPECT_THAT(output.out, testing::HasSubstr(" tenant_a: 2 revisions, at 0002\n"));
  EXPECT_THAT(output.out, testing::HasSubstr(" tenant_c: failed behind 1 revision, at 0001\n"));
  EXPECT_THAT(output.err, testing::EndsWith("retry with: retort upgrade head --keep-going --schema tenant_c\n"));
  EXPECT_EQ(tables(), "tenant B|one retort_revisions two\ntenant_a|one retort_revisions two\n"
                      "tenant_c|one retort_revisions two\n");
  EXPECT_EQ(run("SELECT string_agg(id, ' ') FROM tenant_c.retort_revisions"), "0001\n");
  run("DROP TABLE tenant_c.two");
  EXPECT_EQ(tool_.run({"upgrade", "head", "--schema", "tenant_c"}).out, "upgrade 0001 -> 0002  Two.\n");
  EXPECT_EQ(tool_.run({"current", "--schema", "tenant B"}).out, "0002 (head)  Two.\n");
  EXPECT_EQ(tool_.run({"current"}).out, "base\n");
  EXPECT_EQ(tool_.run({"downgrade", "base", "--schema", "tenant_a"}).status, 0);
  EXPECT_EQ(run("SELECT count(*) FROM tenant_a.retort_revisions"), "0\n");
  EXPECT_EQ(run("SELECT count(*) FROM \"tenant B\".retort_revisions"), "2\n");
}

TEST_F(PostgresqlFleetTest, ASchemaIsThatOfEachDatabase) {
  const PostgresqlTestDatabase other;
  database_->run("CREATE SCHEMA app");
  tool_.write("urls", database_->url() + "\n" + other.url() + "\n");
  const Output output =
      tool_.run({"upgrade", "head", "--urls-from", "urls", "--schema", "app", "--jobs", "1", "--keep-going"});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.out, testing::HasSubstr(" app: 2 revisions, at 0002\n"));
  EXPECT_THAT(output.out, testing::HasSubstr(" app: failed\n"));
  EXPECT_THAT(output.err, testing::EndsWith("retry with: retort upgrade head --urls-from urls --schema app --jobs 1 "
                                            "--keep-going --only 2\n"));
  EXPECT_EQ(tables(), "app|one retort_revisions two\n");
}

TEST_F(PostgresqlFleetTest, TheCommandToRepeatNamesTheDatabase) {
  tool_.environment.clear();
  tool_.write("retort.toml",
              "[database.one]\nurl = \"" + database_->url() + "\"\n[database.two]\nurl = \"sqlite:two.db\"\n");
  EXPECT_THAT(tool_.run({"upgrade", "head", "-n", "one", "--schemas-from", "SELECT 'nowhere'"}).err,
              testing::EndsWith("retry with: retort upgrade head --database one --schema nowhere\n"));
}

TEST_F(PostgresqlFleetTest, TenantsOfOneDatabaseDoNotWaitForEachOther) {
  run("CREATE SCHEMA tenant_a; CREATE SCHEMA tenant_b");
  tool_.revision("0003_slow",
                 "-- Slow.\n\n-- migrate:up\nINSERT INTO one SELECT count(*) FROM pg_locks WHERE locktype = "
                 "'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = "
                 "current_database());\nSELECT pg_sleep(1);\n");
  EXPECT_EQ(tool_.run({"upgrade", "head", "--schemas-from", query}).status, 0);
  EXPECT_EQ(run("SELECT max(a) > 1 FROM (SELECT a FROM tenant_a.one UNION ALL SELECT a FROM tenant_b.one) AS seen"),
            "t\n");
}

TEST_F(PostgresqlFleetTest, AServerThatIsGoneFailsItsDatabasesAlone) {
  tool_.write("urls", database_->url() + "\nhost=127.0.0.1 port=1 dbname=gone password=secret\nsqlite:a.db\n");
  tool_.revision("0001_one", "-- One.\n\n-- migrate:up\nCREATE TABLE one (a integer);\n");
  const Output output = tool_.run({"upgrade", "head", "--urls-from", "urls", "--keep-going"});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.out, testing::HasSubstr("sqlite:a.db: 2 revisions, at 0002\n"));
  EXPECT_THAT(output.err, testing::HasSubstr("3 databases: 2 upgraded, 0 already there, 1 failed, 0 not begun\n"));
  EXPECT_THAT(output.err,
              testing::EndsWith("retry with: retort upgrade head --urls-from urls --keep-going --only 2\n"));
  EXPECT_EQ((output.out + output.err).find("secret"), std::string::npos);
}

TEST_F(PostgresqlFleetTest, AQueryThatIsRefusedSaysWhy) {
  EXPECT_EQ(tool_.run({"upgrade", "head", "--schemas-from", "SELECT nowhere"}).err,
            "error: cannot ask for the schemas: column \"nowhere\" does not exist [42703]\n");
  EXPECT_EQ(tool_.run({"upgrade", "head", "--schemas-from", "SELECT 1, 2"}).err,
            "error: the query of --schemas-from gives something else than names\n"
            "hint: it must have one column, without NULL\n");
  run("CREATE TABLE a (b integer)");
  EXPECT_EQ(tool_.run({"upgrade", "head", "--schemas-from", "COPY a FROM STDIN"}).err,
            "error: cannot ask for the schemas: COPY … FROM STDIN: there is no data to send, and the connection was "
            "closed\n");
}

} // namespace
} // namespace retort
