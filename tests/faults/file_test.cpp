#include "cli/tool.hpp"
#include "faults/kill_points.hpp"
#include "faults/unprivileged.hpp"

namespace retort {
namespace {

class FileFaultTest : public testing::Test {
protected:
  void SetUp() override { tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x);\n"); }

  Tool tool_;
};

TEST_F(FileFaultTest, F38_ALinkThatLeadsNowhereIsAnError) {
  std::filesystem::create_symlink("nowhere.sql", tool_.folder / "migrations/0002_b.sql");
  EXPECT_EQ(tool_.text({"check", "--dialect", "sqlite"}),
            "exit 1\n--- err\nmigrations/0002_b.sql: error: cannot read the entry: No such file or directory\n");
}

TEST_F(FileFaultTest, F38_ALoopOfLinksIsAnError) {
  std::filesystem::create_symlink("loop", tool_.folder / "loop");
  EXPECT_EQ(tool_.text({"-d", "loop", "check", "--dialect", "sqlite"}),
            "exit 1\n--- err\nloop: error: cannot read the directory: Too many levels of symbolic links\n");
  std::filesystem::create_symlink("0003_c.sql", tool_.folder / "migrations/0003_c.sql");
  EXPECT_EQ(
      tool_.text({"check", "--dialect", "sqlite"}),
      "exit 1\n--- err\nmigrations/0003_c.sql: error: cannot read the entry: Too many levels of symbolic links\n");
}

TEST_F(FileFaultTest, F38_AMissingDirectoryIsAnError) {
  EXPECT_EQ(tool_.text({"-d", "nowhere", "heads"}),
            "exit 1\n--- err\nnowhere: error: cannot read the directory: No such file or directory\n"
            "hint: 'retort init' makes it; --directory names another one\n");
}

TEST_F(FileFaultTest, F38_AnUnreadableFileOrDirectoryIsAnError) {
  const auto heads = [&] { return run_unprivileged(tool_.folder.path(), {"heads", "--dialect", "sqlite"}).text(); };
  EXPECT_EQ(heads(), "exit 0\n--- out\nbase -> 0001 (head)  A.\n");
  std::filesystem::permissions(tool_.folder / "migrations/0001_a.sql", std::filesystem::perms::none);
  EXPECT_EQ(heads(), "exit 1\n--- err\nmigrations/0001_a.sql: error: cannot read the file: Permission denied\n");
  std::filesystem::permissions(tool_.folder / "migrations", std::filesystem::perms::none);
  EXPECT_EQ(heads(), "exit 1\n--- err\nmigrations: error: cannot read the directory: Permission denied\n");
  std::filesystem::permissions(tool_.folder / "migrations", std::filesystem::perms::owner_all);
}

TEST_F(FileFaultTest, F39_AKilledGenerationLeavesTheOldFileOrTheNewOne) {
  const std::vector<std::string> arguments = {"upgrade", "head", "--sql", "--dialect", "sqlite", "-o", "out.sql"};
  tool_.run(arguments);
  const std::string old_script = tool_.read("out.sql");
  tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nCREATE TABLE b (x);\n");
  tool_.run(arguments);
  const std::string new_script = tool_.read("out.sql");
  ASSERT_NE(old_script, new_script);
  const int killed = for_each_kill_point(
      tool_.invocation(arguments), [&] { tool_.write("out.sql", old_script); },
      [&] {
        const std::string left = tool_.read("out.sql");
        EXPECT_TRUE(left == old_script || left == new_script) << left;
      });
  EXPECT_GE(killed, 3);
  EXPECT_EQ(tool_.read("out.sql"), new_script);
}

TEST_F(FileFaultTest, F39_PathsWithSpacesDollarsAndUmlautsWork) {
  tool_.write("a $b ü/0001_a.sql", "-- A.\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(tool_.text({"-d", "a $b ü", "-u", "sqlite:$x ä.db", "upgrade", "head"}),
            "exit 0\n--- out\nupgrade base -> 0001  A.\n--- err\nsqlite:$x ä.db is at 0001\n");
  EXPECT_TRUE(std::filesystem::exists(tool_.folder / "$x ä.db"));
  EXPECT_EQ(tool_.run({"-d", "a $b ü", "--dialect", "sqlite", "upgrade", "head", "--sql", "-o", "o $ ö.sql"}).status,
            0);
  EXPECT_TRUE(std::filesystem::exists(tool_.folder / "o $ ö.sql"));
}

} // namespace
} // namespace retort
