#include "cli/tool_test.hpp"
#include "server/binaries.hpp"
#include "session/postgresql_test_database.hpp"

namespace retort {
namespace {

class PostgresqlServerCommandTest : public ToolTest {};

TEST_F(PostgresqlServerCommandTest, StartsAndStopsAServer) {
  if (!find_server_binaries()) {
    GTEST_SKIP() << "no PostgreSQL server: install its programs";
  }
  EXPECT_EQ(text({"server", "status", "srv"}), "exit 3\n--- out\nnot running\n");
  const std::string url = out({"server", "start", "srv"});
  EXPECT_THAT(url, testing::MatchesRegex("postgresql://[^ ]+\n"));
  tool_.environment["DATABASE_URL"] = url.substr(0, url.size() - 1);
  EXPECT_EQ(out({"server", "start", "srv"}), url) << "the one that runs";
  EXPECT_THAT(out({"server", "status", "srv"}), testing::StartsWith(url));
  EXPECT_EQ(tool_.run({"upgrade", "head"}).out,
            "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n");
  EXPECT_EQ(out({"server", "stop", "srv"}), "stopped\n");
  EXPECT_EQ(out({"server", "stop", "srv"}), "not running\n");
}

TEST_F(PostgresqlServerCommandTest, MakesTestDatabasesOnly) {
  if (const auto reason = PostgresqlTestServer::missing()) {
    GTEST_SKIP() << *reason;
  }
  const std::string url = PostgresqlTestServer::url();
  EXPECT_EQ(text({"server", "database", url, "production"}),
            "exit 2\n--- err\nerror: 'production' cannot be a test database's name\n"
            "hint: it begins with 'retort_' and has at most 63 characters\n");
  const std::string name = PostgresqlTestDatabase().name();
  EXPECT_EQ(out({"server", "database", url, name}), name + "\n");
  EXPECT_EQ(out({"server", "database", url, name}), name + "\n") << "in place of the one that is there";
  PostgresqlClient(url).run("DROP DATABASE " + name);
}

TEST_F(PostgresqlServerCommandTest, ExplainsItself) {
  EXPECT_EQ(text({"server", "frob", "x"}),
            "exit 2\n--- err\nerror: server takes start DIR, stop DIR, status DIR, or database "
            "URL NAME\nhint: --help lists the commands and options\n");
}

} // namespace
} // namespace retort
