#include "library/application.hpp"
#include "library/connection.hpp"
#include "session/conformance.hpp"

namespace retort {
namespace {

/// What holds on a connection to any database.
class LibraryTest : public ConformanceTest {
protected:
  void SetUp() override {
    ConformanceTest::SetUp();
    if (database_) {
      connection_ = connect(*database_);
    }
  }

  std::unique_ptr<Connection> connection_;
};

const std::vector<RevisionText> three = {
    {"1_first", "-- Makes a.\n-- migrate:up\nCREATE TABLE a (b INTEGER);\n-- migrate:down\nDROP TABLE a;\n"},
    {"2_second", "-- migrate:up\nCREATE TABLE c (d INTEGER);\nINSERT INTO c VALUES (1);\n"
                 "-- migrate:down\nDROP TABLE c;\n"},
    {"3_third", "-- migrate:up\nCREATE TABLE e (f INTEGER);\n-- migrate:down\nDROP TABLE e;\n"}};

TEST_P(LibraryTest, UpgradesAndDowngrades) {
  const Application application(three);
  EXPECT_EQ(shown(connection_->upgrade(application)), "up 1 Makes a., up 2 second, up 3 third, at 3\n");
  EXPECT_EQ(tables(), "a\nc\ne\n");
  EXPECT_EQ(applied(), "1 2 3");
  EXPECT_EQ(shown(connection_->upgrade(application)), "at 3\n");
  EXPECT_EQ(shown(connection_->downgrade(application, "-1")), "down 3 third, at 2\n");
  EXPECT_EQ(shown(connection_->downgrade(application, "1")), "down 2 second, at 1\n");
  EXPECT_EQ(tables(), "a\n");
  EXPECT_EQ(shown(connection_->downgrade(application, "base")), "down 1 Makes a., at \n");
  EXPECT_EQ(applied(), "");
}

TEST_P(LibraryTest, UpgradesToATarget) {
  const Application application(three);
  Options options;
  options.target = "+1";
  EXPECT_EQ(shown(connection_->upgrade(application, options)), "up 1 Makes a., at 1\n");
  options.target = "2";
  EXPECT_EQ(shown(connection_->pending(application, options)), "2 second\n");
  EXPECT_EQ(shown(connection_->check(application, options)), "behind at 1\n2 second\n");
  EXPECT_EQ(shown(connection_->upgrade(application, options)), "up 2 second, at 2\n");
  EXPECT_EQ(shown(connection_->check(application, options)), "current at 2\n");
}

TEST_P(LibraryTest, Stamps) {
  const Application application(three);
  std::string log;
  EXPECT_EQ(shown(connection_->stamp(application, "2", logging(log))), "up 1 Makes a., up 2 second, at 2\n");
  EXPECT_EQ(log, "started 1 of 2: up 1 Makes a.\n"
                 "started 2 of 2: up 2 second\n"
                 "committed up 1 Makes a.\n"
                 "committed up 2 second\n"
                 "finished: up 1 Makes a., up 2 second, at 2\n");
  EXPECT_EQ(tables(), "");
  EXPECT_EQ(applied(), "1 2");
  EXPECT_EQ(shown(connection_->stamp(application, "base")), "down 2 second, down 1 Makes a., at \n");
}

TEST_P(LibraryTest, SaysWhereADatabaseStands) {
  const Application application(three);
  EXPECT_EQ(shown(connection_->current(application)), "\n");
  EXPECT_EQ(shown(connection_->pending(application)), "1 Makes a.\n2 second\n3 third\n");
  EXPECT_EQ(shown(connection_->check(application)), "behind at \n1 Makes a.\n2 second\n3 third\n");
  EXPECT_EQ(tables(), "");
  connection_->upgrade(application);
  EXPECT_EQ(shown(connection_->current(application)), "3\n");
  EXPECT_EQ(shown(connection_->pending(application)), "");
  EXPECT_EQ(shown(connection_->check(application)), "current at 3\n");
}

TEST_P(LibraryTest, HasSeveralHeads) {
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b INTEGER);\n"},
                                 {"2", "-- Revises: 1\n-- migrate:up\nCREATE TABLE c (d INTEGER);\n"},
                                 {"3", "-- Revises: 1\n-- migrate:up\nCREATE TABLE e (f INTEGER);\n"}});
  EXPECT_EQ(shown(connection_->upgrade(application)), "up 1, up 2, up 3, at 2 3\n");
  EXPECT_EQ(shown(connection_->upgrade(application)), "at 2 3\n");
  EXPECT_EQ(shown(connection_->current(application)), "2 3\n");
}

TEST_P(LibraryTest, TellsHowItGoes) {
  const Application application(three);
  std::string log;
  connection_->upgrade(application, logging(log));
  EXPECT_EQ(log, either("started 1 of 3: up 1 Makes a.\n"
                        "ran 1: CREATE TABLE a (b INTEGER)\n"
                        "started 2 of 3: up 2 second\n"
                        "ran 2: CREATE TABLE c (d INTEGER)\n"
                        "ran 2: INSERT INTO c VALUES (1)\n"
                        "started 3 of 3: up 3 third\n"
                        "ran 3: CREATE TABLE e (f INTEGER)\n"
                        "committed up 1 Makes a.\n"
                        "committed up 2 second\n"
                        "committed up 3 third\n"
                        "finished: up 1 Makes a., up 2 second, up 3 third, at 3\n",
                        "started 1 of 3: up 1 Makes a.\n"
                        "ran 1: CREATE TABLE a (b INTEGER)\n"
                        "committed up 1 Makes a.\n"
                        "started 2 of 3: up 2 second\n"
                        "ran 2: CREATE TABLE c (d INTEGER)\n"
                        "ran 2: INSERT INTO c VALUES (1)\n"
                        "committed up 2 second\n"
                        "started 3 of 3: up 3 third\n"
                        "ran 3: CREATE TABLE e (f INTEGER)\n"
                        "committed up 3 third\n"
                        "finished: up 1 Makes a., up 2 second, up 3 third, at 3\n"));
  log.clear();
  connection_->upgrade(application, logging(log));
  EXPECT_EQ(log, "finished: at 3\n");
  connection_->downgrade(application, "2", logging(log));
  EXPECT_EQ(log, "finished: at 3\n"
                 "started 1 of 1: down 3 third\n"
                 "ran 3: DROP TABLE e\n"
                 "committed down 3 third\n"
                 "finished: down 3 third, at 2\n");
}

TEST_P(LibraryTest, CommitsAsAsked) {
  const Application application(three);
  std::string log;
  Options options = logging(log);
  options.transactions = GetParam() == Dialect::sqlite ? Transactions::each : Transactions::all;
  options.target = "2";
  connection_->upgrade(application, options);
  EXPECT_EQ(log, either("started 1 of 2: up 1 Makes a.\n"
                        "ran 1: CREATE TABLE a (b INTEGER)\n"
                        "committed up 1 Makes a.\n"
                        "started 2 of 2: up 2 second\n"
                        "ran 2: CREATE TABLE c (d INTEGER)\n"
                        "ran 2: INSERT INTO c VALUES (1)\n"
                        "committed up 2 second\n"
                        "finished: up 1 Makes a., up 2 second, at 2\n",
                        "started 1 of 2: up 1 Makes a.\n"
                        "ran 1: CREATE TABLE a (b INTEGER)\n"
                        "started 2 of 2: up 2 second\n"
                        "ran 2: CREATE TABLE c (d INTEGER)\n"
                        "ran 2: INSERT INTO c VALUES (1)\n"
                        "committed up 1 Makes a.\n"
                        "committed up 2 second\n"
                        "finished: up 1 Makes a., up 2 second, at 2\n"));
}

INSTANTIATE_TEST_SUITE_P(Any, LibraryTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

} // namespace
} // namespace retort
