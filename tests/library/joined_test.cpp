#include "library/application.hpp"
#include "library/connection.hpp"
#include "session/conformance.hpp"

#include <stdexcept>

namespace retort {
namespace {

/// A transaction that the caller has open is joined.
class JoinedTest : public ConformanceTest {
protected:
  void SetUp() override {
    ConformanceTest::SetUp();
    if (database_) {
      connection_ = connect(*database_);
      connection_->run("CREATE TABLE own (a INTEGER)");
    }
  }

  std::unique_ptr<Connection> connection_;
};

const std::vector<RevisionText> two = {
    {"1", "-- migrate:up\nCREATE TABLE a (b INTEGER);\n-- migrate:down\nDROP TABLE a;\n"},
    {"2", "-- migrate:up\nCREATE TABLE c (d INTEGER);\n-- migrate:down\nDROP TABLE c;\n"}};

TEST_P(JoinedTest, CommitsNothing) {
  const Application application(two);
  std::string log;
  connection_->run("BEGIN");
  EXPECT_EQ(shown(connection_->upgrade(application, logging(log))), "up 1, up 2, at 2\n");
  EXPECT_EQ(log, "started 1 of 2: up 1\n"
                 "ran 1: CREATE TABLE a (b INTEGER)\n"
                 "started 2 of 2: up 2\n"
                 "ran 2: CREATE TABLE c (d INTEGER)\n"
                 "committed up 1\n"
                 "committed up 2\n"
                 "finished: up 1, up 2, at 2\n");
  EXPECT_EQ(tables(), "own\n");
  EXPECT_EQ(shown(connection_->current(application)), "2\n");
  connection_->run("COMMIT");
  EXPECT_EQ(tables(), "a\nc\nown\n");
  EXPECT_EQ(applied(), "1 2");
}

TEST_P(JoinedTest, IsUndoneByTheCaller) {
  const Application application(two);
  connection_->run("BEGIN");
  connection_->run("INSERT INTO own VALUES (1)");
  connection_->upgrade(application);
  connection_->run("ROLLBACK");
  EXPECT_EQ(tables(), "own\n");
  EXPECT_EQ(shown(connection_->check(application)), "behind at \n1\n2\n");
  connection_->upgrade(application);
  connection_->run("BEGIN");
  EXPECT_EQ(shown(connection_->downgrade(application, "base")), "down 2, down 1, at \n");
  EXPECT_EQ(shown(connection_->stamp(application, "1")), "up 1, at 1\n");
  connection_->run("ROLLBACK");
  EXPECT_EQ(shown(connection_->current(application)), "2\n");
}

TEST_P(JoinedTest, LeavesTheTransactionUsableWhenItFails) {
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b INTEGER);\n"},
                                 {"2", "-- migrate:up\nINSERT INTO own VALUES (2);\nSELECT * FROM nowhere;\n"}});
  connection_->run("BEGIN");
  connection_->run("INSERT INTO own VALUES (1)");
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application); }),
            either("database, at \n"
                   "migrations/2.sql:3:1: error: no such table: nowhere\n"
                   "    3 | SELECT * FROM nowhere;\n"
                   "      | ^~~~~~~~~~~~~~~~~~~~~\n"
                   "note: no revision was committed\n",
                   "database, at \n"
                   "migrations/2.sql:3:15: error: relation \"nowhere\" does not exist [42P01]\n"
                   "    3 | SELECT * FROM nowhere;\n"
                   "      |               ^~~~~~~\n"
                   "note: no revision was committed\n"));
  EXPECT_EQ(connection_->run("SELECT a FROM own"), "1\n");
  connection_->run("INSERT INTO own VALUES (3)");
  connection_->run("COMMIT");
  EXPECT_EQ(database_->run("SELECT a FROM own ORDER BY a"), "1\n3\n");
  EXPECT_EQ(tables(), "own\n");
}

TEST_P(JoinedTest, MayBeNestedInSavepoints) {
  const Application application(two);
  Options first;
  first.target = "1";
  connection_->run("BEGIN");
  for (const char* name : {"mine", "retort", "retort_caller"}) {
    connection_->run(std::string("SAVEPOINT ") + name);
    connection_->run("INSERT INTO own VALUES (1)");
  }
  connection_->upgrade(application, first);
  connection_->run("SAVEPOINT retort");
  connection_->upgrade(application);
  connection_->run("ROLLBACK TO SAVEPOINT retort");
  EXPECT_EQ(shown(connection_->current(application)), "1\n");
  connection_->run("RELEASE SAVEPOINT retort");
  connection_->run("ROLLBACK TO SAVEPOINT retort_caller");
  EXPECT_EQ(shown(connection_->current(application)), "\n");
  EXPECT_EQ(connection_->run("SELECT count(*) FROM own"), "2\n");
  connection_->run("RELEASE SAVEPOINT retort");
  connection_->run("ROLLBACK TO SAVEPOINT mine");
  EXPECT_EQ(connection_->run("SELECT count(*) FROM own"), "0\n");
  connection_->run("COMMIT");
}

TEST_P(JoinedTest, RefusesRevisionsThatNeedACommit) {
  const Application application({{"1", "-- Transaction: cut\n-- migrate:up\nCREATE TABLE a (b INTEGER);\n"},
                                 {"2", "-- migrate:up\nCREATE TABLE c (d INTEGER);\n"},
                                 {"3", "-- migrate:up transaction:false\nVACUUM;\n"}});
  connection_->run("BEGIN");
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application); }),
            "request, at \n"
            "migrations/1.sql: error: 1 needs a commit behind it, and a transaction of the caller's is open\n"
            "hint: nothing was run; migrate outside of the transaction\n");
  EXPECT_EQ(shown(connection_->check(application)), "behind at \n1\n2\n3\n");
  connection_->run("COMMIT");
  EXPECT_EQ(tables(), "own\n");
  Options options;
  options.target = "2";
  connection_->upgrade(application, options);
  connection_->run("BEGIN");
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application); }),
            "request, at \n"
            "migrations/3.sql: error: 3 runs outside of any transaction, and a transaction of the caller's is open\n"
            "hint: nothing was run; migrate outside of the transaction\n");
  connection_->run("ROLLBACK");
  EXPECT_EQ(shown(connection_->upgrade(application)), "up 3, at 3\n");
}

TEST_P(JoinedTest, IsLeftUsableWhenTheCallbackThrows) {
  const Application application(two);
  for (int events = 0; events < 7; ++events) {
    Options options;
    options.progress = [left = events](const Event&) mutable {
      if (left-- == 0) {
        throw std::out_of_range("enough");
      }
    };
    connection_->run("BEGIN");
    connection_->run("INSERT INTO own VALUES (1)");
    EXPECT_THROW(connection_->upgrade(application, options), std::out_of_range) << events;
    connection_->run("COMMIT");
    EXPECT_EQ(connection_->run("SELECT a FROM own"), "1\n");
    connection_->run("DELETE FROM own");
    connection_->downgrade(application, "base");
    EXPECT_EQ(tables(), "own\n") << events;
  }
}

INSTANTIATE_TEST_SUITE_P(Any, JoinedTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

} // namespace
} // namespace retort
