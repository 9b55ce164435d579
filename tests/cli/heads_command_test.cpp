#include "cli/tool_test.hpp"

namespace retort {
namespace {

/// Two heads, of which 0003 depends on 0002.
class HeadsCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.revision("0003_c", "-- C.\n-- Revises: base\n-- Depends-On: tags\n\n-- migrate:up\nSELECT 1;\n");
  }
};

TEST_F(HeadsCommandTest, ListsRevisionsWithoutChildren) {
  EXPECT_EQ(text({"heads"}), "exit 0\n--- out\n0001 -> 0002 (tags) (head)  Create tag.\nbase -> 0003 (head)  C.\n");
}

TEST_F(HeadsCommandTest, LeavesOutWhatAnotherRevisionDependsOn) {
  EXPECT_EQ(text({"heads", "--resolve-dependencies"}), "exit 0\n--- out\nbase -> 0003 (head)  C.\n");
  EXPECT_EQ(out({"heads", "--resolve-dependencies", "--format", "json"}),
            "{\n  \"diagnostics\": [],\n  \"heads\": [\n    {\n      \"dependencies\": [\n        \"0002\"\n      ],\n"
            "      \"id\": \"0003\",\n      \"is_head\": true,\n      \"labels\": [],\n      \"message\": \"C.\",\n"
            "      \"parents\": [],\n      \"path\": \"migrations/0003_c.sql\"\n    }\n  ]\n}\n");
}

TEST_F(HeadsCommandTest, ShowsAllThatIsKnown) {
  EXPECT_EQ(
      out({"heads", "-v"}),
      "revision   0002 (head)\nmessage    Create tag.\nparents    0001\nlabel      tags\n"
      "file       migrations/0002_create_tag.sql\n\n"
      "revision   0003 (head)\nmessage    C.\nparents    base\ndepends on 0002\nfile       migrations/0003_c.sql\n");
}

} // namespace
} // namespace retort
