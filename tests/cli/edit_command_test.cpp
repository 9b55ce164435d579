#include "cli/tool_test.hpp"

namespace retort {
namespace {

class EditCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.environment["EDITOR"] = "echo editing";
  }
};

TEST_F(EditCommandTest, OpensTheFileOfARevision) {
  EXPECT_EQ(text({"edit", "head"}), "exit 0\n--- out\nediting migrations/0002_create_tag.sql\n");
  EXPECT_EQ(text({"edit", "0001,tags"}),
            "exit 0\n--- out\nediting migrations/0001_create_note.sql migrations/0002_create_tag.sql\n");
  tool_.environment["VISUAL"] = "echo seeing";
  EXPECT_EQ(text({"edit", "0001"}), "exit 0\n--- out\nseeing migrations/0001_create_note.sql\n");
}

TEST_F(EditCommandTest, OpensBothFilesOfAFolder) {
  tool_.write("migrations/0003_it's $odd/up.sql", "SELECT 1;\n");
  tool_.write("migrations/0003_it's $odd/down.sql", "SELECT 1;\n");
  tool_.environment["EDITOR"] = "printf '<%s>'";
  EXPECT_EQ(text({"edit", "head"}),
            "exit 0\n--- out\n<migrations/0003_it's $odd/up.sql><migrations/0003_it's $odd/down.sql>");
}

TEST_F(EditCommandTest, OpensWhereADatabaseIs) {
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"edit", "current"}), "exit 0\n--- out\nediting migrations/0001_create_note.sql\n");
}

TEST_F(EditCommandTest, ReadsTheFilesAgain) {
  tool_.write("editor", "#!/bin/sh\nprintf '%s\\n' '-- Revises: 0009' '-- migrate:up' >\"$1\"\n");
  tool_.environment["EDITOR"] = "sh ./editor";
  EXPECT_EQ(text({"edit", "head"}),
            "exit 1\n--- err\nmigrations/0002_create_tag.sql:1:13: error: missing parent '0009'\n"
            "    1 | -- Revises: 0009\n      |             ^~~~\n"
            "hint: no revision in this directory has that id; was its file deleted, or not added yet?\n");
}

TEST_F(EditCommandTest, ReadsTheStatementsForADialect) {
  tool_.write("editor", "#!/bin/sh\nprintf '%s\\n' '-- migrate:up' \"SELECT 'x;\" >\"$1\"\n");
  tool_.environment["EDITOR"] = "sh ./editor";
  EXPECT_EQ(tool_.run({"edit", "head"}).status, 0);
  EXPECT_THAT(text({"edit", "head", "--dialect", "sqlite"}),
              testing::StartsWith("exit 1\n--- err\nmigrations/0002_create_tag.sql:2:8: error: "));
}

TEST_F(EditCommandTest, NeedsAnEditorThatWorks) {
  tool_.environment["EDITOR"] = "false";
  EXPECT_EQ(text({"edit", "head"}),
            "exit 2\n--- err\nerror: the editor failed: false\nhint: check VISUAL and EDITOR\n");
  tool_.environment["EDITOR"] = "";
  EXPECT_EQ(text({"edit", "head"}),
            "exit 2\n--- err\nerror: no editor is set\nhint: set EDITOR, for example EDITOR=vi\n");
}

TEST_F(EditCommandTest, NeedsARevision) {
  EXPECT_EQ(text({"edit"}), "exit 2\n--- err\nerror: the revision is missing\n"
                            "hint: --help lists the commands and options\n");
  EXPECT_EQ(text({"edit", "base"}),
            "exit 2\n--- err\nerror: 'base' names no revision\nhint: 'history' lists the revisions\n");
  EXPECT_EQ(tool_.run({"edit", "nosuch"}).status, 2);
}

} // namespace
} // namespace retort
