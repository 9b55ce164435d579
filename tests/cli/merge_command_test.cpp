#include "cli/tool_test.hpp"

namespace retort {
namespace {

/// 0002 and 0003 both follow 0001.
class MergeCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.revision("0003_c", "-- C.\n-- Revises: 0001\n\n-- migrate:up\nCREATE TABLE c (a);\n");
  }
  std::string merge(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"merge", "--rev-id", "0009"});
    return text(arguments);
  }
  static std::string usage(const std::string& message, const std::string& hint) {
    return "exit 2\n--- err\nerror: " + message + "\nhint: " + hint + "\n";
  }
};

TEST_F(MergeCommandTest, JoinsAllHeads) {
  EXPECT_EQ(merge({}), "exit 0\n--- out\nmigrations/0009_merge_0002_and_0003.sql\n");
  EXPECT_EQ(tool_.read("migrations/0009_merge_0002_and_0003.sql"),
            "-- merge 0002 and 0003\n--\n-- Revises: 0002, 0003\n\n-- migrate:up\n\n\n-- migrate:down\n\n");
  EXPECT_EQ(text({"upgrade", "head"}),
            "exit 0\n--- out\nupgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n"
            "upgrade 0001 -> 0003  C.\nupgrade 0002, 0003 -> 0009  merge 0002 and 0003\n--- err\n"
            "sqlite:app.db is at 0009\n");
}

TEST_F(MergeCommandTest, JoinsTheHeadsThatAreNamed) {
  tool_.revision("0004_d", "-- D.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(merge({"0004", "tags", "-m", "join", "--branch-label", "joint"}),
            "exit 0\n--- out\nmigrations/0009_join.sql\n");
  EXPECT_EQ(tool_.read("migrations/0009_join.sql"), "-- join\n--\n-- Revises: 0004, 0002\n-- Branch: joint\n\n"
                                                    "-- migrate:up\n\n\n-- migrate:down\n\n");
  EXPECT_EQ(text({"merge", "heads", "--rev-id", "0010"}), "exit 0\n--- out\nmigrations/0010_merge_0003_and_0009.sql\n");
}

TEST_F(MergeCommandTest, NamesAllThatItJoins) {
  tool_.revision("0004_d", "-- D.\n-- Revises: base\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(merge({"0003,0002,0004"}), "exit 0\n--- out\nmigrations/0009_merge_0003_0002_and_0004.sql\n");
  EXPECT_EQ(out({"heads"}), "0002, 0003, 0004 -> 0009 (head)  merge 0003, 0002 and 0004\n");
}

TEST_F(MergeCommandTest, NeedsTwoRevisions) {
  const std::string hint = "a merge joins two revisions or more; retort heads lists the heads";
  EXPECT_EQ(merge({"0002"}), usage("there is nothing to merge: 0002 alone is named", hint));
  EXPECT_EQ(merge({"0002", "tags"}), usage("there is nothing to merge: 0002 alone is named", hint));
  EXPECT_EQ(merge({"base"}), usage("there is nothing to merge", hint));
  EXPECT_FALSE(exists("migrations/0009_merge.sql"));
}

TEST_F(MergeCommandTest, RefusesWhatIsNoHead) {
  EXPECT_EQ(merge({"0001", "0003"}), usage("0001 is an ancestor of 0003, which brings it along", "leave 0001 out"));
  tool_.revision("0004_d", "-- D.\n-- Revises: 0003\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(merge({"0002", "0003"}),
            "exit 2\n--- err\nerror: 0003 is no head\nmigrations/0004_d.sql: note: 0004 follows it\n"
            "hint: name the head instead: 0004; or merge it as it is with 'retort revision --head A,B --splice'\n");
}

TEST_F(MergeCommandTest, TakesAMessageOfOneLine) {
  EXPECT_EQ(merge({"-m", "a\nb"}),
            usage("the message must be one line", "retort merge heads -m \"join the branches\""));
  EXPECT_EQ(merge({"-m", ""}), usage("the message must be one line", "retort merge heads -m \"join the branches\""));
}

} // namespace
} // namespace retort
