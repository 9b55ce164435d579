#include "faults/postgresql_fault.hpp"
#include "server/binaries.hpp"

#include <csignal>
#include <fstream>

namespace retort {
namespace {

/// The server ends the session, or ends itself.
class PostgresqlShutdownTest : public PostgresqlFault {
protected:
  void SetUp() override {
    PostgresqlFault::SetUp();
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n");
  }

  void terminate_retort() {
    run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'retort' AND datname = "
        "current_database()");
  }
};

TEST_F(PostgresqlShutdownTest, F12_KeepsTheReasonInATransaction) {
  tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nSELECT 1;\nSELECT pg_sleep(60);\n");
  Process tool(tool_.invocation({"upgrade", "head"}));
  await_statement("%pg_sleep%");
  terminate_retort();
  EXPECT_EQ(tool.wait().text(), "exit 3\n--- out\nupgrade base -> 0001  A.\n--- err\n"
                                "migrations/0002_b.sql:5:1: error: terminating connection due to administrator command "
                                "[57P01]\n    5 | SELECT pg_sleep(60);\n      | ^~~~~~~~~~~~~~~~~~~\n"
                                "note: 1 revision was committed before this\n");
  EXPECT_EQ(applied(), "0001\n");
}

TEST_F(PostgresqlShutdownTest, F12_KeepsTheReasonOutsideOfATransaction) {
  tool_.revision("0002_b", "-- B.\n\n-- migrate:up transaction:false\nSELECT pg_sleep(60);\n");
  Process tool(tool_.invocation({"upgrade", "head"}));
  await_statement("%pg_sleep%");
  terminate_retort();
  EXPECT_EQ(
      tool.wait().text(),
      "exit 3\n--- out\nupgrade base -> 0001  A.\n--- err\n"
      "migrations/0002_b.sql:4:1: error: terminating connection due to administrator command [57P01]\n"
      "    4 | SELECT pg_sleep(60);\n      | ^~~~~~~~~~~~~~~~~~~\n"
      "note: the connection was lost while a statement ran outside a transaction: whether it took effect is unknown\n"
      "note: 1 revision was committed before this\n");
}

TEST_F(PostgresqlShutdownTest, F12_ASessionThatIsEndedWhileItWaitsSaysSo) {
  PostgresqlClient holder = client();
  tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nSELECT pg_sleep(60);\n");
  Process first(tool_.invocation({"upgrade", "head"}));
  await_statement("%pg_sleep%");
  Process second(tool_.invocation({"upgrade", "head"}));
  await("SELECT 1 FROM pg_stat_activity WHERE application_name = 'retort' AND datname = current_database() AND query "
        "LIKE "
        "'%pg_try_advisory_lock%'");
  terminate_retort();
  const Output output = second.wait();
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.err, testing::HasSubstr(": terminating connection due to administrator command [57P01]\n"));
  first.wait();
}

TEST_F(PostgresqlShutdownTest, F12_AServerThatShutsDownIsNamedAsTheReason) {
  if (!find_server_binaries()) {
    GTEST_SKIP() << "no PostgreSQL server of the test's own: install its programs";
  }
  PostgresqlTestServer server;
  const PostgresqlTestDatabase database(server.private_url());
  tool_.environment["DATABASE_URL"] = database.url();
  tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nSELECT pg_sleep(60);\n");
  Process tool(tool_.invocation({"upgrade", "head"}));
  PostgresqlClient observer(database.url());
  while (observer.run("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()")
             .empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const pid_t postmaster = std::stoi(observer.run("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
  ASSERT_EQ(::kill(postmaster, SIGINT), 0);
  EXPECT_EQ(tool.wait().text(), "exit 3\n--- out\nupgrade base -> 0001  A.\n--- err\n"
                                "migrations/0002_b.sql:4:1: error: terminating connection due to administrator command "
                                "[57P01]\n    4 | SELECT pg_sleep(60);\n      | ^~~~~~~~~~~~~~~~~~~\n"
                                "note: 1 revision was committed before this\n");
  EXPECT_THAT(tool_.text({"upgrade", "head"}), testing::StartsWith("exit 3\n--- err\nerror: cannot connect: "));
}

} // namespace
} // namespace retort
