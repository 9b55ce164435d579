#include "cli/squash_test.hpp"

namespace retort {
namespace {

namespace fs = std::filesystem;

class SquashFilesTest : public SquashCommandTest {
protected:
  fs::path file(const std::string& name) const { return tool_.folder / "migrations" / name; }

  /// As a run leaves it that is killed when it has moved the first `moved` files.
  void kill_squash(int moved) const {
    ASSERT_EQ(squash({"0002:0003", "--yes"}), done);
    fs::rename(file("0003_squash_0002_to_0003.sql"), file(".squash-0003_squash_0002_to_0003.sql"));
    if (moved < 2) {
      fs::rename(file("replaced/0003_text.sql"), file("0003_text.sql"));
    }
    if (moved < 1) {
      fs::rename(file("replaced/0002_create_tag.sql"), file("0002_create_tag.sql"));
    }
  }
};

const std::string interrupted =
    "exit 1\n--- err\nmigrations/.squash-0003_squash_0002_to_0003.sql: error: a squash was interrupted here\n"
    "hint: 'retort squash' finishes it, or begins anew where it had not moved anything\n";
const std::string finished = "exit 0\n--- out\nmigrations/0003_squash_0002_to_0003.sql\n--- err\n"
                             "the squash that was interrupted is finished\n"
                             "2 revisions are in migrations/replaced now\n";

TEST_F(SquashFilesTest, FinishesWhatWasKilled) {
  for (const int moved : {1, 2}) {
    kill_squash(moved);
    EXPECT_EQ(text({"history"}), interrupted);
    EXPECT_EQ(text({"upgrade", "head"}), interrupted);
    EXPECT_EQ(squash({"0002:0003"}), finished) << moved;
    EXPECT_EQ(out({"history"}), "0003 -> 0004 (head)  Create last.\n0001 -> 0003 (tags)  Squash 0002 to 0003.\n"
                                "base -> 0001  Create note.\n");
    fs::remove_all(file(""));
    SetUp();
  }
}

TEST_F(SquashFilesTest, BeginsAnewWhereNothingWasMoved) {
  kill_squash(0);
  EXPECT_EQ(text({"history"}), interrupted);
  EXPECT_EQ(squash({"0002:0003", "--yes", "-m", "Tags"}), "exit 0\n--- out\nmigrations/0003_tags.sql\n--- err\n" +
                                                              seen + "2 revisions are in migrations/replaced now\n");
  EXPECT_FALSE(exists("migrations/.squash-0003_squash_0002_to_0003.sql"));
}

TEST_F(SquashFilesTest, LeavesALinkToAFolderAlone) {
  fs::create_directory(tool_.folder / "elsewhere");
  fs::create_directory_symlink("../elsewhere", file("replaced"));
  EXPECT_EQ(squash({"0002:0003", "--yes"}), done);
  EXPECT_TRUE(exists("elsewhere/0002_create_tag.sql"));
  EXPECT_EQ(text({"history"}).substr(0, 7), "exit 0\n");
}

TEST_F(SquashFilesTest, LeavesAFolderThatWasThere) {
  fs::create_directory(file("replaced"));
  tool_.write("migrations/replaced/0003_text.sql", "");
  EXPECT_THAT(squash({"0001:0002", "--yes"}),
              testing::StartsWith("exit 1\n--- err\nmigrations/replaced/0003_text.sql: error: "));
  EXPECT_TRUE(exists("migrations/replaced/0003_text.sql"));
}

TEST_F(SquashFilesTest, TakesBackWhatItHasMoved) {
  tool_.write("migrations/replaced/0003_text.sql", "");
  std::filesystem::rename(tool_.folder / "migrations/replaced", tool_.folder / "replaced");
  std::filesystem::rename(tool_.folder / "migrations/0003_text.sql", tool_.folder / "text.sql");
  std::filesystem::create_symlink("../text.sql", tool_.folder / "migrations/0003_text.sql");
  EXPECT_THAT(squash({"0002:0003", "--yes"}),
              testing::EndsWith("migrations/0003_text.sql: error: a symbolic link cannot be moved\n"
                                "hint: put the file itself here\n"));
  expect_untouched();
}

TEST_F(SquashFilesTest, MovesFoldersAndPairs) {
  std::filesystem::remove(tool_.folder / "migrations/0003_text.sql");
  tool_.write("migrations/0003_text/up.sql", "ALTER TABLE tag RENAME COLUMN name TO text;\n");
  std::filesystem::remove(tool_.folder / "migrations/0004_last.sql");
  tool_.write("migrations/0004_last.up.sql", "CREATE TABLE last (a);\n");
  tool_.write("migrations/0004_last.down.sql", "DROP TABLE last;\n");
  EXPECT_EQ(squash({"0003:0004", "--rename", "tag.name=text"}),
            "exit 0\n--- out\nmigrations/0004_squash_0003_to_0004.sql\n--- err\n"
            "2 revisions are in migrations/replaced now\n");
  for (const char* file : {"0003_text/up.sql", "0004_last.up.sql", "0004_last.down.sql"}) {
    EXPECT_TRUE(exists(std::string("migrations/replaced/") + file)) << file;
  }
  EXPECT_THAT(tool_.read("migrations/0004_squash_0003_to_0004.sql"),
              testing::HasSubstr("-- Irreversible: 0003 has no way down\n"));
}

} // namespace
} // namespace retort
