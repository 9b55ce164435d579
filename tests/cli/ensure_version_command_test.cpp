#include "cli/tool_test.hpp"

namespace retort {
namespace {

class EnsureVersionCommandTest : public ToolTest {};

TEST_F(EnsureVersionCommandTest, CreatesTheTableOnce) {
  EXPECT_EQ(text({"ensure-version"}), "exit 0\n--- err\nsqlite:app.db has a revision table now\n");
  EXPECT_EQ(out({"current"}), "base\n");
  EXPECT_EQ(text({"ensure-version"}), "exit 0\n--- err\nnothing to do: sqlite:app.db has a revision table\n");
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"ensure-version"}), "exit 0\n--- err\nnothing to do: sqlite:app.db has a revision table\n");
  EXPECT_EQ(out({"current"}), "0001  Create note.\n");
}

TEST_F(EnsureVersionCommandTest, NeedsNoMigrations) {
  EXPECT_EQ(text({"ensure-version", "-d", "nowhere", "-q"}), "exit 0\n");
  EXPECT_TRUE(exists("app.db"));
}

TEST_F(EnsureVersionCommandTest, WritesTheScript) {
  const std::string script = out({"ensure-version", "--sql"});
  EXPECT_THAT(script, testing::StartsWith(".bail on\n-- Retort 0.1.0, sqlite: the revision table, where it is "
                                          "missing\n\nBEGIN IMMEDIATE;\nCREATE TABLE IF NOT EXISTS "
                                          "main.retort_revisions ("));
  EXPECT_EQ(out({"ensure-version", "--sql", "--plain"}), script.substr(script.find("--")));
  EXPECT_EQ(text({"ensure-version", "--sql", "-o", "table.sql"}), "exit 0\n");
  EXPECT_EQ(tool_.read("table.sql"), script);
  EXPECT_FALSE(exists("app.db"));
}

TEST_F(EnsureVersionCommandTest, SpeaksJson) {
  EXPECT_EQ(out({"ensure-version", "--format", "json"}),
            "{\n  \"created\": true,\n  \"database\": \"sqlite:app.db\",\n  \"diagnostics\": []\n}\n");
}

TEST_F(EnsureVersionCommandTest, RefusesWhatItDoesNotUnderstand) {
  const std::string hint = "\nhint: --help lists the commands and options\n";
  EXPECT_EQ(text({"ensure-version", "head"}), "exit 2\n--- err\nerror: unexpected argument 'head'" + hint);
  EXPECT_EQ(text({"ensure-version", "-o", "x"}), "exit 2\n--- err\nerror: --output goes with --sql" + hint);
  EXPECT_EQ(text({"ensure-version", "--plain"}), "exit 2\n--- err\nerror: --plain goes with --sql" + hint);
  EXPECT_FALSE(exists("app.db"));
}

} // namespace
} // namespace retort
