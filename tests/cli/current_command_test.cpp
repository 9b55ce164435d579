#include "cli/tool_test.hpp"

namespace retort {
namespace {

class CurrentCommandTest : public ToolTest {};

TEST_F(CurrentCommandTest, ADatabaseThatIsNotThereIsNotCreated) {
  EXPECT_EQ(text({"current"}), "exit 3\n--- err\nerror: there is no database sqlite:app.db\n"
                               "hint: check the path, or let 'upgrade head' create it\n");
  EXPECT_FALSE(exists("app.db"));
}

TEST_F(CurrentCommandTest, ShowsWhereADatabaseIs) {
  tool_.write("app.db", "");
  EXPECT_EQ(text({"current"}), "exit 0\n--- out\nbase\n");
  EXPECT_EQ(text({"current", "--check-heads"}), "exit 4\n--- out\nbase\n");
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"current", "--check-heads"}), "exit 4\n--- out\n0001  Create note.\n");
  out({"upgrade", "head"});
  EXPECT_EQ(text({"current", "--check-heads"}), "exit 0\n--- out\n0002 (head)  Create tag.\n");
}

TEST_F(CurrentCommandTest, ShowsTheRows) {
  out({"upgrade", "0001"});
  EXPECT_THAT(out({"current", "-v"}),
              testing::MatchesRegex("0001  Create note.\n  0001  [0-9T:.-]+Z  [^ ]+  [0-9]+ ms  Create note.\n"));
  out({"stamp", "head"});
  EXPECT_THAT(out({"current", "-v"}), testing::ContainsRegex("\n  0002  [0-9T:.-]+Z  [^ ]+  -  Create tag.\n"));
  EXPECT_THAT(out({"current", "--format", "json"}), testing::HasSubstr("\"duration_ms\": null,"));
}

// 0002 and 0003 are heads; a database that has 0003 has 0002 as well, and is known by 0003 alone.
TEST_F(CurrentCommandTest, AHeadThatAnotherRevisionDependsOnIsNotShownOnTopOfIt) {
  tool_.revision("0003_c", "-- C.\n-- Revises: base\n-- Depends-On: 0002\n\n-- migrate:up\nSELECT 1;\n");
  out({"upgrade", "0002"});
  EXPECT_EQ(text({"current", "--check-heads"}), "exit 4\n--- out\n0002 (head)  Create tag.\n");
  out({"upgrade", "0003"});
  EXPECT_EQ(text({"current", "--check-heads"}), "exit 0\n--- out\n0003 (head)  C.\n");
  EXPECT_THAT(out({"current", "-v"}), testing::ContainsRegex("\n  0002  [^\n]+  Create tag.\n"));
}

TEST_F(CurrentCommandTest, ShowsTheRowsInTheOrderOfTheHistory) {
  tool_.revision("0000_z", "-- Z.\n-- Revises: 0002\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0001_create_note", "-- Create note.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0000b_gone", "-- Gone.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  out({"upgrade", "heads"});
  std::filesystem::remove(tool_.folder / "migrations/0000b_gone.sql");
  EXPECT_THAT(out({"current", "-v"}), testing::MatchesRegex("0000 [(]head[)]  Z.\n  0001  [^\n]+\n  0002  [^\n]+\n"
                                                            "  0000  [^\n]+\n  0000b  [^\n]+\n"));
}

TEST_F(CurrentCommandTest, WarnsOfDrift) {
  out({"upgrade", "head"});
  tool_.revision("0002_create_tag", "-- Create tag.\n\n-- migrate:up\nCREATE TABLE tags (id INTEGER PRIMARY KEY);\n");
  EXPECT_EQ(text({"current"}), "exit 0\n--- out\n0002 (head)  Create tag.\n--- err\n"
                               "migrations/0002_create_tag.sql: warning: 0002 was edited after it was applied\n"
                               "hint: undo the edit and write a new revision; or accept the new text with 'stamp' "
                               "to the current state\n");
  EXPECT_EQ(tool_.run({"stamp", "head"}).status, 0);
  EXPECT_EQ(text({"current"}), "exit 0\n--- out\n0002 (head)  Create tag.\n");
}

TEST_F(CurrentCommandTest, AFileThatIsNoDatabaseIsNotTakenForAnEmptyOne) {
  tool_.write("app.db", std::string(4000, 'x'));
  EXPECT_EQ(text({"current"}), "exit 3\n--- err\nerror: cannot read sqlite:app.db: file is not a database [26]\n"
                               "hint: the file is no SQLite database, or it is encrypted\n");
}

} // namespace
} // namespace retort
