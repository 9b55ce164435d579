#include "cli/tool_test.hpp"

namespace retort {
namespace {

/// init and revision.
class RevisionCommandTest : public testing::Test {
protected:
  std::string text(const std::vector<std::string>& arguments) const { return tool_.text(arguments); }

  Tool tool_;
};

TEST_F(RevisionCommandTest, BeginsFromNothing) {
  EXPECT_EQ(text({"init"}),
            "exit 0\n--- out\nretort.toml and migrations/ are ready; next: retort revision -m \"what it does\"\n");
  EXPECT_EQ(tool_.read("retort.toml"),
            "migrations = \"migrations\"\n\n# [database.app]\n"
            "# url = \"sqlite:app.db\"   # or postgresql://user@host/name, or ${DATABASE_URL}\n");
  EXPECT_EQ(text({"init"}), "exit 2\n--- err\nretort.toml: error: cannot create the file: File exists\n");
  EXPECT_EQ(text({"heads"}), "exit 0\n");
  EXPECT_EQ(text({"revision", "-m", "Add \"invoices\"!", "--rev-id", "0001"}),
            "exit 0\n--- out\nmigrations/0001_add_invoices.sql\n");
  EXPECT_EQ(tool_.read("migrations/0001_add_invoices.sql"),
            "-- Add \"invoices\"!\n--\n-- Revises: base\n\n-- migrate:up\n\n\n-- migrate:down\n\n");
  EXPECT_EQ(text({"revision", "-m", "second", "--rev-id", "0002"}), "exit 0\n--- out\nmigrations/0002_second.sql\n");
  EXPECT_THAT(tool_.read("migrations/0002_second.sql"), testing::HasSubstr("-- Revises: 0001\n"));
  EXPECT_EQ(text({"upgrade", "head", "-u", "sqlite:app.db"}),
            "exit 0\n--- out\nupgrade base -> 0001  Add \"invoices\"!\nupgrade 0001 -> 0002  second\n--- err\n"
            "sqlite:app.db is at 0002\n");
}

TEST_F(RevisionCommandTest, InitTakesAFolder) {
  EXPECT_EQ(tool_.run({"init", "db/changes"}).status, 0);
  EXPECT_TRUE(std::filesystem::is_directory(tool_.folder / "db/changes"));
  EXPECT_EQ(tool_.run({"heads"}).status, 0);
}

TEST_F(RevisionCommandTest, TakesTheTimeForTheId) {
  tool_.run({"init"});
  EXPECT_THAT(text({"revision", "-m", "x"}), testing::MatchesRegex("exit 0\n--- out\nmigrations/20[0-9]+_x.sql\n"));
}

TEST_F(RevisionCommandTest, RefusesWhatCannotBeARevision) {
  tool_.run({"init"});
  const std::string no_message = "exit 2\n--- err\nerror: the revision needs a message of one line\n"
                                 "hint: retort revision -m \"add invoices\"\n";
  EXPECT_EQ(text({"revision"}), no_message);
  EXPECT_EQ(text({"revision", "-m", ""}), no_message);
  EXPECT_EQ(text({"revision", "-m", "two\nlines"}), no_message);
  EXPECT_EQ(text({"revision", "-m", "x", "--rev-id", "a+b"}),
            "exit 2\n--- err\nerror: illegal id 'a+b'\nhint: an id is made of letters, digits and '.'\n");
  tool_.run({"revision", "-m", "x", "--rev-id", "0001"});
  EXPECT_EQ(text({"revision", "-m", "y", "--rev-id", "0001"}),
            "exit 2\n--- err\nerror: there is already a revision 0001\nhint: give another one with --rev-id, or wait a "
            "second\n");
}

TEST_F(RevisionCommandTest, RefusesTwoHeads) {
  tool_.revision("0001_a", "-- A.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0002_b", "-- B.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(text({"revision", "-m", "x"}), "exit 1\n--- err\nerror: 2 heads: 0001, 0002\n"
                                           "hint: merge them first: a revision with 'Revises: A, B'\n");
}

} // namespace
} // namespace retort
