#include "cli/tool_test.hpp"
#include "session/test_database.hpp"

namespace retort {
namespace {

class CheckCommandTest : public ToolTest {};

TEST_F(CheckCommandTest, ChecksTheFilesForBothDialects) {
  tool_.environment.erase("DATABASE_URL");
  EXPECT_EQ(text({"check"}), "exit 0\n--- out\nsqlite: 2 revisions, head 0002\npostgresql: 2 revisions, head 0002\n");
  tool_.revision("0003_b", "-- B.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"check", "--dialect", "sqlite"}), "exit 0\n--- out\nsqlite: 3 revisions, heads 0002, 0003\n");
  std::filesystem::remove(tool_.folder / "migrations/0003_b.sql");
  tool_.revision("0003_untyped", "-- Untyped.\n\n-- migrate:up\nCREATE TABLE d (a, b);\n");
  EXPECT_EQ(tool_.run({"check", "--dialect", "sqlite"}).status, 0);
  EXPECT_EQ(text({"check"}), "exit 1\n--- out\nsqlite: 3 revisions, head 0003\n--- err\n"
                             "migrations/0003_untyped.sql:4:22: error: syntax error at end of input\n"
                             "    4 | CREATE TABLE d (a, b);\n"
                             "      |                      ^\n");
}

TEST_F(CheckCommandTest, ParsesTheWayDown) {
  tool_.environment.erase("DATABASE_URL");
  tool_.revision("0003_down", "-- Down.\n\n-- migrate:up\nCREATE TABLE d (a INT);\n-- migrate:down\nDROP TABEL d;\n");
  EXPECT_EQ(text({"check", "--dialect", "sqlite"}),
            "exit 1\n--- err\n"
            "migrations/0003_down.sql:6:6: error: near \"TABEL\": syntax error\n"
            "    6 | DROP TABEL d;\n"
            "      |      ^~~~~\n");
}

TEST_F(CheckCommandTest, ChecksADatabase) {
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"check"}), "exit 4\n--- out\nsqlite: 2 revisions, head 0002\npending: 0002  Create tag.\n");
  EXPECT_EQ(text({"check", "--format", "json"}), "exit 4\n--- out\n{\n  \"diagnostics\": [],\n  \"drift\": [],\n  "
                                                 "\"pending\": [\n    \"0002\"\n  ],\n  \"up_to_date\": false\n}\n");
  out({"upgrade", "head"});
  EXPECT_EQ(text({"check"}), "exit 0\n--- out\nsqlite: 2 revisions, head 0002\nsqlite:app.db is up to date\n");
}

TEST_F(CheckCommandTest, ReportsDriftAndInterruption) {
  tool_.revision("0003_c",
                 "-- C.\n\n-- migrate:up\nCREATE TABLE c (a);\n-- migrate:up transaction:false\nVACUUM nowhere;\n");
  EXPECT_EQ(tool_.run({"upgrade", "head"}).status, 3);
  EXPECT_EQ(text({"check"}), "exit 4\n--- out\nsqlite: 3 revisions, head 0003\npending: 0003  C.\n--- err\n"
                             "error: 0003 was interrupted on its way up behind part 1\n"
                             "hint: run the same command again: it goes on where it stopped\n");
  std::filesystem::remove(tool_.folder / "migrations/0002_create_tag.sql");
  EXPECT_THAT(text({"check"}),
              testing::HasSubstr("error: 0002 is applied to the database, but has no file here: Create tag.\n"));
}

TEST_F(CheckCommandTest, LooksAtTheFilesBeforeTheDatabase) {
  tool_.write("schema.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text({"check", "--dialect", "sqlite", "--declared-schema", "schema.sql"}),
            "exit 3\n--- out\nsqlite: 2 revisions, head 0002\n"
            "sqlite: the revisions against the declared schema: table tag is extra\n--- err\n"
            "error: there is no database sqlite:app.db\n"
            "hint: check the path, or let 'upgrade head' create it\n");
}

TEST_F(CheckCommandTest, ADeclaredSchemaOfTheCommandLineIsForOneDialect) {
  tool_.environment.erase("DATABASE_URL");
  tool_.write("schema.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text({"check", "--declared-schema", "schema.sql"}),
            "exit 2\n--- err\nerror: no dialect is given\n"
            "hint: use --dialect sqlite, --dialect postgresql, or name a database\n");
}

TEST_F(CheckCommandTest, RefusesWhatDoesNotFitTheDatabase) {
  EXPECT_EQ(text({"check", "--drift", "--dialect", "postgresql"}),
            "exit 2\n--- err\nerror: --dialect postgresql does not fit the database sqlite:app.db\n"
            "hint: --help lists the commands and options\n");
  EXPECT_EQ(text({"check", "--drift", "--schema", "app"}),
            "exit 2\n--- err\nerror: --drift compares a whole database, not one schema of it\n"
            "hint: leave --schema out\n");
}

TEST_F(CheckCommandTest, ComparesTheHeadWithTheDeclaredSchema) {
  tool_.environment.erase("DATABASE_URL");
  tool_.write("schema.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT);\n");
  const std::vector<std::string> check = {"check", "--dialect", "sqlite", "--declared-schema", "schema.sql"};
  EXPECT_EQ(text(check), "exit 4\n--- out\nsqlite: 2 revisions, head 0002\n"
                         "sqlite: the revisions against the declared schema: table tag is extra\n"
                         "sqlite: the revisions against the declared schema: column note.text is missing\n");
  tool_.write("schema.sql",
              "CREATE TABLE note (id INTEGER PRIMARY KEY);\nCREATE TABLE tag (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text(check), "exit 0\n--- out\nsqlite: 2 revisions, head 0002\n");
  tool_.write("retort.toml", "[database.a]\nurl = \"sqlite:a.db\"\ndeclared_schema = \"schema.sql\"\n"
                             "[database.b]\nurl = \"postgresql:///b\"\n");
  EXPECT_EQ(text({"check"}), "exit 0\n--- out\nsqlite: 2 revisions, head 0002\npostgresql: 2 revisions, head 0002\n");
  tool_.write("schema.sql", "CREATE TABLE tag (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text({"check"}), "exit 4\n--- out\nsqlite: 2 revisions, head 0002\n"
                             "sqlite: the revisions against the declared schema: table note is extra\n"
                             "postgresql: 2 revisions, head 0002\n");
}

TEST_F(CheckCommandTest, AUrlInAVariableIsOfTheDialectThatNoOtherIs) {
  tool_.write("schema.sql",
              "CREATE TABLE note (id INTEGER PRIMARY KEY);\nCREATE TABLE tag (id INTEGER PRIMARY KEY);\n");
  tool_.write("retort.toml", "[database.a]\nurl = \"sqlite:a.db\"\ndeclared_schema = \"schema.sql\"\n"
                             "[database.b]\nurl = \"${DATABASE_URL}\"\ndeclared_schema = \"none.sql\"\n");
  out({"upgrade", "head"});
  EXPECT_EQ(text({"check"}), "exit 0\n--- out\nsqlite: 2 revisions, head 0002\nsqlite:app.db is up to date\n");
}

TEST_F(CheckCommandTest, FindsDrift) {
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"check", "--drift"}),
            "exit 4\n--- out\nsqlite: 2 revisions, head 0002\npending: 0002  Create tag.\n");
  out({"upgrade", "head"});
  EXPECT_EQ(text({"check", "--drift"}),
            "exit 0\n--- out\nsqlite: 2 revisions, head 0002\nsqlite:app.db is up to date\n");
  run_sql("sqlite:" + (tool_.folder / "app.db").string(), "CREATE INDEX stray ON note (id); DROP TABLE tag");
  EXPECT_EQ(text({"check"}), "exit 0\n--- out\nsqlite: 2 revisions, head 0002\nsqlite:app.db is up to date\n");
  EXPECT_EQ(text({"check", "--drift"}), "exit 4\n--- out\nsqlite: 2 revisions, head 0002\nsqlite:app.db is up to date\n"
                                        "sqlite:app.db: table tag is missing\nsqlite:app.db: index stray is extra\n");
  tool_.environment.erase("DATABASE_URL");
  EXPECT_EQ(text({"check", "--drift"}), "exit 2\n--- err\nerror: no database is given\nhint: use --url, DATABASE_URL, "
                                        "or a configuration file with [database.NAME]\n");
}

} // namespace
} // namespace retort
