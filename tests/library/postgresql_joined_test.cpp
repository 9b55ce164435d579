#include "library/application.hpp"
#include "library/libpq_client.hpp"
#include "session/postgresql_test_database.hpp"

#include <gmock/gmock.h>
#include <libpq-fe.h>

#include <future>
#include <stdexcept>
#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;

/// What is special about a PostgreSQL transaction that Retort joins.
class PostgresqlJoinedTest : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    client_.emplace(database_->url());
  }

  std::string locks() {
    return database_->run("SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database WHERE "
                          "locktype = 'advisory' AND datname = current_database()");
  }

  std::string settings() {
    return client_->run("SELECT current_setting('lock_timeout'), current_setting('statement_timeout'), "
                        "current_setting('client_encoding'), current_setting('work_mem')");
  }

  std::optional<PostgresqlTestDatabase> database_;
  std::optional<LibpqClient> client_;
};

const std::vector<RevisionText> one = {{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"}};

TEST_F(PostgresqlJoinedTest, HoldsTheLockToItsEnd) {
  const Application application(one, {Dialect::postgresql});
  for (const char* end : {"ROLLBACK", "COMMIT", "COMMIT"}) {
    client_->run("BEGIN");
    client_->upgrade(application);
    EXPECT_EQ(locks(), "1\n");
    client_->run(end);
    EXPECT_EQ(locks(), "0\n");
  }
}

TEST_F(PostgresqlJoinedTest, GivesTheLockBackWhenItFails) {
  const Application application({{"1", "-- migrate:up\nSELECT 1 / 0;\n"}}, {Dialect::postgresql});
  client_->run("BEGIN");
  EXPECT_THROW(client_->upgrade(application), Error);
  EXPECT_EQ(locks(), "0\n");
  EXPECT_EQ(PQtransactionStatus(client_->get()), PQTRANS_INTRANS);
}

TEST_F(PostgresqlJoinedTest, MakesOthersWaitUntilItsEnd) {
  const Application application(one, {Dialect::postgresql});
  client_->run("BEGIN");
  client_->upgrade(application);
  std::promise<void> waits;
  std::string log;
  auto other = std::async(std::launch::async, [&] {
    LibpqClient second(database_->url());
    Options options;
    options.progress = [&](const Event& event) {
      log += shown(event);
      if (std::holds_alternative<WaitingForLock>(event)) {
        waits.set_value();
      }
    };
    return outcome([&] { return second.upgrade(application, options); });
  });
  ASSERT_EQ(waits.get_future().wait_for(20s), std::future_status::ready);
  client_->run("COMMIT");
  EXPECT_EQ(other.get(), "at 1\n");
  EXPECT_THAT(log, testing::MatchesRegex("waiting for backend pid [0-9]+, user [^\n]*\nfinished: at 1\n"));
}

TEST_F(PostgresqlJoinedTest, KeepsSettingsAsTheTransactionHasThem) {
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"},
                                 {"2", "-- migrate:up\nSET lock_timeout = 77;\nSET statement_timeout = 88888;\n"
                                       "SET client_encoding = 'WIN1252';\nSET work_mem = '16MB';\n"},
                                 {"3", "-- migrate:up\nCREATE TABLE c (d int);\n"}},
                                {Dialect::postgresql});
  const std::string initial = settings();
  const std::string session = "SET lock_timeout = 11; SET statement_timeout = 22222; SET client_encoding = 'LATIN1'; "
                              "SET work_mem = '8MB'";
  for (const std::string& before : {std::string(), session}) {
    for (const std::string& inside : {std::string(), session}) {
      for (const char* end : {"ROLLBACK", "COMMIT"}) {
        client_->run(before);
        client_->run("BEGIN");
        client_->run(inside);
        const std::string found = settings();
        EXPECT_EQ(outcome([&] { return client_->upgrade(application); }), "up 1, up 2, up 3, at 3\n");
        EXPECT_EQ(settings(), found) << before << ";" << inside;
        client_->run(end);
        const bool set = !before.empty() || (!inside.empty() && end == std::string("COMMIT"));
        EXPECT_EQ(settings(), set ? "11ms|22222ms|LATIN1|8MB\n" : initial) << before << ";" << inside << ";" << end;
        client_->run("RESET ALL; DROP TABLE IF EXISTS a, c, retort_revisions");
      }
    }
  }
}

TEST_F(PostgresqlJoinedTest, LeavesLocalSettingsLocal) {
  const Application application(one, {Dialect::postgresql});
  const std::string initial = settings();
  client_->run("BEGIN; SET LOCAL lock_timeout = 11; SET LOCAL statement_timeout = 22222; SET LOCAL client_encoding = "
               "'LATIN1'; SET LOCAL work_mem = '8MB'");
  EXPECT_EQ(outcome([&] { return client_->upgrade(application); }), "up 1, at 1\n");
  EXPECT_EQ(settings(), "11ms|22222ms|LATIN1|8MB\n");
  client_->run("COMMIT");
  EXPECT_EQ(settings(), initial);
}

TEST_F(PostgresqlJoinedTest, RefusesWhatCannotRunInATransaction) {
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"},
                                 {"2", "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON a (b);\n"}},
                                {Dialect::postgresql});
  client_->run("BEGIN");
  EXPECT_EQ(outcome([&] { return client_->upgrade(application); }),
            "request, at \n"
            "migrations/2.sql: error: 2 runs outside of any transaction, and a transaction of the caller's is open\n"
            "hint: nothing was run; migrate outside of the transaction\n");
  EXPECT_EQ(client_->run("SELECT to_regclass('a'), to_regclass('retort_revisions')"), "|\n");
}

TEST_F(PostgresqlJoinedTest, MaySeeASnapshot) {
  const Application application(one, {Dialect::postgresql});
  client_->run("BEGIN ISOLATION LEVEL SERIALIZABLE");
  EXPECT_EQ(outcome([&] { return client_->upgrade(application); }), "up 1, at 1\n");
  EXPECT_EQ(client_->run("SHOW transaction_isolation"), "serializable\n");
  client_->run("COMMIT");
  EXPECT_EQ(shown(client_->current(application)), "1\n");
}

} // namespace
} // namespace retort
