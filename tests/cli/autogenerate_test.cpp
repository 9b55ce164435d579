#include "cli/tool_test.hpp"

namespace retort {
namespace {

class AutogenerateTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:app.db\"\ndeclared_schema = \"schema.sql\"\n");
    declare("CREATE TABLE tag (id INTEGER PRIMARY KEY);\n"
            "CREATE TABLE note (\n  id INTEGER PRIMARY KEY,\n  text TEXT NOT NULL DEFAULT ''\n);\n");
  }

  void declare(const std::string& sql) const { tool_.write("schema.sql", sql); }

  std::string generate(std::vector<std::string> options = {}) const {
    options.insert(options.begin(), {"revision", "--autogenerate", "-m", "next", "--rev-id", "0003"});
    return text(options);
  }

  std::string written() const { return tool_.read("migrations/0003_next.sql"); }
};

const std::string done = "exit 0\n--- out\nmigrations/0003_next.sql\n";

TEST_F(AutogenerateTest, WritesTheWayUpAndDown) {
  EXPECT_EQ(generate(), done + "--- err\nmigrations/0003_next.sql: warning: sqlite: the way down loses the column "
                               "note.text\n");
  EXPECT_EQ(written(), "-- next\n--\n-- Revises: 0002\n\n"
                       "-- migrate:up\n"
                       "ALTER TABLE note ADD COLUMN text TEXT NOT NULL DEFAULT '';\n\n"
                       "-- migrate:down\n"
                       "-- Careful: this loses the column note.text.\n"
                       "ALTER TABLE note DROP COLUMN text;\n");
  EXPECT_EQ(text({"diff", "head", "declared"}), "exit 0\n");
  EXPECT_EQ(text({"revision", "--autogenerate", "-m", "more"}),
            "exit 0\n--- err\nnothing to do: the revisions lead to the declared schema\n");
}

TEST_F(AutogenerateTest, TellsWhatDestroysData) {
  declare("CREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(generate(), done + "--- err\nmigrations/0003_next.sql: warning: sqlite: the way up loses the table tag\n");
  EXPECT_THAT(written(), testing::HasSubstr("-- Careful: this loses the table tag.\nDROP TABLE tag;\n"));
}

TEST_F(AutogenerateTest, RenamesWhatItIsTold) {
  declare("CREATE TABLE label (id INTEGER PRIMARY KEY);\nCREATE TABLE note (number INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(generate({"--rename", "tag=label", "--rename", "note.id=number"}), done);
  EXPECT_THAT(written(), testing::EndsWith("-- migrate:up\n"
                                           "ALTER TABLE tag RENAME TO label;\n"
                                           "ALTER TABLE note RENAME COLUMN id TO number;\n\n"
                                           "-- migrate:down\n"
                                           "ALTER TABLE label RENAME TO tag;\n"
                                           "ALTER TABLE note RENAME COLUMN number TO id;\n"));
  EXPECT_EQ(text({"diff", "head", "declared"}), "exit 0\n");
}

TEST_F(AutogenerateTest, AsksOnATerminal) {
  declare("CREATE TABLE label (id INTEGER PRIMARY KEY);\nCREATE TABLE note (number INTEGER PRIMARY KEY);\n");
  Invocation invocation = tool_.invocation({});
  invocation.program = "/bin/sh";
  const std::string command = RETORT_TOOL " revision --autogenerate -m next --rev-id 0003";
  invocation.arguments = {"-c", "printf 'y\\nn\\n' | script -qec '" + command + "' /dev/null"};
  invocation.environment["PATH"] = "/usr/bin:/bin";
  const Output output = run_process(invocation);
  EXPECT_THAT(output.out, testing::HasSubstr("Is the table tag now label? [y/N] "));
  EXPECT_THAT(output.out, testing::HasSubstr("Is the column note.id now note.number? [y/N] "));
  EXPECT_THAT(written(), testing::HasSubstr("ALTER TABLE tag RENAME TO label;\n"));
  EXPECT_THAT(written(), testing::Not(testing::HasSubstr("RENAME COLUMN")));
}

TEST_F(AutogenerateTest, TakesTheEndOfTheInputForNoAnswer) {
  declare("CREATE TABLE label (id INTEGER PRIMARY KEY);\nCREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  Invocation invocation = tool_.invocation({});
  invocation.program = "/bin/sh";
  const std::string command = RETORT_TOOL " revision --autogenerate -m next --rev-id 0003";
  invocation.arguments = {"-c", "printf '\\004' | script -qec '" + command + "' /dev/null"};
  invocation.environment["PATH"] = "/usr/bin:/bin";
  const Output output = run_process(invocation);
  EXPECT_EQ(output.status, 2) << output.text();
  EXPECT_THAT(output.out, testing::HasSubstr("the input ended before this was answered"));
  EXPECT_FALSE(exists("migrations/0003_next.sql"));
}

TEST_F(AutogenerateTest, TakesAFileForTheDialectOfTheDatabase) {
  tool_.write("other.sql", "CREATE TABLE tag (id INTEGER PRIMARY KEY AUTOINCREMENT);\n"
                           "CREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(generate({"--declared-schema", "other.sql"}).substr(0, 7), "exit 0\n");
  EXPECT_THAT(written(),
              testing::HasSubstr("-- migrate:up\nCREATE TABLE new_tag (id INTEGER PRIMARY KEY AUTOINCREMENT);\n"));
  EXPECT_THAT(written(), testing::Not(testing::HasSubstr("dialect:")));
}

TEST_F(AutogenerateTest, AsksForTheDialectOfAFile) {
  tool_.write("retort.toml", "");
  tool_.environment.erase("DATABASE_URL");
  EXPECT_EQ(generate({"--declared-schema", "schema.sql"}),
            "exit 2\n--- err\nerror: no dialect is given\n"
            "hint: use --dialect sqlite, --dialect postgresql, or name a database\n");
  EXPECT_EQ(generate({"--declared-schema", "schema.sql", "--dialect", "sqlite"}).substr(0, 7), "exit 0\n");
}

TEST_F(AutogenerateTest, BeginsAHistory) {
  std::filesystem::remove_all(tool_.folder / "migrations");
  std::filesystem::create_directory(tool_.folder / "migrations");
  declare("CREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(generate(),
            done + "--- err\nmigrations/0003_next.sql: warning: sqlite: the way down loses the table note\n");
  EXPECT_EQ(written(), "-- next\n--\n-- Revises: base\n\n-- migrate:up\nCREATE TABLE note (id INTEGER PRIMARY KEY);\n\n"
                       "-- migrate:down\n-- Careful: this loses the table note.\nDROP TABLE note;\n");
}

TEST_F(AutogenerateTest, NamesTheDialectWhereTheHistoryHasAnother) {
  tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:app.db\"\ndeclared_schema = \"schema.sql\"\n"
                             "[database.service]\nurl = \"postgresql:///service\"\n");
  declare("CREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(generate().substr(0, 7), "exit 0\n");
  EXPECT_THAT(written(), testing::HasSubstr("\n-- migrate:up dialect:sqlite\n"));
  EXPECT_THAT(written(), testing::HasSubstr("\n-- migrate:down dialect:sqlite\n"));
}

TEST_F(AutogenerateTest, WritesNoLineThatWouldBeginASection) {
  declare("CREATE TABLE tag (id INTEGER PRIMARY KEY);\nCREATE TABLE note (id INTEGER PRIMARY KEY);\n"
          "CREATE TABLE a (x DEFAULT 'y\n -- migrate:down\n');\n");
  EXPECT_EQ(generate(), "exit 1\n--- out\nmigrations/0003_next.sql\n--- err\n"
                        "migrations/0003_next.sql: error: sqlite: 'CREATE TABLE a (x DEFAULT 'y' has the line "
                        "' -- migrate:down', which would begin a section\nhint: write this part by hand\n"
                        "migrations/0003_next.sql: warning: sqlite: the way down loses the table a\n");
  EXPECT_THAT(written(), testing::EndsWith("-- migrate:up\n"
                                           "-- TODO: 'CREATE TABLE a (x DEFAULT 'y' has the line ' -- migrate:down', "
                                           "which would begin a section\nTODO;\n\n"
                                           "-- migrate:down\n-- Careful: this loses the table a.\nDROP TABLE a;\n"));
}

TEST_F(AutogenerateTest, NeedsADeclaredSchema) {
  tool_.write("retort.toml", "");
  EXPECT_EQ(generate(), "exit 2\n--- err\nerror: no schema is declared\nhint: write declared_schema = \"schema.sql\" "
                        "into [database.NAME], or use --declared-schema\n");
  declare("CREATE TABLE note (id INTEGER PRIMARY KEY;\n");
  EXPECT_EQ(generate({"--declared-schema", "schema.sql"}).substr(0, 52),
            "exit 1\n--- err\nschema.sql:1:1: error: incomplete inp");
  EXPECT_FALSE(exists("migrations/0003_next.sql"));
}

} // namespace
} // namespace retort
