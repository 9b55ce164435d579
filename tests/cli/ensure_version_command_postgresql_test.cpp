#include "cli/tool_test.hpp"
#include "session/postgresql_test_database.hpp"

namespace retort {
namespace {

class PostgresqlEnsureVersionCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    tool_.environment["DATABASE_URL"] = database_->url();
  }

  std::optional<PostgresqlTestDatabase> database_;
};

TEST_F(PostgresqlEnsureVersionCommandTest, CreatesTheTableOnce) {
  EXPECT_THAT(text({"ensure-version"}), testing::MatchesRegex("exit 0\n--- err\n[^\n]* has a revision table now\n"));
  EXPECT_EQ(out({"current"}), "base\n");
  EXPECT_THAT(text({"ensure-version"}),
              testing::MatchesRegex("exit 0\n--- err\nnothing to do: [^\n]* has a revision table\n"));
}

TEST_F(PostgresqlEnsureVersionCommandTest, ItsScriptGoesWithAnyState) {
  const std::string script = out({"ensure-version", "--sql", "--plain"});
  PostgresqlClient(database_->url()).run(script);
  EXPECT_EQ(out({"current"}), "base\n");
  out({"upgrade", "0001"});
  PostgresqlClient(database_->url()).run(script);
  EXPECT_EQ(out({"current"}), "0001  Create note.\n");
}

} // namespace
} // namespace retort
