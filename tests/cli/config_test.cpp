#include "cli/tool_test.hpp"

namespace retort {
namespace {

/// retort.toml.
class ConfigTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.environment.erase("DATABASE_URL");
  }

  std::string refused(const std::string& config) const {
    tool_.write("retort.toml", config);
    return text({"current"});
  }
};

TEST_F(ConfigTest, IsFoundUpwardsAndItsPathsAreItsOwn) {
  std::filesystem::rename(tool_.folder / "migrations", tool_.folder / "db");
  tool_.write("retort.toml", "migrations = \"db\"\n[database.app]\nurl = \"sqlite:here.db\"\n");
  tool_.write("a/b/x", "");
  Invocation invocation = tool_.invocation({"upgrade", "head"});
  invocation.folder = tool_.folder / "a/b";
  const Output output = run_process(invocation);
  EXPECT_EQ(output.out, "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n") << output.err;
  invocation.arguments = {"history", "-v"};
  EXPECT_THAT(run_process(invocation).out, testing::HasSubstr("    ../../db/0001_create_note.sql\n"));
}

TEST_F(ConfigTest, IsTheGivenOne) {
  tool_.write("retort.toml", "migrations = \"nowhere\"\n");
  tool_.write("other.toml", "migrations = \"migrations\"\n");
  EXPECT_EQ(out({"-c", "other.toml", "heads"}), "0001 -> 0002 (tags) (head)  Create tag.\n");
  EXPECT_EQ(text({"-c", "none.toml", "heads"}),
            "exit 2\n--- err\nnone.toml: error: cannot read the file: No such file or directory\n");
  EXPECT_EQ(text({"heads"}), "exit 1\n--- err\nnowhere: error: cannot read the directory: No such file or directory\n"
                             "hint: 'retort init' makes it; --directory names another one\n");
  EXPECT_EQ(out({"-d", "migrations", "heads"}), "0001 -> 0002 (tags) (head)  Create tag.\n");
}

TEST_F(ConfigTest, PointsAtAMistake) {
  EXPECT_EQ(refused("migration = \"x\"\n"), "exit 2\n--- err\nretort.toml:1:13: error: unknown key 'migration'\n"
                                            "    1 | migration = \"x\"\n      |             ^\n"
                                            "hint: the keys are migrations and [database.NAME]\n");
  EXPECT_EQ(refused("migrations = 5\n"), "exit 2\n--- err\nretort.toml:1:14: error: 'migrations' must be a string\n"
                                         "    1 | migrations = 5\n      |              ^\n");
  EXPECT_EQ(refused("[database.app]\nurl = \"sqlite:a.db\"\nuri = 'x'\n"),
            "exit 2\n--- err\nretort.toml:3:7: error: unknown key 'uri'\n    3 | uri = 'x'\n      |       ^\n"
            "hint: the keys are url and declared_schema\n");
  EXPECT_EQ(refused("database = 1\n").substr(0, 62),
            "exit 2\n--- err\nretort.toml:1:12: error: unknown key 'database'");
  const std::string syntax = refused("\nmigrations = \"x\n");
  EXPECT_THAT(syntax, testing::StartsWith("exit 2\n--- err\nretort.toml:2:"));
  EXPECT_THAT(syntax, testing::HasSubstr("    2 | migrations = \"x\n"));
}

TEST_F(ConfigTest, ADatabaseNeedsAUrl) {
  EXPECT_EQ(
      refused("[database.app]\ndeclared_schema = \"x.sql\"\n"),
      "exit 2\n--- err\nerror: the database 'app' has no url in retort.toml\nhint: write url = \"sqlite:app.db\", for "
      "example, into [database.app]\n");
}

TEST_F(ConfigTest, ReplacesVariables) {
  tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:${FOLDER}/${NAME}.db\"\n");
  EXPECT_EQ(text({"upgrade", "head"}), "exit 2\n--- err\nerror: the environment variable FOLDER is not set\n"
                                       "hint: set FOLDER, or give the database with --url\n");
  tool_.environment["FOLDER"] = ".";
  tool_.environment["NAME"] = "it's $5";
  EXPECT_EQ(tool_.run({"upgrade", "head"}).err, "sqlite:./it's $5.db is at 0002\n");
  EXPECT_TRUE(exists("it's $5.db"));
  tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:${FOLDER/x.db\"\n");
  EXPECT_EQ(tool_.run({"current"}).status, 3) << "not a variable, but a file that is not there";
}

TEST_F(ConfigTest, IsNotReadWhereItIsNotNeeded) {
  tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:${UNSET}\"\n");
  EXPECT_EQ(out({"heads"}), "0001 -> 0002 (tags) (head)  Create tag.\n");
  EXPECT_EQ(tool_.run({"upgrade", "head", "--sql", "--dialect", "sqlite"}).status, 0);
}

} // namespace
} // namespace retort
