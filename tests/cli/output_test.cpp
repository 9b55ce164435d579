#include "cli/tool_test.hpp"

namespace retort {
namespace {

/// Scripts and what is written beside them.
class OutputTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.environment.erase("DATABASE_URL");
  }
  std::vector<std::string> script(std::vector<std::string> more) const {
    more.insert(more.begin(), {"upgrade", "head", "--sql", "--dialect", "sqlite"});
    return more;
  }
};

TEST_F(OutputTest, WritesTheSameScriptToAFileOrToStandardOutput) {
  EXPECT_EQ(text(script({"-o", "up.sql"})), "exit 0\n");
  EXPECT_EQ(tool_.read("up.sql"), out(script({})));
  EXPECT_THAT(tool_.read("up.sql"), testing::StartsWith(".bail on\n-- Retort 0.1.0, sqlite: 2 steps from base\n"));
}

TEST_F(OutputTest, CarriesATag) {
  EXPECT_THAT(
      out(script({"--tag", "release 7, naïve"})),
      testing::StartsWith(".bail on\n-- Retort 0.1.0, sqlite: 2 steps from base\n-- Tag: release 7, naïve\n\n"));
  EXPECT_THAT(out({"downgrade", "head:base", "--sql", "--dialect", "postgresql", "--tag", "x"}),
              testing::HasSubstr("\n-- Tag: x\n"));
  EXPECT_THAT(out({"stamp", "head", "--sql", "--dialect", "sqlite", "--tag", "x"}),
              testing::HasSubstr("\n-- Tag: x\n"));
  for (const char* tag : {"", "a\nDROP TABLE note;", "a\rb", "a\tb", "\x1b[2J", "a\xff", "\u202e"}) {
    EXPECT_EQ(text(script({"--tag", tag})), "exit 2\n--- err\nerror: --tag needs one line of text, without control "
                                            "characters\nhint: --help lists the commands and options\n");
  }
}

TEST_F(OutputTest, KeepsTheOldFileWhenARevisionIsBroken) {
  tool_.write("up.sql", "old\n");
  tool_.revision("0003_broken", "-- Broken.\n\n-- migrate:up\nSELECT 'x;\n");
  EXPECT_EQ(tool_.run(script({"-o", "up.sql"})).status, 1);
  EXPECT_EQ(tool_.read("up.sql"), "old\n");
  tool_.revision("0003_broken", "-- Broken.\n\n-- migrate:up\nSELECT missing;\n");
  EXPECT_EQ(text(script({"-o", "up.sql", "--validate", "execute"})),
            "exit 1\n--- err\nmigrations/0003_broken.sql:4:8: error: no such column: missing\n"
            "    4 | SELECT missing;\n      |        ^~~~~~~\n");
  EXPECT_EQ(tool_.read("up.sql"), "old\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(tool_.folder.path()), {}), 2)
      << "no temporary file is left";
}

TEST_F(OutputTest, WritesADepfile) {
  tool_.write("migrations/0003_c/up.sql", "SELECT 1;\n");
  std::filesystem::create_directory(tool_.folder / "migrations/empty");
  out(script({"-o", "out.sql", "--depfile", "out.d"}));
  EXPECT_EQ(tool_.read("out.d"), "out.sql: \\\n  migrations \\\n  migrations/0003_c \\\n  migrations/empty \\\n"
                                 "  migrations/0001_create_note.sql \\\n  migrations/0002_create_tag.sql \\\n"
                                 "  migrations/0003_c/up.sql\n");
}

TEST_F(OutputTest, SaysWhereItCannotWrite) {
  EXPECT_EQ(text(script({"-o", "nowhere/up.sql"})),
            "exit 2\n--- err\nnowhere/up.sql: error: cannot write the file: No such file or directory\n");
}

TEST_F(OutputTest, AFullDeviceIsNoSuccess) {
  for (const auto& arguments : {script({}), std::vector<std::string>{"heads"}, std::vector<std::string>{"--help"}}) {
    Invocation invocation = tool_.invocation(arguments);
    invocation.standard_output = "/dev/full";
    const Output output = run_process(invocation);
    EXPECT_EQ(output.status, 2) << output.text();
    EXPECT_EQ(output.err, "error: cannot write to standard output\n");
  }
}

TEST_F(OutputTest, ALongScriptToAFullDeviceIsNoSuccessEither) {
  tool_.revision("0003_c", "-- C.\n\n-- migrate:up\nSELECT '" + std::string(100'000, 'x') + "';\n");
  Invocation invocation = tool_.invocation(script({}));
  invocation.standard_output = "/dev/full";
  EXPECT_NE(run_process(invocation).status, 0);
}

TEST_F(OutputTest, AScriptDownNeedsAStart) {
  EXPECT_EQ(text({"downgrade", "base", "--sql", "--dialect", "sqlite"}),
            "exit 2\n--- err\nerror: a downgrade script needs a start\nhint: write start:end, for example head:base\n");
  EXPECT_THAT(out({"downgrade", "head:base", "--sql", "--dialect", "sqlite"}), testing::HasSubstr("DROP TABLE tag;"));
  EXPECT_EQ(text({"upgrade", "a:b:c", "--sql", "--dialect", "sqlite"}),
            "exit 2\n--- err\nerror: 'a:b:c' has two colons\nhint: a range is written start:end\n");
}

TEST_F(OutputTest, AScriptDownSaysWhereItStops) {
  tool_.revision("0003_c", "-- C.\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0004_d", "-- D.\n\n-- migrate:up\nCREATE TABLE d (a);\n-- migrate:down\nDROP TABLE d;\n");
  EXPECT_THAT(out({"downgrade", "head:base", "--sql", "--dialect", "sqlite"}),
              testing::HasSubstr("-- This goes down to 0003 only: that revision is irreversible.\n"));
}

TEST_F(OutputTest, AScriptUpDoesNotLeadDown) {
  EXPECT_EQ(text({"upgrade", "head:base", "--sql", "--dialect", "sqlite"}),
            "exit 2\n--- err\nerror: 'head:base' leads down, and an upgrade goes up\nhint: 'downgrade' goes down\n");
  EXPECT_EQ(text({"upgrade", "head:head", "--sql", "--dialect", "sqlite"}).substr(0, 6), "exit 0");
}

TEST_F(OutputTest, AScriptNeedsADialect) {
  EXPECT_EQ(text({"upgrade", "head", "--sql"}),
            "exit 2\n--- err\nerror: no dialect is given\n"
            "hint: use --dialect sqlite, --dialect postgresql, or name a database\n");
  EXPECT_THAT(out({"upgrade", "head", "--sql", "-u", "postgresql://nowhere/app"}),
              testing::HasSubstr("\\set ON_ERROR_STOP"));
  EXPECT_EQ(text(script({"--idempotent"})),
            "exit 2\n--- err\nerror: --idempotent is for upgrade scripts that psql runs\n"
            "hint: leave it out; a script without it refuses a database in another state\n");
  EXPECT_EQ(text(script({"--validate", "yes"})),
            "exit 2\n--- err\nerror: --validate cannot be 'yes' for sqlite\nhint: it is off, parse or execute\n");
}

} // namespace
} // namespace retort
