#include "cli/tool_test.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

/// Many SQLite files upgraded by one command.
class FleetTest : public testing::Test {
protected:
  void SetUp() override {
    tool_.revision("0001_one", "-- One.\n\n-- migrate:up\nCREATE TABLE one (a integer);\n");
    tool_.revision("0002_two", "-- Two.\n\n-- migrate:up\nCREATE TABLE two (a integer);\n");
    tool_.write("urls", "sqlite:a.db\n# a remark\n\n  sqlite:nowhere/b.db\r\nsqlite:c.db\n");
    tool_.write("good", "sqlite:a.db\nsqlite:c.db\n");
    tool_.write("retort.toml", "[database.one]\nurl = \"sqlite:one.db\"\n[database.two]\nurl = \"sqlite:two.db\"\n"
                               "[database.bad]\nurl = \"sqlite:nowhere/bad.db\"\n");
  }

  std::string upgrade(std::vector<std::string> options) const {
    options.insert(options.begin(), {"upgrade", "head", "--jobs", "1"});
    return tool_.text(options);
  }

  Tool tool_;
};

constexpr const char* cannot_open = "error: cannot open sqlite:nowhere/b.db: unable to open database file\n"
                                    "hint: check that the folder exists and that this user may write to it\n";

TEST_F(FleetTest, UpgradesTheDatabasesOfAList) {
  EXPECT_EQ(upgrade({"--urls-from", "good"}),
            "exit 0\n--- out\nsqlite:a.db: 2 revisions, at 0002\nsqlite:c.db: 2 revisions, at 0002\n--- err\n"
            "2 databases: 2 upgraded, 0 already there, 0 failed, 0 not begun\n");
  EXPECT_EQ(upgrade({"--urls-from", "good"}), "exit 0\n--- out\nsqlite:a.db: at 0002\nsqlite:c.db: at 0002\n--- err\n"
                                              "2 databases: 0 upgraded, 2 already there, 0 failed, 0 not begun\n");
}

TEST_F(FleetTest, StopsBehindAFailure) {
  EXPECT_EQ(upgrade({"--urls-from", "urls"}),
            std::string("exit 3\n--- out\nsqlite:a.db: 2 revisions, at 0002\nsqlite:nowhere/b.db: failed\n--- err\n") +
                cannot_open +
                "3 databases: 1 upgraded, 0 already there, 1 failed, 1 not begun\n"
                "failed: sqlite:nowhere/b.db\n"
                "retry with: retort upgrade head --jobs 1 --urls-from urls --only 2,3\n");
}

TEST_F(FleetTest, GoesOnBehindAFailureWhenAsked) {
  EXPECT_EQ(upgrade({"--urls-from", "urls", "--keep-going"}),
            std::string("exit 3\n--- out\nsqlite:a.db: 2 revisions, at 0002\nsqlite:nowhere/b.db: failed\n"
                        "sqlite:c.db: 2 revisions, at 0002\n--- err\n") +
                cannot_open +
                "3 databases: 2 upgraded, 0 already there, 1 failed, 0 not begun\n"
                "failed: sqlite:nowhere/b.db\n"
                "retry with: retort upgrade head --jobs 1 --urls-from urls --keep-going --only 2\n");
  tool_.write("nowhere/there", "");
  EXPECT_EQ(upgrade({"--urls-from", "urls", "--only", "2"}),
            "exit 0\n--- out\nsqlite:nowhere/b.db: 2 revisions, at 0002\n--- err\n"
            "1 database: 1 upgraded, 0 already there, 0 failed, 0 not begun\n");
}

TEST_F(FleetTest, UpgradesTheDatabasesOfTheConfiguration) {
  EXPECT_EQ(upgrade({"--all", "--keep-going", "-q"}).substr(0, 7), "exit 3\n");
  EXPECT_EQ(upgrade({"--database", "one", "--database", "two"}),
            "exit 0\n--- out\nsqlite:one.db: at 0002\nsqlite:two.db: at 0002\n--- err\n"
            "2 databases: 0 upgraded, 2 already there, 0 failed, 0 not begun\n");
  EXPECT_THAT(upgrade({"--all"}),
              testing::EndsWith("failed: sqlite:nowhere/bad.db\n"
                                "retry with: retort upgrade head --jobs 1 --database bad --database "
                                "one --database two\n"));
}

TEST_F(FleetTest, SaysHowFarAFailedDatabaseCame) {
  tool_.revision("0003_three", "-- Three.\n\n-- migrate:up\nINSERT INTO nowhere VALUES (1);\n");
  EXPECT_THAT(upgrade({"--urls-from", "good", "--transaction", "each"}),
              testing::StartsWith("exit 3\n--- out\nsqlite:a.db: failed behind 2 revisions, at 0002\n--- err\n"));
  const nlohmann::json report =
      nlohmann::json::parse(tool_.run({"upgrade", "head", "--urls-from", "good", "--format", "json"}).out);
  EXPECT_EQ(report["databases"][0]["outcome"], "failed");
  EXPECT_EQ(report["databases"][0]["revisions"], 0);
  EXPECT_EQ(report["databases"][0]["current"], nlohmann::json({"0002"}));
}

TEST_F(FleetTest, TheCommandToRepeatHasTheSameOptions) {
  EXPECT_THAT(
      upgrade({"--urls-from", "urls", "--out-of-order", "--lock-wait", "5", "--transaction=all"}),
      testing::EndsWith("retry with: retort upgrade head --jobs 1 --urls-from urls --out-of-order --lock-wait 5 "
                        "--transaction all --only 2,3\n"));
}

TEST_F(FleetTest, ABrokenRevisionIsFoundBeforeAnyDatabaseIsTouched) {
  tool_.revision("0003_three", "-- Three.\n\n-- migrate:up\nCREATE TABLE 'three (a integer);\n");
  EXPECT_EQ(upgrade({"--urls-from", "good"}).substr(0, 7), "exit 1\n");
  EXPECT_EQ(tool_.read("a.db"), "");
}

TEST_F(FleetTest, ReportsAsJson) {
  const Output output = tool_.run({"upgrade", "head", "--urls-from", "urls", "--keep-going", "--format", "json"});
  EXPECT_EQ(output.status, 3);
  nlohmann::json report = nlohmann::json::parse(output.out);
  for (nlohmann::json& database : report["databases"]) {
    EXPECT_TRUE(database["milliseconds"].is_number_unsigned());
    database.erase("milliseconds");
  }
  const auto upgraded = [](const char* url) {
    return nlohmann::json{{"database", url},
                          {"outcome", "upgraded"},
                          {"revisions", 2},
                          {"current", {"0002"}},
                          {"diagnostics", nlohmann::json::array()}};
  };
  EXPECT_EQ(report["databases"][0], upgraded("sqlite:a.db"));
  EXPECT_EQ(report["databases"][2], upgraded("sqlite:c.db"));
  EXPECT_EQ(report["databases"][1]["outcome"], "failed");
  EXPECT_EQ(report["databases"][1]["diagnostics"][0]["message"],
            "cannot open sqlite:nowhere/b.db: unable to open database file");
  EXPECT_EQ(report["failed"], nlohmann::json({"sqlite:nowhere/b.db"}));
  EXPECT_EQ(report["retry"], "retort upgrade head --urls-from urls --keep-going --format json --only 2");
}

TEST_F(FleetTest, RefusesWhatItCannotUse) {
  const auto usage = [](const std::string& message, const std::string& hint) {
    return "exit 2\n--- err\nerror: " + message + "\nhint: " + hint + "\n";
  };
  EXPECT_EQ(upgrade({"--all", "--urls-from", "urls"}),
            usage("these options name many databases in several ways",
                  "use one of --all, --urls-from, --schemas-from, several --database, several --schema"));
  EXPECT_EQ(upgrade({"--urls-from", "urls", "--only", "4"}),
            usage("--only cannot be '4'", "it is numbers of databases, such as 2,5; there are 3"));
  EXPECT_EQ(tool_.text({"upgrade", "head", "--all", "--jobs", "0"}),
            usage("--jobs cannot be 0", "it is from 1 to 1000"));
  EXPECT_EQ(upgrade({"--all", "--database", "one"}),
            usage("these options name many databases in several ways",
                  "use one of --all, --urls-from, --schemas-from, several --database, several --schema"));
  EXPECT_EQ(upgrade({"--urls-from", "good", "--url", "sqlite:c.db"}),
            usage("--url names one database, and other options name many", "leave it out"));
  for (const std::string option : {"--plan", "--sql", "--idempotent"}) {
    EXPECT_EQ(upgrade({"--urls-from", "good", option}),
              usage(option + " is for one database, and other options name many", "name one with --url or --database"));
  }
  EXPECT_EQ(tool_.text({"upgrade", "+1", "--all"}),
            usage("'+1' is another place for each of many databases", "name a revision, or 'head'"));
  EXPECT_EQ(upgrade({"--all", "--transaction", "some"}).substr(0, 7), "exit 2\n");
  tool_.write("empty", "# none yet\n");
  EXPECT_EQ(upgrade({"--urls-from", "empty"}), usage("empty names no database", "write a URL into each line"));
  EXPECT_EQ(upgrade({"--urls-from", "good", "--schema", "x"}),
            usage("line 1 of good: --schema x needs a PostgreSQL database, not sqlite:a.db",
                  "--help lists the commands and options"));
  EXPECT_EQ(tool_.read("a.db"), "");
  tool_.write("wrong", "sqlite:a.db\nmysql://secret@host/db\n");
  EXPECT_EQ(upgrade({"--urls-from", "wrong"}).find("secret"), std::string::npos);
  EXPECT_THAT(upgrade({"--urls-from", "wrong"}), testing::StartsWith("exit 2\n--- err\nerror: line 2 of wrong: "));
  EXPECT_THAT(upgrade({"--urls-from", "none"}),
              testing::StartsWith("exit 1\n--- err\nnone: error: cannot read the file: "));
  EXPECT_EQ(upgrade({"--url", "sqlite:a.db", "--schema", "x"}),
            usage("--schema x needs a PostgreSQL database", "--help lists the commands and options"));
  EXPECT_EQ(tool_.text({"current", "--database", "one", "--database", "two"}),
            usage("this works on one database, and --database names several", "--help lists the commands and options"));
}

} // namespace
} // namespace retort
