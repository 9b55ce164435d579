#include "cli/tool_test.hpp"

namespace retort {
namespace {

/// history, heads and show.
class HistoryCommandTest : public ToolTest {};

TEST_F(HistoryCommandTest, ListsNewestFirst) {
  EXPECT_EQ(text({"history"}),
            "exit 0\n--- out\n0001 -> 0002 (tags) (head)  Create tag.\nbase -> 0001  Create note.\n");
  EXPECT_EQ(out({"history", "-v"}), "0001 -> 0002 (tags) (head)  Create tag.\n    migrations/0002_create_tag.sql\n"
                                    "base -> 0001  Create note.\n    migrations/0001_create_note.sql\n");
  EXPECT_EQ(out({"history", "-r", "0002:"}), "0001 -> 0002 (tags) (head)  Create tag.\n");
  EXPECT_EQ(out({"history", "-r", ":0001"}), "base -> 0001  Create note.\n");
}

TEST_F(HistoryCommandTest, MarksWhereADatabaseIs) {
  out({"upgrade", "0001"});
  EXPECT_EQ(out({"history", "-i"}), "0001 -> 0002 (tags) (head)  Create tag.\nbase -> 0001  Create note.  (current)\n");
}

TEST_F(HistoryCommandTest, WarnsOfWhatTheDatabaseHasBesides) {
  out({"upgrade", "head"});
  std::filesystem::remove(tool_.folder / "migrations/0002_create_tag.sql");
  EXPECT_EQ(text({"history", "-i"}),
            "exit 0\n--- out\nbase -> 0001 (head)  Create note.  (current)\n--- err\n"
            "warning: 0002 is applied to the database, but has no file here: Create tag.\nhint: get the file back, or, "
            "if it is meant to be gone, forget it with 'stamp --purge'\n");
}

TEST_F(HistoryCommandTest, ABrokenWayDownDoesNotHideWhereADatabaseIs) {
  out({"upgrade", "head"});
  tool_.revision("0003_c", "-- C.\n\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 'x;\n");
  EXPECT_EQ(out({"history", "-i", "-r", "current:"}),
            "0002 -> 0003 (head)  C.\n0001 -> 0002 (tags)  Create tag.  (current)\n");
}

TEST_F(HistoryCommandTest, ListsHeads) {
  tool_.revision("0003_b", "-- Another base.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"heads"}),
            "exit 0\n--- out\n0001 -> 0002 (tags) (head)  Create tag.\nbase -> 0003 (head)  Another base.\n");
  EXPECT_EQ(tool_.run({"upgrade", "head"}).status, 1);
  EXPECT_EQ(out({"upgrade", "heads"}), "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n"
                                       "upgrade base -> 0003  Another base.\n");
}

TEST_F(HistoryCommandTest, ShowsARevision) {
  EXPECT_EQ(text({"show", "head"}),
            "exit 0\n--- out\nrevision   0002 (head)\nmessage    Create tag.\nparents    0001\nlabel      tags\n"
            "file       migrations/0002_create_tag.sql\n\n-- migrate:up\nCREATE TABLE tag (id INTEGER PRIMARY KEY);\n\n"
            "-- migrate:down\nDROP TABLE tag;\n");
  EXPECT_EQ(text({"show", "0009"}),
            "exit 2\n--- err\nerror: there is no revision or label '0009'\nhint: 'history' lists the revisions\n");
}

TEST_F(HistoryCommandTest, SpeaksJson) {
  EXPECT_EQ(
      out({"heads", "--format", "json"}),
      "{\n  \"diagnostics\": [],\n  \"heads\": [\n    {\n      \"dependencies\": [],\n      \"id\": \"0002\",\n"
      "      \"is_head\": true,\n      \"labels\": [\n        \"tags\"\n      ],\n      \"message\": \"Create tag.\",\n"
      "      \"parents\": [\n        \"0001\"\n      ],\n      \"path\": \"migrations/0002_create_tag.sql\"\n    }\n"
      "  ]\n}\n");
}

TEST_F(HistoryCommandTest, S7_AFileCannotSteerTheTerminal) {
  tool_.revision("0003_c", "-- \x1b[31mRed\x07.\n\n-- migrate:up\nSELECT '\x1b[2J';\n");
  for (const auto& arguments : {std::vector<std::string>{"history"}, {"show", "head"}, {"upgrade", "head"}}) {
    const Output output = tool_.run(arguments);
    EXPECT_THAT(output.out, testing::HasSubstr("\\x1b[31mRed\\x07."));
    EXPECT_EQ(output.text().find('\x1b'), std::string::npos);
  }
}

} // namespace
} // namespace retort
