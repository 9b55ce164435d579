#include "cli/tool_test.hpp"

namespace retort {
namespace {

class BranchesCommandTest : public ToolTest {};

TEST_F(BranchesCommandTest, AHistoryWithoutBranchesHasLabelsAtMost) {
  EXPECT_EQ(text({"branches"}), "exit 0\n--- out\nlabel tags: 0002, head 0002\n");
  tool_.revision("0002_create_tag", "-- Create tag.\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"branches"}), "exit 0\n");
}

TEST_F(BranchesCommandTest, ListsWhereTheHistoryParts) {
  tool_.revision("0003_c", "-- C.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0004_d", "-- D.\n-- Revises: 0002\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0005_e", "-- E.\n-- Revises: 0002, 0003\n-- Branch: joint\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"branches"}), "exit 0\n--- out\n"
                                "0001 -> 0002 (tags)  Create tag.\n"
                                "  0002 -> 0004 (head)  D.\n"
                                "  0002, 0003 -> 0005 (joint) (head)  E.\n"
                                "base -> 0001  Create note.\n"
                                "  0001 -> 0002 (tags)  Create tag.\n"
                                "  0001 -> 0003  C.\n"
                                "label tags: 0002, heads 0004, 0005\n"
                                "label joint: 0005, head 0005\n");
}

TEST_F(BranchesCommandTest, NamesTheFilesWhenVerbose) {
  tool_.revision("0003_c", "-- C.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(out({"branches", "-v"}), "base -> 0001  Create note.\n    migrations/0001_create_note.sql\n"
                                     "  0001 -> 0002 (tags) (head)  Create tag.\n"
                                     "      migrations/0002_create_tag.sql\n"
                                     "  0001 -> 0003 (head)  C.\n      migrations/0003_c.sql\n"
                                     "label tags: 0002, head 0002\n");
}

TEST_F(BranchesCommandTest, SpeaksJson) {
  EXPECT_EQ(out({"branches", "--format", "json"}),
            "{\n  \"branches\": [],\n  \"diagnostics\": [],\n  \"labels\": [\n    {\n      \"heads\": [\n"
            "        \"0002\"\n      ],\n      \"id\": \"0002\",\n      \"label\": \"tags\"\n    }\n  ]\n}\n");
}

TEST_F(BranchesCommandTest, TakesNoArgument) {
  EXPECT_EQ(text({"branches", "head"}), "exit 2\n--- err\nerror: unexpected argument 'head'\n"
                                        "hint: --help lists the commands and options\n");
}

} // namespace
} // namespace retort
