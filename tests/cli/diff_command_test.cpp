#include "cli/tool_test.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

class DiffCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.write("schema.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT);\n"
                              "CREATE INDEX note_text ON note (text);\n");
    tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:app.db\"\ndeclared_schema = \"schema.sql\"\n");
  }
};

const std::string lines = "- table tag\n+ column note.text\n+ index note_text\n";

TEST_F(DiffCommandTest, ComparesRevisionsFilesAndTheDeclaredSchema) {
  EXPECT_EQ(text({"diff", "head", "declared"}), "exit 4\n--- out\n" + lines);
  EXPECT_EQ(text({"diff", "head", "schema.sql"}), "exit 4\n--- out\n" + lines);
  EXPECT_EQ(text({"diff", "0001", "0002"}), "exit 4\n--- out\n+ table tag\n");
  EXPECT_EQ(text({"diff", "base", "0001"}), "exit 4\n--- out\n+ table note\n");
  EXPECT_EQ(text({"diff", "schema.sql", "declared"}), "exit 0\n");
}

TEST_F(DiffCommandTest, ReadsADatabaseAndChangesNothingInIt) {
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"diff", "0001", "sqlite:app.db"}), "exit 0\n");
  EXPECT_EQ(text({"diff", "sqlite:app.db", "head"}), "exit 4\n--- out\n+ table tag\n");
  EXPECT_EQ(out({"current"}), "0001  Create note.\n");
  EXPECT_EQ(text({"diff", "sqlite:none.db", "head"}),
            "exit 3\n--- err\nerror: cannot open sqlite:none.db: unable to open database file\n"
            "hint: check the path, and that this user may read it\n");
  EXPECT_FALSE(exists("none.db"));
}

TEST_F(DiffCommandTest, CountsFromTheDatabase) {
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"diff", "current", "0001"}), "exit 0\n");
  EXPECT_EQ(text({"diff", "current", "+1"}), "exit 4\n--- out\n+ table tag\n");
  EXPECT_EQ(text({"dump", "current"}), "exit 0\n--- out\nCREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text({"diff", "-1", "base"}), "exit 0\n");
  EXPECT_EQ(text({"diff", "current-1", "current"}), "exit 4\n--- out\n+ table note\n");
}

TEST_F(DiffCommandTest, WritesSql) {
  EXPECT_EQ(text({"diff", "head", "declared", "--sql"}), "exit 4\n--- out\n"
                                                         "-- Careful: this loses the table tag.\n"
                                                         "DROP TABLE tag;\n"
                                                         "ALTER TABLE note ADD COLUMN text TEXT;\n"
                                                         "CREATE INDEX note_text ON note (text);\n");
  EXPECT_EQ(text({"diff", "head", "declared", "--sql", "--rename", "tag=label"}).substr(0, 7), "exit 4\n");
  EXPECT_EQ(text({"diff", "head", "declared", "--sql", "--rename", "tags=label"}),
            "exit 2\n--- err\nerror: --rename: there is no table or column 'tags'\n"
            "hint: write it as 'retort diff' does\n");
}

TEST_F(DiffCommandTest, RenamesAColumnOfARenamedTable) {
  tool_.write("other.sql", "CREATE TABLE label (number INTEGER PRIMARY KEY);\n"
                           "CREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text({"diff", "head", "other.sql", "--sql", "--rename", "tag=label", "--rename", "tag.id=number"}),
            "exit 4\n--- out\nALTER TABLE tag RENAME TO label;\nALTER TABLE label RENAME COLUMN id TO number;\n");
}

TEST_F(DiffCommandTest, RenamesTablesInAChainAndAColumnOfOne) {
  tool_.write("old.sql", "CREATE TABLE a (id INTEGER);\nCREATE TABLE b (pk INTEGER);\n");
  tool_.write("new.sql", "CREATE TABLE b (pk INTEGER);\nCREATE TABLE c (pk INTEGER);\n");
  const std::vector<std::string> chain = {"diff", "old.sql",  "new.sql", "--sql",    "--rename",
                                          "a=b",  "--rename", "b=c",     "--rename", "a.id=pk"};
  EXPECT_EQ(text(chain), "exit 4\n--- out\n"
                         "ALTER TABLE b RENAME TO c;\n"
                         "ALTER TABLE a RENAME TO b;\n"
                         "ALTER TABLE b RENAME COLUMN id TO pk;\n");
  tool_.write("old.sql", "CREATE TABLE a (id INTEGER, pk INTEGER);\nCREATE TABLE b (pk INTEGER);\n");
  EXPECT_EQ(text(chain), "exit 2\n--- err\nerror: --rename: there is a column b.pk already\n"
                         "hint: give that one another name as well, or let a revision drop it first\n");
}

TEST_F(DiffCommandTest, RenamesWhatHasAnEqualsSignInItsName) {
  tool_.write("old.sql", "CREATE TABLE t (\"e=f\" INT, \"e\" INT);\n");
  tool_.write("new.sql", "CREATE TABLE t (\"z=1\" INT, e INT);\n");
  EXPECT_EQ(text({"diff", "old.sql", "new.sql", "--sql", "--rename", "t.\"e=f\"=\"z=1\""}),
            "exit 4\n--- out\nALTER TABLE t RENAME COLUMN \"e=f\" TO \"z=1\";\n");
  EXPECT_EQ(text({"diff", "old.sql", "new.sql", "--sql", "--rename", "x=y=z"}),
            "exit 2\n--- err\nerror: --rename: there is no table or column 'x'\n"
            "hint: write it as 'retort diff' does\n");
}

TEST_F(DiffCommandTest, GivesANameOnce) {
  const auto renamed = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"diff", "head", "declared", "--sql"});
    return text(options);
  };
  EXPECT_EQ(renamed({"--rename", "tag=x", "--rename", "note=x"}),
            "exit 2\n--- err\nerror: --rename: two things cannot both become x\n"
            "hint: --help lists the commands and options\n");
  EXPECT_EQ(renamed({"--rename", "tag=x", "--rename", "tag=y"}),
            "exit 2\n--- err\nerror: --rename: tag cannot become two things\n"
            "hint: --help lists the commands and options\n");
  EXPECT_EQ(renamed({"--rename", "note.id=x", "--rename", "note.id=y"}),
            "exit 2\n--- err\nerror: --rename: note.id cannot become two things\n"
            "hint: --help lists the commands and options\n");
  EXPECT_EQ(renamed({"--rename", "tag=note"}),
            "exit 2\n--- err\nerror: --rename: there is a table note already\n"
            "hint: give that one another name as well, or let a revision drop it first\n");
  EXPECT_EQ(renamed({"--rename", "tag=note", "--rename", "note=tag"}).substr(0, 7), "exit 4\n");
}

TEST_F(DiffCommandTest, IsReadByPrograms) {
  tool_.write("other.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text INT);\n");
  EXPECT_EQ(nlohmann::json::parse(tool_.run({"diff", "schema.sql", "other.sql", "--format", "json"}).out),
            nlohmann::json::parse(R"({"diagnostics": [], "differences": [
              {"change": "altered", "kind": "column", "name": "note.text",
               "description": "column note.text: type is INT instead of TEXT",
               "values": [{"attribute": "type", "from": "TEXT", "to": "INT"}]},
              {"change": "removed", "kind": "index", "name": "note_text",
               "description": "index note_text is missing", "values": []}]})"));
}

TEST_F(DiffCommandTest, SaysWhatItNeeds) {
  EXPECT_EQ(text({"diff", "head"}), "exit 2\n--- err\nerror: diff takes two schemas: FROM TO\nhint: each is a "
                                    "database's URL, a revision, a DDL file (*.sql), or 'declared'\n");
  EXPECT_EQ(text({"diff", "sqlite:a.db", "postgresql:///b"}),
            "exit 2\n--- err\nerror: an SQLite database and one of PostgreSQL cannot be compared\n"
            "hint: --help lists the commands and options\n");
  EXPECT_EQ(text({"diff", "head", "nothing.sql"}),
            "exit 2\n--- err\nnothing.sql: error: cannot read the file: No such file or directory\n");
  EXPECT_EQ(text({"diff", "head", "declared", "--rename", "tag=label"}),
            "exit 2\n--- err\nerror: --rename goes with --sql\nhint: --help lists the commands and options\n");
  std::filesystem::create_directory(tool_.folder / "a=b");
  tool_.write("a=b/s.sql", "CREATE TABLE a (x INTEGER);\n");
  EXPECT_EQ(text({"diff", "base", "a=b/s.sql", "--dialect", "sqlite"}), "exit 4\n--- out\n+ table a\n");
  tool_.write("broken.sql", "CREATE TABLE a (x INTEGER);\nCREATE TABEL b (x INTEGER);\n");
  EXPECT_EQ(text({"diff", "head", "broken.sql"}),
            "exit 1\n--- err\nbroken.sql:2:8: error: near \"TABEL\": syntax error\n"
            "    2 | CREATE TABEL b (x INTEGER);\n      |        ^~~~~\nnote: no revision was committed\n");
  tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:app.db\"\n");
  EXPECT_EQ(text({"diff", "head", "declared"}),
            "exit 2\n--- err\nerror: no schema is declared for sqlite\nhint: write declared_schema = \"schema.sql\" "
            "into [database.NAME], or use --declared-schema\n");
  EXPECT_EQ(text({"diff", "head", "declared", "--declared-schema", "schema.sql"}), "exit 4\n--- out\n" + lines);
}

TEST_F(DiffCommandTest, WarnsOfRowsInADeclaredSchema) {
  tool_.write("schema.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY);\n"
                            "CREATE TABLE tag (id INTEGER PRIMARY KEY);\n"
                            "INSERT INTO tag VALUES (1);\nINSERT INTO tag VALUES (2);\n");
  const auto warning = [](std::string_view place, std::string_view line) {
    return fmt::format("schema.sql:{}: warning: rows, and what is temporary, are no part of a schema\n{}"
                       "hint: a revision writes rows; remove this, and what is like it further on\n",
                       place, line);
  };
  EXPECT_EQ(text({"diff", "head", "declared"}),
            "exit 0\n--- err\n" +
                warning("3:1", "    3 | INSERT INTO tag VALUES (1);\n      | ^~~~~~~~~~~~~~~~~~~~~~~~~~\n"));
  tool_.write("schema.sql", "CREATE TEMP VIEW v AS SELECT 1;\n");
  EXPECT_EQ(text({"diff", "base", "declared"}),
            "exit 0\n--- err\n" +
                warning("1:1", "    1 | CREATE TEMP VIEW v AS SELECT 1;\n      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"));
}

TEST_F(DiffCommandTest, TellsWhoseTableIsNotToBeDeclared) {
  tool_.write("schema.sql", "CREATE TABLE sqlite_sequence(name,seq);\n");
  EXPECT_EQ(text({"diff", "base", "declared"}),
            "exit 1\n--- err\nschema.sql:1:1: error: object name reserved for internal use: sqlite_sequence\n"
            "    1 | CREATE TABLE sqlite_sequence(name,seq);\n"
            "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\nnote: no revision was committed\n"
            "hint: SQLite makes its own tables itself: remove the statement; '.schema --nosys' has none\n");
}

TEST_F(DiffCommandTest, ADeclaredSchemaReachesNoOtherFile) {
  tool_.write("schema.sql", "CREATE TABLE a (x);\n  ATTACH 'other.db' AS o;\nCREATE TABLE o.b (x);\n");
  const std::string refusal = "schema.sql:2:3: error: not authorized\n    2 |   ATTACH 'other.db' AS o;\n"
                              "      |   ^~~~~~~~~~~~~~~~~~~~~~\n"
                              "note: no revision was committed\n"
                              "hint: a database that Retort makes for a moment opens no other file\n";
  EXPECT_EQ(text({"diff", "head", "declared"}), "exit 1\n--- err\n" + refusal);
  EXPECT_EQ(text({"dump", "declared"}), "exit 1\n--- err\n" + refusal);
  EXPECT_FALSE(exists("other.db"));
}

TEST_F(DiffCommandTest, ADeclaredSchemaMayHaveSeveralFiles) {
  tool_.write("a.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  tool_.write("b.sql", "CREATE TABLE tag (id INTEGER PRIMARY KEY);\n");
  tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:app.db\"\ndeclared_schema = [\"a.sql\", \"b.sql\"]\n"
                             "[database.copy]\nurl = \"sqlite:copy.db\"\ndeclared_schema = \"a.sql\"\n");
  EXPECT_EQ(text({"diff", "head", "declared", "-n", "app"}), "exit 0\n");
  EXPECT_EQ(text({"diff", "head", "declared", "-n", "copy"}), "exit 4\n--- out\n- table tag\n");
  EXPECT_EQ(text({"diff", "head", "declared", "--dialect", "sqlite"}),
            "exit 2\n--- err\nerror: the databases app and copy both declare a schema for sqlite\n"
            "hint: choose one with --database\n");
}

TEST_F(DiffCommandTest, DumpsASchema) {
  EXPECT_EQ(text({"dump", "head"}), "exit 0\n--- out\nCREATE TABLE note (id INTEGER PRIMARY KEY);\n"
                                    "CREATE TABLE tag (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text({"dump", "declared", "-o", "out.sql"}), "exit 0\n");
  EXPECT_EQ(text({"diff", "declared", "out.sql"}), "exit 0\n");
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"dump"}), "exit 0\n--- out\nCREATE TABLE note (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text({"dump", "--format", "json"}),
            "exit 0\n--- out\n{\n  \"diagnostics\": [],\n  \"sql\": \"CREATE TABLE note (id INTEGER PRIMARY "
            "KEY);\\n\"\n}\n");
}

} // namespace
} // namespace retort
