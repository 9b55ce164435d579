#include "cli/tool_test.hpp"

namespace retort {
namespace {

class ArgumentsTest : public ToolTest {
protected:
  static std::string usage(const std::string& message,
                           const std::string& hint = "--help lists the commands and options",
                           const std::string& note = {}) {
    return "exit 2\n--- err\nerror: " + message + "\n" + note + "hint: " + hint + "\n";
  }
};

TEST_F(ArgumentsTest, OptionsStandBeforeOrBehindTheCommand) {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"--url", "sqlite:x.db", "upgrade", "head"},
                                             {"upgrade", "--url", "sqlite:x.db", "head"},
                                             {"upgrade", "head", "--url", "sqlite:x.db"},
                                             {"upgrade", "head", "--url=sqlite:x.db"},
                                             {"-u", "sqlite:x.db", "upgrade", "head"},
                                             {"-d", "migrations", "upgrade", "head", "-u", "sqlite:x.db"}}) {
    std::filesystem::remove(tool_.folder / "x.db");
    EXPECT_EQ(text(arguments),
              "exit 0\n--- out\nupgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n"
              "--- err\nsqlite:x.db is at 0002\n")
        << testing::PrintToString(arguments);
  }
}

TEST_F(ArgumentsTest, ARelativeTargetIsNoOption) {
  out({"upgrade", "head"});
  EXPECT_EQ(out({"downgrade", "-1"}), "downgrade 0002 -> 0001  Create tag.\n");
  EXPECT_EQ(out({"--color", "never", "downgrade", "-1", "-v"}), "downgrade 0001 -> base  Create note.\n");
  EXPECT_EQ(out({"upgrade", "+1"}), "upgrade base -> 0001  Create note.\n");
  EXPECT_EQ(out({"upgrade", "+1", "-u", "sqlite:app.db"}), "upgrade 0001 -> 0002  Create tag.\n");
}

TEST_F(ArgumentsTest, AValueMayBeginWithADash) {
  out({"upgrade", "head"});
  const std::string both = "0001 -> 0002 (tags) (head)  Create tag.\nbase -> 0001  Create note.\n";
  EXPECT_EQ(out({"history", "-r", "-1:current"}), both);
  EXPECT_EQ(out({"history", "-r-1:current"}), both);
  EXPECT_EQ(out({"history", "-qr-1:current"}), both);
  EXPECT_EQ(out({"history", "--rev-range=-1:current"}), both);
  EXPECT_EQ(out({"history", "--rev-range", "-1:current"}), both);
  EXPECT_EQ(out({"-r", "-1:current", "history"}), both);
  EXPECT_EQ(text({"upgrade", "head", "--plan", "--from", "-1"}),
            usage("'-1' counts from the state of a database, and there is none here",
                  "name a revision, or give a database with --url"));
  EXPECT_EQ(text({"revision", "-m", "x", "--head", "-1"}),
            usage("0001 is no head", "name the head instead: 0002; or begin a second branch with --splice",
                  "migrations/0002_create_tag.sql: note: 0002 follows it\n"));
  EXPECT_EQ(out({"downgrade", "-1,tags@-1"}), "downgrade 0002 -> 0001  Create tag.\n");
  EXPECT_EQ(text({"downgrade", "-1x"}), usage("'-1x' is no number of steps", "write -1, -2, …"));
  EXPECT_EQ(out({"-m", "Third", "--rev-id", "0003", "revision"}), "migrations/0003_third.sql\n");
}

TEST_F(ArgumentsTest, BehindTwoDashesThereAreOperandsOnly) {
  EXPECT_EQ(out({"upgrade", "-vusqlite:x.db", "--", "0001"}), "upgrade base -> 0001  Create note.\n");
  EXPECT_EQ(text({"heads", "--", "-v"}), usage("unexpected argument '-v'"));
}

TEST_F(ArgumentsTest, RefusesWhatItDoesNotUnderstand) {
  EXPECT_EQ(text({"frob"}), usage("unknown command 'frob'"));
  EXPECT_EQ(text({"-v"}), usage("the command is missing"));
  EXPECT_EQ(text({"--url", "sqlite:x.db"}), usage("the command is missing"));
  EXPECT_EQ(text({"heads", "-u"}), usage("option 'u' is missing an argument"));
  EXPECT_EQ(text({"heads", "extra"}), usage("unexpected argument 'extra'"));
  EXPECT_EQ(text({"upgrade"}), usage("the target is missing"));
  EXPECT_EQ(text({"upgrade", "head", "0001"}), usage("unexpected argument '0001'"));
  EXPECT_EQ(text({"show"}), usage("the revision is missing"));
  EXPECT_EQ(text({"heads", "--format", "yaml"}), usage("unknown format 'yaml'", "the formats are text and json"));
  EXPECT_EQ(text({"heads", "--color", "blue"}), usage("--color cannot be 'blue'", "it is auto, always or never"));
  EXPECT_EQ(text({"upgrade", "head", "--lock-wait", "soon"}), usage("--lock-wait needs a whole number, not 'soon'"));
  EXPECT_EQ(text({"upgrade", "head", "--lock-timeout", "5s"}), usage("--lock-timeout needs a whole number, not '5s'"));
  EXPECT_EQ(text({"upgrade", "head", "--transaction", "some"}),
            usage("--transaction cannot be 'some'", "it is all or each"));
  EXPECT_EQ(text({"upgrade", "head", "--dialect", "oracle"}),
            usage("unknown dialect 'oracle'", "the dialects are sqlite and postgresql"));
  EXPECT_EQ(text({"upgrade", "head", "--dialect", "postgresql"}),
            usage("--dialect postgresql does not fit the database sqlite:app.db"));
  EXPECT_FALSE(exists("app.db"));
}

TEST_F(ArgumentsTest, RefusesUnknownOptions) {
  EXPECT_EQ(text({"--frob", "heads"}), usage("option 'frob' does not exist"));
  EXPECT_EQ(text({"heads", "--frob"}), usage("option 'frob' does not exist"));
  EXPECT_EQ(text({"heads", "--purge"}), usage("option 'purge' does not exist"));
  EXPECT_EQ(text({"heads", "-m", "text"}), usage("option 'm' does not exist"));
}

TEST_F(ArgumentsTest, OptionsOfScriptsAndPlansNeedThem) {
  for (const char* option : {"--output=x", "--depfile=x", "--plain", "--validate=off", "--idempotent", "--tag=x"}) {
    const std::string name = std::string(option).substr(0, std::string(option).find('='));
    EXPECT_EQ(text({"upgrade", "head", option}), usage(name + " goes with --sql"));
  }
  EXPECT_EQ(text({"upgrade", "head", "--from", "base"}), usage("--from goes with --plan"));
  EXPECT_EQ(text({"upgrade", "head", "--sql", "--depfile", "x"}), usage("--depfile goes with --output"));
  EXPECT_FALSE(exists("x"));
  EXPECT_FALSE(exists("app.db"));
}

TEST_F(ArgumentsTest, Helps) {
  const std::string overview = out({"--help"});
  EXPECT_THAT(overview,
              testing::StartsWith("Retort 0.1.0: schema migrations compiled into a CMake build.\n\n"
                                  "Usage: retort [OPTION]... COMMAND [ARGUMENT]...\n\nCommands:\n  init [DIR]"));
  for (const char* command :
       {"init", "revision", "merge", "edit", "rebase", "upgrade", "downgrade", "stamp", "ensure-version", "current",
        "history", "graph", "heads", "branches", "show", "check", "server"}) {
    EXPECT_THAT(overview, testing::HasSubstr(std::string("\n  ") + command + " "));
    EXPECT_THAT(out({command, "--help"}), testing::HasSubstr(std::string("retort ") + command + " [OPTION...]"));
  }
  EXPECT_EQ(out({"-h"}), overview);
  EXPECT_EQ(out({"--help", "-v"}), overview);
  EXPECT_EQ(text({}), "exit 2\n--- out\n" + overview);
  EXPECT_EQ(out({"--version"}), "retort 0.1.0\n");
}

} // namespace
} // namespace retort
