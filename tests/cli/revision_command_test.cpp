#include "cli/tool_test.hpp"

#include <nlohmann/json.hpp>

namespace retort {
namespace {

/// Begins with 0001 and, behind it, 0002, which bears the label `tags`.
class RevisionCommandTest : public ToolTest {
protected:
  std::string revision(std::vector<std::string> options) const {
    options.insert(options.begin(), {"revision", "-m", "new", "--rev-id", "0005"});
    return text(options);
  }
  std::string header() const {
    const std::string text = tool_.read("migrations/0005_new.sql");
    return text.substr(0, text.find("\n\n"));
  }
  static std::string usage(const std::string& message, const std::string& hint) {
    return "exit 2\n--- err\nerror: " + message + "\nhint: " + hint + "\n";
  }

  const std::string written_ = "exit 0\n--- out\nmigrations/0005_new.sql\n";
};

TEST_F(RevisionCommandTest, FollowsTheHead) {
  EXPECT_EQ(text({"revision", "-m", " Add \"invoices\"! ", "--rev-id", "0003"}),
            "exit 0\n--- out\nmigrations/0003_add_invoices.sql\n");
  EXPECT_EQ(tool_.read("migrations/0003_add_invoices.sql"),
            "-- Add \"invoices\"!\n--\n-- Revises: 0002\n\n-- migrate:up\n\n\n-- migrate:down\n\n");
}

TEST_F(RevisionCommandTest, TakesTheTimeForTheId) {
  EXPECT_THAT(text({"revision", "-m", "x"}), testing::MatchesRegex("exit 0\n--- out\nmigrations/20[0-9]+_x.sql\n"));
}

TEST_F(RevisionCommandTest, WritesTheHeaderInOrder) {
  EXPECT_EQ(revision({"--branch-label", "billing", "--branch-label", "pay_roll", "--depends-on", "tags", "--depends-on",
                      "0001", "--head", "base"}),
            written_);
  EXPECT_EQ(header(), "-- new\n--\n-- Revises: base\n-- Depends-On: tags, 0001\n-- Branch: billing, pay_roll");
  EXPECT_EQ(out({"heads"}), "0001 -> 0002 (tags) (head)  Create tag.\nbase -> 0005 (billing) (pay_roll) (head)  new\n");
}

TEST_F(RevisionCommandTest, WritesWholeIds) {
  tool_.revision("20260101-120000_c", "-- C.\n-- Revises: base\n-- Branch: other\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(revision({"--head", "2026", "--depends-on", "tags@head,0001"}), written_);
  EXPECT_EQ(header(), "-- new\n--\n-- Revises: 20260101120000\n-- Depends-On: 0002, 0001");
}

TEST_F(RevisionCommandTest, FollowsATarget) {
  EXPECT_EQ(revision({"--head", "tags@head"}), written_);
  EXPECT_EQ(header(), "-- new\n--\n-- Revises: 0002");
  std::filesystem::remove(tool_.folder / "migrations/0005_new.sql");
  tool_.revision("0003_c", "-- C.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(revision({"--head", "0003,0002"}), written_);
  EXPECT_EQ(header(), "-- new\n--\n-- Revises: 0003, 0002");
}

TEST_F(RevisionCommandTest, BeginsASecondBranchOnlyWhenTold) {
  EXPECT_EQ(revision({"--head", "0001"}),
            "exit 2\n--- err\nerror: 0001 is no head\nmigrations/0002_create_tag.sql: note: 0002 follows it\n"
            "hint: name the head instead: 0002; or begin a second branch with --splice\n");
  EXPECT_FALSE(exists("migrations/0005_new.sql"));
  EXPECT_EQ(revision({"--head", "0001", "--splice"}), written_);
  EXPECT_EQ(header(), "-- new\n--\n-- Revises: 0001");
  EXPECT_EQ(text({"revision", "-m", "x", "--head", "0001"}),
            "exit 2\n--- err\nerror: 0001 is no head\nmigrations/0002_create_tag.sql: note: 0002 follows it\n"
            "migrations/0005_new.sql: note: 0005 follows it\n"
            "hint: name the head instead: 0002 or 0005; or begin a second branch with --splice\n");
}

TEST_F(RevisionCommandTest, RefusesToChooseBetweenHeads) {
  tool_.revision("0003_c", "-- C.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_THAT(revision({}), testing::StartsWith("exit 1\n--- err\nmigrations/0003_c.sql:2:13: error: two heads: 0002, "
                                                "0003\n"));
  EXPECT_EQ(revision({"--head", "heads"}), written_);
  EXPECT_EQ(header(), "-- new\n--\n-- Revises: 0002, 0003");
}

TEST_F(RevisionCommandTest, RefusesParentsThatDoNotGoTogether) {
  EXPECT_EQ(revision({"--head", "0002,tags"}), usage("0002 is named twice", "name each parent once"));
  EXPECT_EQ(revision({"--head", "0001,0002", "--splice"}),
            usage("0001 is an ancestor of 0002, which brings it along", "leave 0001 out"));
  EXPECT_EQ(revision({"--head", "0002,base"}), usage("'0002,base' names a base beside other parents",
                                                     "a revision follows nothing, or each of its parents"));
  EXPECT_EQ(revision({"--depends-on", "0001", "--depends-on", "0001"}),
            usage("0001 is named twice", "name each dependency once"));
  EXPECT_EQ(revision({"--depends-on", "tags,0002"}), usage("0002 is named twice", "name each dependency once"));
  EXPECT_EQ(tool_.run({"revision", "-m", "x", "--depends-on", "nosuch"}).status, 2);
  EXPECT_FALSE(exists("migrations/0005_new.sql"));
}

TEST_F(RevisionCommandTest, RefusesLabels) {
  EXPECT_EQ(revision({"--branch-label", "a,b"}),
            usage("illegal label 'a,b'",
                  "a label is made of letters, digits, '.' and '_', and is none of base, current, head, heads"));
  EXPECT_EQ(revision({"--branch-label", "tags"}),
            "exit 2\n--- err\nerror: label 'tags' is already in use\n"
            "migrations/0002_create_tag.sql: note: the revision with this label is here\n"
            "hint: give the branch another name\n");
  EXPECT_EQ(revision({"--branch-label", "0001"}),
            usage("label '0001' is a revision's id", "give the branch another name"));
  EXPECT_EQ(revision({"--branch-label", "0005"}),
            usage("label '0005' is a revision's id", "give the branch another name"));
  EXPECT_EQ(revision({"--branch-label", "a", "--branch-label", "a"}),
            usage("label 'a' is given twice", "leave one of the two out"));
  EXPECT_FALSE(exists("migrations/0005_new.sql"));
}

TEST_F(RevisionCommandTest, RefusesMessages) {
  const std::string missing = usage("the revision needs a message of one line", "retort revision -m \"add invoices\"");
  EXPECT_EQ(text({"revision"}), missing);
  EXPECT_EQ(text({"revision", "-m", " "}), missing);
  EXPECT_EQ(text({"revision", "-m", "two\nlines"}), missing);
  for (const char* message : {"Revises: x", "Branch: x", "Branches: x", "migrate:up", "Transaction: cut", "a\xff"}) {
    const Output output = tool_.run({"revision", "-m", message});
    EXPECT_EQ(output.status, 2) << message;
    EXPECT_THAT(output.err, testing::HasSubstr("' cannot be a message: in a file it would be read as something else\n"
                                               "hint: a message is UTF-8 text that begins neither like a line of a "
                                               "header nor like a section marker\n"));
  }
  EXPECT_EQ(tool_.run({"revision", "-m", "Fix: a colon is fine"}).status, 0);
}

TEST_F(RevisionCommandTest, RefusesIds) {
  EXPECT_EQ(
      text({"revision", "-m", "x", "--rev-id", "a+b"}),
      usage("illegal id 'a+b'", "an id is made of letters, digits and '.', and is none of base, current, head, heads"));
  EXPECT_EQ(text({"revision", "-m", "x", "--rev-id", "0001"}),
            usage("there is already a revision 0001", "give another one with --rev-id"));
  EXPECT_EQ(text({"revision", "-m", "x", "--rev-id", "tags"}),
            usage("'tags' is a label already", "give another id with --rev-id"));
}

TEST_F(RevisionCommandTest, TwoOfOneSecondGetIdsOfTheirOwn) {
  for (const std::string message : {"one", "two", "three"}) {
    EXPECT_EQ(tool_.run({"revision", "-m", message}).text().substr(0, 6), "exit 0");
  }
  EXPECT_EQ(out({"history"}).find("error"), std::string::npos);
}

TEST_F(RevisionCommandTest, DoesNotComeBetweenRevisionsThatFollowEachOther) {
  tool_.revision("0009_d", "-- D.\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(revision({"--head", "base"}),
            "exit 2\n--- err\nmigrations/0009_d.sql: error: 0009 does not say what it follows, and would follow 0005 "
            "from now on\nhint: write '-- Revises: 0002' into its header first\n");
  EXPECT_FALSE(exists("migrations/0005_new.sql"));
  EXPECT_EQ(text({"revision", "-m", "new", "--rev-id", "0010", "--head", "base"}),
            "exit 0\n--- out\nmigrations/0010_new.sql\n");
}

TEST_F(RevisionCommandTest, SpeaksJson) {
  const auto json = nlohmann::json::parse(out({"revision", "-m", "new", "--rev-id", "0005", "--format", "json"}));
  EXPECT_EQ(json["id"], "0005");
  EXPECT_EQ(json["path"], "migrations/0005_new.sql");
  EXPECT_EQ(json["parents"], nlohmann::json({"0002"}));
}

} // namespace
} // namespace retort
