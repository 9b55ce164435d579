#include "support/folder.hpp"
#include "support/rendered.hpp"
#include "testing/template_database.hpp"
#include "testing/testing_test.hpp"

#include <gmock/gmock.h>

namespace retort {
namespace {

class TemplateDatabaseTest : public TestingTest {
protected:
  std::string copy() {
    const std::string url = suffixed(url_, "1");
    databases_->clone(url_, url);
    return url;
  }

  Folder folder_;
};

INSTANTIATE_TEST_SUITE_P(dialects, TemplateDatabaseTest, ::testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(TemplateDatabaseTest, IsMadeOnceForOneHistory) {
  EXPECT_EQ(make_template({"a", "b"}), TemplateOutcome::made);
  const std::string url = copy();
  EXPECT_EQ(run_sql(url, "SELECT id FROM retort_revisions ORDER BY id"), "1\n2\n");
  EXPECT_TRUE(has(url, "b"));
  EXPECT_EQ(make_template({"a", "b"}), TemplateOutcome::found);
  EXPECT_TRUE(has(url, "b")) << "what was copied stays";
}

TEST_P(TemplateDatabaseTest, IsMadeAgainWhenTheHistoryChanges) {
  make_template({"a", "b"});
  const std::string url = copy();
  EXPECT_EQ(make_template({"a", "c"}), TemplateOutcome::made);
  EXPECT_FALSE(has(url, "b")) << "what was copied from the old one goes with it";
  EXPECT_TRUE(has(copy(), "c"));
}

TEST_P(TemplateDatabaseTest, HoldsItsSeeds) {
  folder_.write("1.sql", "INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n");
  folder_.write("2.sql", "UPDATE a SET a = a + 10;\n");
  const std::vector<std::filesystem::path> seeds = {folder_ / "1.sql", folder_ / "2.sql"};
  EXPECT_EQ(make_template({"a"}, seeds), TemplateOutcome::made);
  EXPECT_EQ(run_sql(copy(), "SELECT a FROM a ORDER BY a"), "11\n12\n");
  EXPECT_EQ(make_template({"a"}, seeds), TemplateOutcome::found);
  EXPECT_EQ(make_template({"a"}, {seeds[0]}), TemplateOutcome::made);
  folder_.write("1.sql", "INSERT INTO a VALUES (3);\n");
  EXPECT_EQ(make_template({"a"}, {seeds[0]}), TemplateOutcome::made);
  EXPECT_EQ(run_sql(copy(), "SELECT a FROM a ORDER BY a"), "3\n");
}

TEST_P(TemplateDatabaseTest, IsNoneWhenASeedFails) {
  folder_.write("seed.sql", "INSERT INTO a VALUES (1);\nINSERT INTO b VALUES (1);\n");
  const std::string result = folder_.without_path(refusal([&] { make_template({"a"}, {folder_ / "seed.sql"}); }));
  EXPECT_THAT(result, testing::StartsWith(either("3\nseed.sql:2:1: error: no such table: b\n",
                                                 "3\nseed.sql:2:13: error: relation \"b\" does not exist "
                                                 "[42P01]\n")));
  EXPECT_EQ(databases_->key_of(url_), std::nullopt);
}

TEST_P(TemplateDatabaseTest, NeedsItsSeeds) {
  EXPECT_EQ(folder_.without_path(refusal([&] { make_template({"a"}, {folder_ / "seed.sql"}); })),
            "2\nseed.sql: error: cannot read the file: No such file or directory\n");
}

} // namespace
} // namespace retort
