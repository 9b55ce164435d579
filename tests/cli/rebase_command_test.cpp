#include "cli/tool_test.hpp"

namespace retort {
namespace {

/// 0002 and, behind it, 0004 on one side; 0003 on the other; all behind 0001.
class RebaseCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.environment.clear();
    tool_.revision("0003_c", "-- C.\n-- Revises: 0001\n\n-- migrate:up\nCREATE TABLE c (a);\n-- migrate:down\n");
    tool_.revision("0004_d", "-- D.\n-- Revises: 0002\n\n-- migrate:up\nCREATE TABLE d (a);\n-- migrate:down\n");
  }
  static std::string moved(const std::string& lines) { return "exit 0\n--- out\n" + lines + warning; }
  static std::string usage(const std::string& error) { return "exit 2\n--- err\n" + error; }

  static constexpr const char* warning =
      "--- err\nwarning: no database is given: whether the revisions are applied somewhere is not known\n"
      "hint: 'retort check' with --url compares a database with its revisions\n";
};

TEST_F(RebaseCommandTest, PutsAChainBehindTheOtherHead) {
  EXPECT_EQ(text({"rebase", "0004"}), moved("0002: Revises 0001 -> 0003\n"));
  EXPECT_EQ(tool_.read("migrations/0002_create_tag.sql"),
            "-- Create tag.\n-- Revises: 0003\n-- Branch: tags\n\n-- migrate:up\nCREATE TABLE tag (id INTEGER "
            "PRIMARY KEY);\n-- migrate:down\nDROP TABLE tag;\n");
  EXPECT_EQ(out({"history"}), "0002 -> 0004 (head)  D.\n0003 -> 0002 (tags)  Create tag.\n0001 -> 0003  C.\n"
                              "base -> 0001  Create note.\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(tool_.folder / "migrations"), {}), 4);
}

TEST_F(RebaseCommandTest, GoesTheOtherWay) {
  EXPECT_EQ(text({"rebase", "0003", "--onto", "tags@head"}), moved("0003: Revises 0001 -> 0004\n"));
  EXPECT_EQ(tool_.read("migrations/0003_c.sql"),
            "-- C.\n-- Revises: 0004\n\n-- migrate:up\nCREATE TABLE c (a);\n-- migrate:down\n");
}

TEST_F(RebaseCommandTest, KeepsEveryOtherByte) {
  tool_.revision("0003_c", "\xEF\xBB\xBF-- C. \r\n--Revises:\t0001 \r\n\r\n-- migrate:up\r\nSELECT 1;");
  EXPECT_EQ(text({"rebase", "0003"}), moved("0003: Revises 0001 -> 0004\n"));
  EXPECT_EQ(tool_.read("migrations/0003_c.sql"),
            "\xEF\xBB\xBF-- C. \r\n--Revises:\t0004 \r\n\r\n-- migrate:up\r\nSELECT 1;");
}

TEST_F(RebaseCommandTest, RewritesUpSqlOfAFolder) {
  std::filesystem::remove(tool_.folder / "migrations/0003_c.sql");
  tool_.write("migrations/0003_c/up.sql", "-- Revises: 0001\nCREATE TABLE c (a);\n");
  tool_.write("migrations/0003_c/down.sql", "DROP TABLE c;\n");
  EXPECT_EQ(text({"rebase", "0003"}), moved("0003: Revises 0001 -> 0004\n"));
  EXPECT_EQ(tool_.read("migrations/0003_c/up.sql"), "-- Revises: 0004\nCREATE TABLE c (a);\n");
  EXPECT_EQ(tool_.read("migrations/0003_c/down.sql"), "DROP TABLE c;\n");
}

TEST_F(RebaseCommandTest, FollowsALink) {
  std::filesystem::rename(tool_.folder / "migrations/0003_c.sql", tool_.folder / "shared.sql");
  std::filesystem::create_symlink("../shared.sql", tool_.folder / "migrations/0003_c.sql");
  EXPECT_EQ(text({"rebase", "0003"}), moved("0003: Revises 0001 -> 0004\n"));
  EXPECT_TRUE(std::filesystem::is_symlink(tool_.folder / "migrations/0003_c.sql"));
  EXPECT_THAT(tool_.read("shared.sql"), testing::StartsWith("-- C.\n-- Revises: 0004\n"));
}

TEST_F(RebaseCommandTest, ABaseCanFollowAHead) {
  tool_.revision("0003_c", "-- C.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"rebase", "0003"}), moved("0003: Revises base -> 0004\n"));
}

TEST_F(RebaseCommandTest, SeveralHeadsFollowEachOther) {
  tool_.revision("0005_e", "-- E.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"rebase", "0005", "0003"}), moved("0005: Revises 0001 -> 0004\n0003: Revises 0001 -> 0005\n"));
  EXPECT_EQ(out({"heads"}), "0005 -> 0003 (head)  C.\n");
}

TEST_F(RebaseCommandTest, WhatFollowsAPartOfTheChainMovesWithIt) {
  tool_.revision("0005_e", "-- E.\n-- Revises: 0002\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"rebase", "0004", "--onto", "0003"}), moved("0002: Revises 0001 -> 0003\n"));
  EXPECT_EQ(out({"heads"}), "0002 -> 0004 (head)  D.\n0002 -> 0005 (head)  E.\n");
}

TEST_F(RebaseCommandTest, AsksTheDatabase) {
  tool_.environment["DATABASE_URL"] = "sqlite:app.db";
  out({"upgrade", "0003"});
  EXPECT_EQ(text({"rebase", "0003"}),
            usage("migrations/0003_c.sql: error: 0003 is applied to sqlite:app.db: it cannot move\n"
                  "hint: undo it there first, or join the heads with 'retort merge heads'\n"));
  EXPECT_EQ(text({"rebase"}), "exit 0\n--- out\n0002: Revises 0001 -> 0003\n");
  EXPECT_EQ(text({"upgrade", "head"}), "exit 0\n--- out\nupgrade 0003 -> 0002  Create tag.\nupgrade 0002 -> 0004  D.\n"
                                       "--- err\nsqlite:app.db is at 0004\n");
}

TEST_F(RebaseCommandTest, TheHeadMustBeNamedWhenItCannotBeTold) {
  const std::string candidates = "migrations/0003_c.sql: note: it could be 0003  C.\n"
                                 "migrations/0004_d.sql: note: it could be 0004  D.\n";
  const std::string unnamed = usage("error: which head is to move must be named\n" + candidates +
                                    "hint: retort rebase ID moves that head's own revisions onto the other head\n");
  EXPECT_EQ(text({"rebase"}), unnamed);
  tool_.environment["DATABASE_URL"] = "sqlite:app.db";
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"rebase"}), unnamed) << "none of the two is applied";
  EXPECT_EQ(text({"rebase", "--onto", "0004"}), "exit 0\n--- out\n0003: Revises 0001 -> 0004\n");
  EXPECT_EQ(text({"rebase"}), usage("error: there is nothing to rebase: the history has no two heads\n"
                                    "hint: retort heads lists the heads\n"));
}

TEST_F(RebaseCommandTest, RefusesWhatIsNoHead) {
  EXPECT_EQ(text({"rebase", "0002"}), usage("error: 0002 is no head\nmigrations/0004_d.sql: note: 0004 follows it\n"
                                            "hint: name the head instead: 0004; what it leads to moves with it\n"));
  EXPECT_EQ(text({"rebase", "0004", "--onto", "0001"}),
            usage("error: 0001 is no head\nmigrations/0002_create_tag.sql: note: 0002 follows it\n"
                  "migrations/0003_c.sql: note: 0003 follows it\n"
                  "hint: name the head instead: 0003 or 0004; what is rebased must not become a branch again\n"));
  EXPECT_EQ(text({"rebase", "0004", "--onto", "0004"}),
            usage("error: 0004 cannot be rebased onto itself\nhint: retort heads lists the heads\n"));
  EXPECT_EQ(text({"rebase", "heads"}),
            usage("error: there is no other head to rebase onto\nhint: retort heads lists the heads\n"));
}

TEST_F(RebaseCommandTest, RefusesToChooseWhatToFollow) {
  tool_.revision("0005_e", "-- E.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"rebase", "0004"}), usage("error: there are several heads to rebase onto\n"
                                            "migrations/0003_c.sql: note: it could be 0003  C.\n"
                                            "migrations/0005_e.sql: note: it could be 0005  E.\n"
                                            "hint: name one with --onto\n"));
}

TEST_F(RebaseCommandTest, RefusesMergesAndCycles) {
  tool_.revision("0003_c", "-- C.\n-- Revises: 0001\n-- Depends-On: 0002\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"rebase", "0004"}),
            usage("migrations/0003_c.sql: error: 0003 depends on 0002, which would have to follow it\n"
                  "hint: go the other way with 'retort rebase 0003', or join the heads with 'retort merge heads'\n"));
  tool_.revision("0005_e", "-- E.\n-- Revises: 0003, 0004\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0006_f", "-- F.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"rebase", "0005"}),
            usage("migrations/0005_e.sql: error: 0005 merges 0003, 0004: what was merged cannot be rebased\n"
                  "hint: join the heads with 'retort merge heads'\n"));
}

TEST_F(RebaseCommandTest, ChangesAllFilesOrNone) {
  tool_.revision("0005_e", "-- E.\n-- Revises: 0001\n-- Depends-On: 0003\n\n-- migrate:up\nSELECT 1;\n");
  const std::string before = tool_.read("migrations/0005_e.sql");
  EXPECT_THAT(text({"rebase", "0005", "0003", "--onto", "0004"}),
              testing::StartsWith("exit 2\n--- err\nmigrations/0005_e.sql: error: 0005 depends on 0003, which"));
  EXPECT_EQ(tool_.read("migrations/0005_e.sql"), before);
}

// A name so long that no temporary file can be written beside it.
TEST_F(RebaseCommandTest, TakesBackWhatItHasWritten) {
  const std::string name = "0006_" + std::string(245, 'f');
  tool_.revision("0005_e", "-- E.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision(name, "-- F.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"rebase", "0005", "0006", "--onto", "0004"}),
            usage("migrations/" + name + ".sql: error: cannot write the file: File name too long\n"));
  EXPECT_EQ(tool_.read("migrations/0005_e.sql"), "-- E.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_THAT(tool_.read("migrations/" + name + ".sql"), testing::StartsWith("-- F.\n-- Revises: 0001\n"));
}

TEST_F(RebaseCommandTest, SpeaksJson) {
  EXPECT_THAT(out({"rebase", "0003", "--format", "json"}),
              testing::HasSubstr("\"moved\": [\n    {\n      \"from\": \"0001\",\n      \"id\": \"0003\",\n"
                                 "      \"path\": \"migrations/0003_c.sql\",\n      \"to\": \"0004\"\n    }\n  ]\n"));
}

} // namespace
} // namespace retort
