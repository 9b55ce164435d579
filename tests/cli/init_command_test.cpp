#include "cli/tool_test.hpp"

namespace retort {
namespace {

class InitCommandTest : public testing::Test {
protected:
  std::string text(const std::vector<std::string>& arguments) const { return tool_.text(arguments); }

  Tool tool_;
};

TEST_F(InitCommandTest, BeginsFromNothing) {
  EXPECT_EQ(text({"init"}),
            "exit 0\n--- out\nretort.toml and migrations/ are ready; next: retort revision -m \"what it does\"\n");
  EXPECT_EQ(tool_.read("retort.toml"),
            "migrations = \"migrations\"\n\n# [database.app]\n"
            "# url = \"sqlite:app.db\"   # or postgresql://user@host/name, or ${DATABASE_URL}\n");
  EXPECT_EQ(text({"heads"}), "exit 0\n");
  EXPECT_EQ(text({"revision", "-m", "first", "--rev-id", "0001"}), "exit 0\n--- out\nmigrations/0001_first.sql\n");
  EXPECT_EQ(text({"revision", "-m", "second", "--rev-id", "0002"}), "exit 0\n--- out\nmigrations/0002_second.sql\n");
  EXPECT_EQ(text({"upgrade", "head", "-u", "sqlite:app.db"}),
            "exit 0\n--- out\nupgrade base -> 0001  first\nupgrade 0001 -> 0002  second\n--- err\n"
            "sqlite:app.db is at 0002\n");
}

TEST_F(InitCommandTest, TakesAFolder) {
  EXPECT_EQ(tool_.run({"init", "db/changes"}).status, 0);
  EXPECT_TRUE(std::filesystem::is_directory(tool_.folder / "db/changes"));
  EXPECT_EQ(tool_.run({"heads"}).status, 0);
}

TEST_F(InitCommandTest, KeepsWhatIsThere) {
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"init"}), "exit 0\n--- out\nretort.toml is ready for what is in migrations/; next: retort check\n");
  EXPECT_EQ(text({"heads"}), "exit 0\n--- out\nbase -> 0001 (head)  A.\n");
  tool_.write("retort.toml", "mine");
  EXPECT_EQ(text({"init", "other"}), "exit 2\n--- err\nretort.toml: error: there is a configuration already\n"
                                     "hint: nothing was changed; edit it, or take it away first\n");
  EXPECT_EQ(tool_.read("retort.toml"), "mine");
  EXPECT_FALSE(std::filesystem::exists(tool_.folder / "other"));
}

TEST_F(InitCommandTest, RefusesWhatCannotBeADirectory) {
  tool_.write("file", "");
  EXPECT_EQ(text({"init", "file"}), "exit 2\n--- err\nfile: error: cannot create the directory: Not a directory\n");
  EXPECT_EQ(text({"init", "file/below"}),
            "exit 2\n--- err\nfile/below: error: cannot create the directory: Not a directory\n");
  EXPECT_EQ(text({"init", "a\"b"}), "exit 2\n--- err\nerror: 'a\"b' cannot be the directory's name\n"
                                    "hint: leave out quotes, backslashes and control characters\n");
  EXPECT_EQ(text({"init", "a", "b"}), "exit 2\n--- err\nerror: unexpected argument 'b'\n"
                                      "hint: --help lists the commands and options\n");
  EXPECT_FALSE(std::filesystem::exists(tool_.folder / "retort.toml"));
}

} // namespace
} // namespace retort
