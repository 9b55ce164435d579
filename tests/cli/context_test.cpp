#include "cli/tool_test.hpp"

namespace retort {
namespace {

/// Which database a command works on: the command line over the environment over the file.
class ContextTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.write("retort.toml",
                "[database.first]\nurl = \"sqlite:first.db\"\n[database.second]\nurl = \"sqlite:second.db\"\n");
  }
  std::string used(std::vector<std::string> options) const {
    options.insert(options.begin(), {"upgrade", "head"});
    return tool_.run(options).err;
  }
};

TEST_F(ContextTest, TakesTheUrlOfTheCommandLineFirst) {
  EXPECT_EQ(used({"-u", "sqlite:x.db", "-n", "first"}), "sqlite:x.db is at 0002\n");
  EXPECT_EQ(used({"-n", "second"}), "sqlite:second.db is at 0002\n");
  EXPECT_EQ(used({}), "sqlite:app.db is at 0002\n");
  tool_.environment["DATABASE_URL"] = "";
  EXPECT_EQ(used({}), "error: retort.toml has several databases: first, second\nhint: choose one with --database\n");
  tool_.write("retort.toml", "[database.only]\nurl = \"sqlite:only.db\"\n");
  EXPECT_EQ(used({}), "sqlite:only.db is at 0002\n");
}

TEST_F(ContextTest, NamesWhatIsMissing) {
  EXPECT_EQ(text({"current", "-n", "third"}),
            "exit 2\n--- err\nerror: there is no database 'third' in the configuration\n"
            "hint: write [database.third] with url = \"…\" into retort.toml\n");
  tool_.environment.clear();
  std::filesystem::remove(tool_.folder / "retort.toml");
  const std::string missing = "exit 2\n--- err\nerror: no database is given\n"
                              "hint: use --url, DATABASE_URL, or a configuration file with [database.NAME]\n";
  EXPECT_EQ(text({"current"}), missing);
  EXPECT_EQ(text({"upgrade", "head"}), missing);
  EXPECT_EQ(text({"upgrade", "head", "--plan"}), missing);
  EXPECT_EQ(text({"current", "-u", "nonsense"}),
            "exit 2\n--- err\nerror: this is no database URL that Retort knows\n"
            "hint: write sqlite:file.db, sqlite:/absolute/file.db, postgresql://user@host/name, or host=… dbname=…\n");
}

TEST_F(ContextTest, OfflineNeedsNoDatabase) {
  tool_.environment["DATABASE_URL"] = "postgresql://nowhere.invalid/app";
  EXPECT_EQ(out({"upgrade", "head", "--plan", "--from", "0001"}), "upgrade 0001 -> 0002  Create tag.\n");
  EXPECT_EQ(tool_.run({"upgrade", "head", "--sql"}).status, 0);
}

} // namespace
} // namespace retort
