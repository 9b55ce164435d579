#include "cli/tool_test.hpp"
#include "server/binaries.hpp"
#include "session/postgresql_test_database.hpp"

#include <fmt/format.h>

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

TEST_F(PostgresqlServerCommandTest, StartsNothingForAProcessThatHasEnded) {
  const Output output =
      run_process({"/bin/sh",
                   {"-c", fmt::format("{{ sleep 0.3; {} server start srv --watch-parent 2>error; }} | true; cat error",
                                      RETORT_TOOL)},
                   tool_.folder.path(),
                   {},
                   {}});
  EXPECT_EQ(output.out, "error: the process that ran this command has ended\n");
  EXPECT_FALSE(exists("srv"));
}

TEST_F(PostgresqlServerCommandTest, NamesItsStorage) {
  if (!find_server_binaries()) {
    GTEST_SKIP() << "no PostgreSQL server: install its programs";
  }
  out({"server", "start", "srv", "--set", "work_mem=1MB"});
  EXPECT_THAT(out({"server", "status", "srv"}),
              testing::MatchesRegex("postgresql://[^ ]+\ndata  /[^ ]+ \\((memory|disk)\\)\nlog   /[^ ]+\n"));
  EXPECT_THAT(out({"server", "status", "srv", "--format", "json"}), testing::HasSubstr("\"storage\":"));
  EXPECT_EQ(out({"server", "stop", "srv"}), "stopped\n");
}

TEST_F(PostgresqlServerCommandTest, StopKeepsTemplatesAndWhatIsMarked) {
  if (!find_server_binaries()) {
    GTEST_SKIP() << "no PostgreSQL server: install its programs";
  }
  std::string url = out({"server", "start", "srv"});
  url.pop_back();
  PostgresqlClient(url).run("CREATE DATABASE retort_left");
  PostgresqlClient(url).run("CREATE DATABASE retort_template IS_TEMPLATE true");
  PostgresqlClient(url).run("CREATE DATABASE retort_failed");
  PostgresqlClient(url).run("COMMENT ON DATABASE retort_failed IS 'retort: kept for the test x'");
  PostgresqlClient(url).run("CREATE DATABASE retort_other");
  PostgresqlClient(url).run("COMMENT ON DATABASE retort_other IS 'not retort: kept'");
  PostgresqlClient(url).run("CREATE DATABASE mine");
  tool_.environment["PGHOSTADDR"] = "127.0.0.1";
  tool_.environment["PGOPTIONS"] = "-cnonsense=1";
  EXPECT_EQ(out({"server", "stop", "srv"}), "stopped\n");
  url = out({"server", "start", "srv"});
  url.pop_back();
  EXPECT_EQ(PostgresqlClient(url).run("SELECT datname FROM pg_database WHERE datname NOT LIKE 'template_' ORDER BY 1"),
            "mine\npostgres\nretort_failed\nretort_template\n");
  EXPECT_EQ(out({"server", "stop", "srv"}), "stopped\n");
}

TEST_F(PostgresqlServerCommandTest, FindsPrograms) {
  const auto bindir = find_server_binaries();
  if (!bindir) {
    GTEST_SKIP() << "no PostgreSQL server: install its programs";
  }
  EXPECT_EQ(out({"server", "find"}), bindir->string() + "\n");
  EXPECT_EQ(out({"server", "find", "--bindir", "/nowhere:" + bindir->string()}), bindir->string() + "\n");
  EXPECT_EQ(text({"server", "find", "--version", "99", "--bindir", bindir->string()}),
            "exit 3\n--- err\nerror: no PostgreSQL 99 server binaries found in " + bindir->string() +
                "\nhint: install postgresql-99 or set RETORT_POSTGRESQL_BINDIR\n");
  EXPECT_EQ(text({"server", "start", "srv", "--set", "work_mem"}),
            "exit 2\n--- err\nerror: --set needs NAME=VALUE, not 'work_mem'\n"
            "hint: --help lists the commands and options\n");
}

TEST_F(PostgresqlServerCommandTest, KnowsTheVersionOfAServer) {
  if (const auto reason = PostgresqlTestServer::missing()) {
    GTEST_SKIP() << *reason;
  }
  const std::string url = PostgresqlTestServer::url();
  EXPECT_EQ(out({"server", "version", url}) + "\n",
            PostgresqlClient(url).run("SELECT current_setting('server_version_num')::int / 10000 || E'\\n'"));
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
            "exit 2\n--- err\nerror: server takes start DIR, stop DIR, status DIR, find, version URL, or database "
            "URL NAME\nhint: --help lists the commands and options\n");
}

} // namespace
} // namespace retort
