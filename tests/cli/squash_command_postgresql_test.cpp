#include "cli/tool_test.hpp"
#include "session/postgresql_test_database.hpp"

#include <map>

namespace retort {
namespace {

/// A history for both dialects; PostgreSQL's has an enum and a concurrent index.
class PostgresqlSquashCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    tool_.environment.clear();
    tool_.revision("0002_create_tag",
                   "-- Create tag.\n\n-- migrate:up dialect:postgresql\nCREATE TYPE mood AS ENUM ('calm');\n"
                   "CREATE TABLE tag (id integer PRIMARY KEY, name text, mood mood);\n"
                   "GRANT SELECT ON tag TO PUBLIC;\n-- migrate:up dialect:sqlite\nCREATE TABLE tag (id INTEGER "
                   "PRIMARY KEY);\n-- migrate:down\nDROP TABLE tag;\n\n-- migrate:down dialect:postgresql\nDROP TYPE "
                   "mood;\n");
    tool_.revision("0003_grow", "-- Grow.\n\n-- migrate:up dialect:postgresql\nALTER TYPE mood ADD VALUE 'merry';\n"
                                "INSERT INTO tag VALUES (1, 'red', 'calm');\n\n"
                                "-- migrate:up dialect:postgresql transaction:false\n"
                                "CREATE INDEX CONCURRENTLY tag_name ON tag (name);\n");
    tool_.revision("0004_last", "-- Create last.\n\n-- migrate:up\nCREATE TABLE last (id integer PRIMARY KEY);\n"
                                "-- migrate:down\nDROP TABLE last;\n");
  }

  std::string url(const std::string& name) { return databases_.try_emplace(name).first->second.url(); }

  std::map<std::string, PostgresqlTestDatabase> databases_;
};

TEST_F(PostgresqlSquashCommandTest, EveryDatabaseArrivesAtTheSameSchema) {
  for (const char* target : {"0001", "0002", "0003", "0004"}) {
    out({"upgrade", target, "-q", "-u", url(target)});
  }
  EXPECT_THAT(text({"squash", "0002:0003", "--yes", "--server", url("server")}),
              testing::StartsWith("exit 0\n--- out\nmigrations/0003_squash_0002_to_0003.sql\n"));
  EXPECT_EQ(tool_.read("migrations/0003_squash_0002_to_0003.sql"),
            "-- Squash 0002 to 0003.\n--\n-- Revises: 0001\n-- Irreversible: 0003 has no way down\n"
            "-- Replaces: 0002\n\n"
            "-- migrate:up dialect:sqlite\nCREATE TABLE tag (id INTEGER PRIMARY KEY);\n\n"
            "-- migrate:up dialect:postgresql\n"
            "CREATE TYPE mood AS ENUM ('calm', 'merry');\n"
            "CREATE TABLE tag (\n  id integer NOT NULL,\n  name text,\n  mood mood,\n"
            "  CONSTRAINT tag_pkey PRIMARY KEY (id)\n);\n"
            "CREATE INDEX tag_name ON tag USING btree (name);\n"
            "-- From 0002.\nGRANT SELECT ON tag TO PUBLIC;\n"
            "-- From 0003.\nINSERT INTO tag VALUES (1, 'red', 'calm');\n");
  EXPECT_EQ(out({"upgrade", "head", "-u", url("new")}),
            "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0003  Squash 0002 to 0003.\n"
            "upgrade 0003 -> 0004  Create last.\n");
  for (const char* target : {"0001", "0002", "0003", "0004"}) {
    out({"upgrade", "head", "-q", "-u", url(target)});
    EXPECT_EQ(text({"diff", url("new"), url(target)}), "exit 0\n") << target;
    EXPECT_EQ(text({"check", "-u", url(target)}).substr(0, 7), "exit 0\n") << target;
  }
}

TEST_F(PostgresqlSquashCommandTest, WritesEveryDialectThatASectionRunsIn) {
  tool_.revision("0002_create_tag", "-- Create tag.\n\n-- migrate:up\nCREATE TABLE tag (id integer, name text);\n\n"
                                    "-- migrate:up dialect:postgresql transaction:false\nCREATE INDEX CONCURRENTLY i "
                                    "ON tag (name);\n");
  tool_.revision("0003_grow", "-- Grow.\n\n-- migrate:up\nCREATE TABLE more (id integer);\n");
  out({"squash", "0002:0003", "--server", url("server")});
  EXPECT_THAT(tool_.read("migrations/0003_squash_0002_to_0003.sql"),
              testing::HasSubstr("-- migrate:up dialect:sqlite\nCREATE TABLE more (id integer);\n"
                                 "CREATE TABLE tag (id integer, name text);\n\n-- migrate:up dialect:postgresql\n"));
}

/// 0002 and 0003 for PostgreSQL alone.
class PostgresqlSquashDataTest : public PostgresqlSquashCommandTest {
protected:
  void write(const std::string& second, const std::string& third) const {
    tool_.revision("0001_create_note",
                   "-- Create note.\n\n-- migrate:up\nCREATE SCHEMA app;\nCREATE TABLE app.note (id "
                   "integer);\nCREATE TABLE note (id integer, amount integer);\n"
                   "INSERT INTO note VALUES (1, 12);\n");
    tool_.revision("0002_create_tag", "-- Second.\n\n-- migrate:up\n" + second + "\n");
    tool_.revision("0003_grow", "-- Third.\n\n-- migrate:up\n" + third + "\n");
  }

  std::string squash(const std::vector<std::string>& more = {}) {
    std::vector<std::string> all = {"squash", "0002:0003", "--dialect", "postgresql", "--server", url("server")};
    all.insert(all.end(), more.begin(), more.end());
    return text(all);
  }

  std::string written() const { return tool_.read("migrations/0003_squash_0002_to_0003.sql"); }
};

TEST_F(PostgresqlSquashDataTest, ListsWhatNewDatabasesWouldHoldOtherwise) {
  const auto refuses = [&](const std::string& line) {
    EXPECT_THAT(squash(), testing::StartsWith("exit 1\n--- err\nwarning: postgresql: behind the way up, " + line +
                                              "\nerror: a new database would not have what the range leaves in one\n"));
  };
  write("ALTER TABLE note ALTER amount TYPE bigint USING amount * 100;", "CREATE TABLE z (id integer);");
  refuses("table note has other values in its rows");
  write("ALTER TABLE note ADD COLUMN k text DEFAULT 'x';", "ALTER TABLE note ALTER k DROP DEFAULT;");
  refuses("table note has other values in its rows");
  write("SET ROLE pg_monitor;\nRESET ROLE;\nGRANT pg_monitor TO current_user;", "CREATE TABLE z (id integer);");
  EXPECT_THAT(squash(), testing::HasSubstr("error: the range has 1 statement that "));
  write("CREATE TABLE z (id serial);", "ALTER TABLE z OWNER TO pg_monitor;");
  EXPECT_THAT(squash({"--without-data"}),
              testing::HasSubstr("warning: postgresql: behind the way up, the owner of table z: postgres instead of "
                                 "pg_monitor\n"));
}

TEST_F(PostgresqlSquashDataTest, ListsAnEmptyMaterializedView) {
  write("INSERT INTO note VALUES (2, 3);", "CREATE MATERIALIZED VIEW v AS SELECT id FROM note;");
  EXPECT_THAT(squash({"--yes"}),
              testing::HasSubstr("warning: postgresql: behind the way up, table v has 1 row instead of 2\n"));
}

TEST_F(PostgresqlSquashDataTest, ListsStatementsThatNoSchemaShows) {
  for (const char* statement : {"ALTER SEQUENCE s RESTART WITH 5000;", "CREATE SCHEMA sx AUTHORIZATION CURRENT_USER;",
                                "EXPLAIN ANALYZE INSERT INTO note VALUES (2, 3);"}) {
    write("CREATE SEQUENCE s;", statement);
    EXPECT_THAT(squash(), testing::HasSubstr("error: the range has 1 statement that ")) << statement;
  }
}

TEST_F(PostgresqlSquashDataTest, SettingsGoWithTheirStatements) {
  write("SET search_path = app;\nINSERT INTO note VALUES (2);", "DO $$ BEGIN INSERT INTO note VALUES (3); END $$;");
  EXPECT_THAT(squash({"--yes"}),
              testing::HasSubstr("error: what 0002 sets would hold for what follows: SET search_path = app\n"));
  write("SELECT set_config('search_path', 'app', false);", "DO $$ BEGIN INSERT INTO note VALUES (3); END $$;");
  EXPECT_THAT(squash({"--yes"}), testing::HasSubstr("error: what 0002 sets would hold for what follows: SELECT "));
  write("CREATE TABLE z (id integer);", "SET search_path = app;\nINSERT INTO note VALUES (2);");
  EXPECT_THAT(squash({"--yes"}), testing::StartsWith("exit 0\n"));
  EXPECT_THAT(written(), testing::EndsWith("-- From 0003.\nSET search_path = app;\n-- From 0003.\nINSERT INTO note "
                                           "VALUES (2);\n"));
}

// A tenant's schema is where search_path leads.
TEST_F(PostgresqlSquashDataTest, NamesNoSchemaWhereTheRangeNamesNone) {
  write("CREATE TABLE z (id serial PRIMARY KEY);\nCREATE VIEW v AS SELECT id FROM z;",
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT max(id) FROM z; END;");
  EXPECT_THAT(squash(), testing::StartsWith("exit 0\n"));
  EXPECT_THAT(written(), testing::Not(testing::HasSubstr("public")));
  EXPECT_THAT(written(), testing::HasSubstr("nextval('z_id_seq'::regclass)"));
}

TEST_F(PostgresqlSquashDataTest, NamesTheSchemaWhereTheRangeDoes) {
  write("CREATE TABLE public.z (id serial PRIMARY KEY);", "CREATE INDEX i ON public.z (id);");
  EXPECT_THAT(squash(), testing::StartsWith("exit 0\n"));
  EXPECT_THAT(written(), testing::HasSubstr("CREATE TABLE public.z ("));
}

TEST_F(PostgresqlSquashDataTest, AsksWhereTheRangeDoesBoth) {
  write("CREATE TABLE public.z (id integer);", "CREATE TABLE y (id integer);");
  EXPECT_THAT(squash(), testing::StartsWith("exit 1\n--- err\nwarning: postgresql: the range names y without a schema "
                                            "and other objects with 'public'; the new revision has it everywhere\n"));
}

} // namespace
} // namespace retort
