#include "cli/tool_test.hpp"
#include "session/postgresql_test_database.hpp"

#include <optional>

namespace retort {
namespace {

/// Revisions of both dialects, on a server that is given.
class PostgresqlAutogenerateTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    tool_.environment.erase("DATABASE_URL");
    tool_.write("retort.toml",
                "[database.app]\nurl = \"sqlite:app.db\"\ndeclared_schema = \"app.sql\"\n"
                "[database.service]\nurl = \"postgresql:///service\"\ndeclared_schema = \"service.sql\"\n");
    tool_.write("app.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT);\n"
                           "CREATE TABLE tag (id INTEGER PRIMARY KEY);\n");
    tool_.write("service.sql", "CREATE TABLE note (id integer PRIMARY KEY, text varchar(80));\n"
                               "CREATE TABLE tag (id integer PRIMARY KEY);\n"
                               "CREATE INDEX note_text ON note (text);\n");
  }

  std::string generate(std::vector<std::string> options = {}) const {
    options.insert(options.begin(),
                   {"revision", "--autogenerate", "-m", "next", "--rev-id", "0003", "--server", database_->url()});
    return text(options);
  }

  std::optional<PostgresqlTestDatabase> database_;
};

TEST_F(PostgresqlAutogenerateTest, WritesEachDialect) {
  EXPECT_EQ(generate(), "exit 0\n--- out\nmigrations/0003_next.sql\n--- err\n"
                        "migrations/0003_next.sql: warning: sqlite: the way down loses the column note.text\n"
                        "migrations/0003_next.sql: warning: postgresql: the way down loses the column note.text\n");
  EXPECT_EQ(tool_.read("migrations/0003_next.sql"), "-- next\n--\n-- Revises: 0002\n\n"
                                                    "-- migrate:up dialect:sqlite\n"
                                                    "ALTER TABLE note ADD COLUMN text TEXT;\n\n"
                                                    "-- migrate:up dialect:postgresql\n"
                                                    "ALTER TABLE note ADD COLUMN text character varying(80);\n"
                                                    "CREATE INDEX note_text ON note USING btree (text);\n\n"
                                                    "-- migrate:down dialect:sqlite\n"
                                                    "-- Careful: this loses the column note.text.\n"
                                                    "ALTER TABLE note DROP COLUMN text;\n\n"
                                                    "-- migrate:down dialect:postgresql\n"
                                                    "DROP INDEX note_text;\n"
                                                    "-- Careful: this loses the column note.text.\n"
                                                    "ALTER TABLE note DROP COLUMN text;\n");
  EXPECT_EQ(text({"check", "--server", database_->url()}),
            "exit 0\n--- out\nsqlite: 3 revisions, head 0003\npostgresql: 3 revisions, head 0003\n");
}

TEST_F(PostgresqlAutogenerateTest, BuildsIndexesConcurrently) {
  tool_.write("service.sql", "CREATE TABLE note (id integer PRIMARY KEY);\n"
                             "CREATE TABLE tag (id integer PRIMARY KEY);\nCREATE INDEX tag_even ON tag ((id % 2));\n");
  tool_.write("app.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY);\nCREATE TABLE tag (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(generate({"--online-safe"}), "exit 0\n--- out\nmigrations/0003_next.sql\n");
  EXPECT_THAT(tool_.read("migrations/0003_next.sql"),
              testing::HasSubstr("-- migrate:up dialect:postgresql transaction:false\n"
                                 "CREATE INDEX CONCURRENTLY tag_even ON tag USING btree (((id % 2)));\n"));
  EXPECT_EQ(text({"diff", "head", "declared", "--dialect", "postgresql", "--server", database_->url()}), "exit 0\n");
}

TEST_F(PostgresqlAutogenerateTest, LeavesWhatCannotBeDoneForSomebodyToWrite) {
  tool_.revision("0003_day", "-- Day.\n\n-- migrate:up dialect:postgresql\n"
                             "CREATE TABLE day (day date) PARTITION BY RANGE (day);\n"
                             "-- migrate:down dialect:postgresql\nDROP TABLE day;\n");
  tool_.write("retort.toml",
              "[database.service]\nurl = \"postgresql:///service\"\ndeclared_schema = \"service.sql\"\n");
  tool_.write("service.sql", "CREATE TABLE note (id integer PRIMARY KEY);\nCREATE TABLE tag (id integer PRIMARY KEY);\n"
                             "CREATE TABLE day (day date) PARTITION BY LIST (day);\n");
  EXPECT_EQ(text({"revision", "--autogenerate", "-m", "next", "--rev-id", "0004", "--server", database_->url()}),
            "exit 1\n--- out\nmigrations/0004_next.sql\n--- err\n"
            "migrations/0004_next.sql: error: postgresql: table day: PARTITION BY cannot be changed\nhint: write this "
            "part by hand\n"
            "migrations/0004_next.sql: error: postgresql: table day: PARTITION BY cannot be changed\nhint: write this "
            "part by hand\n");
  EXPECT_EQ(
      tool_.read("migrations/0004_next.sql"),
      "-- next\n--\n-- Revises: 0003\n\n-- migrate:up\n-- TODO: table day: PARTITION BY cannot be changed\nTODO;\n\n"
      "-- migrate:down\n-- TODO: table day: PARTITION BY cannot be changed\nTODO;\n");
  EXPECT_EQ(text({"check", "--dialect", "postgresql", "--server", database_->url()}),
            "exit 1\n--- err\nmigrations/0004_next.sql:7:1: error: syntax error at or near \"TODO\"\n    7 | TODO;\n   "
            "   | ^~~~\n"
            "migrations/0004_next.sql:11:1: error: syntax error at or near \"TODO\"\n   11 | TODO;\n      | ^~~~\n");
}

TEST_F(PostgresqlAutogenerateTest, SaysWhichStatementOfWhichWayFails) {
  tool_.revision("0003_pair", "-- Pair.\n\n-- migrate:up dialect:postgresql\n"
                              "CREATE TYPE pair AS (a int);\nCREATE TABLE typed OF pair;\n"
                              "-- migrate:down dialect:postgresql\nDROP TABLE typed;\nDROP TYPE pair;\n");
  tool_.write("retort.toml",
              "[database.service]\nurl = \"postgresql:///service\"\ndeclared_schema = \"service.sql\"\n");
  tool_.write("service.sql", "CREATE TABLE note (id integer PRIMARY KEY);\nCREATE TABLE tag (id integer PRIMARY KEY);\n"
                             "CREATE TYPE pair AS (a int);\nCREATE TABLE typed (a bigint);\n");
  EXPECT_THAT(
      text({"revision", "--autogenerate", "-m", "next", "--rev-id", "0004", "--server", database_->url()}),
      testing::StartsWith("exit 1\n--- out\nmigrations/0004_next.sql\n--- err\n"
                          "migrations/0004_next.sql: error: postgresql: the way down: 'ALTER TABLE typed OF pair' "
                          "fails: table \"typed\" has different type for column \"a\" [42804]\n"
                          "hint: write this part by hand\n"));
  EXPECT_THAT(tool_.read("migrations/0004_next.sql"),
              testing::HasSubstr("-- migrate:down\n-- TODO: 'ALTER TABLE typed OF pair' fails: table "
                                 "\"typed\" has different type for column \"a\" [42804]\nTODO;\n"));
}

TEST_F(PostgresqlAutogenerateTest, SaysWhereItCannotKeepAServer) {
  tool_.environment["HOME"] = "/proc";
  EXPECT_EQ(text({"dump", "head", "--dialect", "postgresql"}),
            "exit 2\n--- err\n/proc/.cache/retort/server: error: cannot create the folder: No such file or directory\n"
            "hint: set XDG_CACHE_HOME to a folder of yours, or name a server with --server\n");
}

TEST_F(PostgresqlAutogenerateTest, SaysWhichServerIsGone) {
  EXPECT_THAT(text({"revision", "--autogenerate", "-m", "next", "--server", "postgresql://127.0.0.1:1/none"}),
              testing::StartsWith("exit 3\n--- err\nerror: cannot connect: "));
  EXPECT_FALSE(exists("migrations/0003_next.sql"));
}

} // namespace
} // namespace retort
