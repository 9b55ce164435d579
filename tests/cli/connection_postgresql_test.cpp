#include "cli/tool_test.hpp"
#include "session/postgresql_test_database.hpp"

namespace retort {
namespace {

/// URLs of PostgreSQL databases, right and wrong.
class PostgresqlConnectionTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    const PostgresqlClient client(database_->url());
    host_ = client.host();
    port_ = client.port();
    user_ = client.user();
    tool_.environment = {{"PGPASSWORD", client.password()}};
  }

  std::optional<PostgresqlTestDatabase> database_;
  std::string host_;
  std::string port_;
  std::string user_;
};

TEST_F(PostgresqlConnectionTest, TakesUrisKeywordsAndVariables) {
  const std::string keywords = "host=" + host_ + " port=" + port_ + " dbname=" + database_->name() + " user=" + user_;
  EXPECT_EQ(text({"upgrade", "head", "-u", keywords}),
            "exit 0\n--- out\nupgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n--- err\n" +
                keywords + " is at 0002\n");
  EXPECT_EQ(out({"current", "-u", database_->url()}), "0002 (head)  Create tag.\n");
  tool_.environment["PGHOST"] = host_;
  tool_.environment["PGPORT"] = port_;
  tool_.environment["PGDATABASE"] = database_->name();
  tool_.environment["PGUSER"] = user_;
  EXPECT_EQ(out({"current", "-u", "postgresql://"}), "0002 (head)  Create tag.\n");
}

TEST_F(PostgresqlConnectionTest, ShowsAPlanAndChangesNothing) {
  tool_.environment["DATABASE_URL"] = database_->url();
  EXPECT_EQ(text({"upgrade", "head", "--plan"}),
            "exit 0\n--- out\nupgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n");
  EXPECT_EQ(text({"stamp", "head", "--plan"}),
            "exit 0\n--- out\nstamp base -> 0001  Create note.\nstamp 0001 -> 0002  Create tag.\n");
  EXPECT_EQ(out({"current"}), "base\n");
  out({"upgrade", "head"});
  EXPECT_EQ(text({"downgrade", "-1", "--plan"}), "exit 0\n--- out\ndowngrade 0002 -> 0001  Create tag.\n");
}

TEST_F(PostgresqlConnectionTest, TakesServicesAndPasswordFiles) {
  tool_.write("services",
              "[app]\nhost=" + host_ + "\nport=" + port_ + "\ndbname=" + database_->name() + "\nuser=" + user_ + "\n");
  tool_.environment["PGSERVICEFILE"] = (tool_.folder / "services").string();
  EXPECT_EQ(out({"upgrade", "head", "-u", "service=app"}),
            "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n");
  EXPECT_EQ(tool_.run({"current", "-u", "service=none"}).status, 3);
  tool_.environment["PGHOST"] = "127.0.0.1";
  tool_.environment["PGPORT"] = "1";
  tool_.write("urls", "service=app\n");
  EXPECT_EQ(out({"upgrade", "head", "--urls-from", "urls"}), "service=app: at 0002\n");
}

TEST_F(PostgresqlConnectionTest, TriesAllHosts) {
  const std::string keywords = " dbname=" + database_->name() + " user=" + user_;
  tool_.write("urls", "host=" + host_ + ",localhost port=" + port_ + ",1" + keywords + "\nhost=localhost," + host_ +
                          " port=1," + port_ + keywords + "\n");
  const Output output = tool_.run({"upgrade", "head", "--urls-from", "urls", "--jobs", "1"});
  EXPECT_EQ(output.status, 0) << output.text();
  EXPECT_THAT(output.err, testing::EndsWith("2 databases: 1 upgraded, 1 already there, 0 failed, 0 not begun\n"));
}

TEST_F(PostgresqlConnectionTest, NamesADatabaseThatIsNotThere) {
  const std::string url = "host=" + host_ + " port=" + port_ + " dbname=retort_none user=" + user_;
  const Output output = tool_.run({"current", "-u", url});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.err,
              testing::MatchesRegex("error: cannot connect: connection to server .* failed: FATAL: +database "
                                    "\"retort_none\" does not exist\n"
                                    "hint: check that the server runs and that the URL names it\n"));
}

TEST_F(PostgresqlConnectionTest, NamesAServerThatIsGone) {
  const Output output =
      tool_.run({"upgrade", "head", "-u", "host=" + tool_.folder.path().string() + " dbname=x user=x"});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.err,
              testing::MatchesRegex("error: cannot connect: connection to server on socket .* failed: No such file "
                                    "or directory\nnote: Is the server running locally .*\n"
                                    "note: no revision was committed\n"
                                    "hint: check that the server runs and that the URL names it\n"));
}

TEST_F(PostgresqlConnectionTest, NamesWhatLibpqCannotParse) {
  EXPECT_EQ(text({"current", "-u", "host=x nonsense=1"}),
            "exit 2\n--- err\nerror: libpq cannot parse the database URL\n"
            "hint: write postgresql://user@host/name, special characters as %XX, or host=… dbname=…\n");
}

TEST_F(PostgresqlConnectionTest, SaysThatARoleMayNot) {
  const std::string role = database_->name() + "_reader";
  database_->run("CREATE ROLE " + role + " LOGIN");
  const Output output = tool_.run(
      {"upgrade", "head", "-u",
       database_->url() + (database_->url().find('?') == std::string::npos ? "?" : "&") + "options=-crole%3D" + role});
  EXPECT_EQ(output.text().substr(0, 130),
            std::string("exit 3\n--- err\nerror: permission denied for schema public [42501]\nnote: while running: "
                        "CREATE TABLE IF NOT EXISTS public.retort_revisions (")
                .substr(0, 130));
  EXPECT_THAT(output.err, testing::EndsWith("note: no revision was committed\n"
                                            "hint: connect as a role that owns the object, or grant the right\n"));
  database_->run("DROP ROLE " + role);
}

} // namespace
} // namespace retort
