#include "library/application.hpp"
#include "library/libpq_client.hpp"
#include "session/postgresql_test_database.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;

/// What bounds a statement on a PostgreSQL server.
class PostgresqlTimeoutTest : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    client_.emplace(database_->url());
  }

  std::optional<PostgresqlTestDatabase> database_;
  std::optional<LibpqClient> client_;
};

TEST_F(PostgresqlTimeoutTest, EndsAStatementThatRunsTooLong) {
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\nSELECT pg_sleep(30);\n"}},
                                {Dialect::postgresql});
  Options options;
  options.statement_timeout = 100ms;
  EXPECT_EQ(outcome([&] { return client_->upgrade(application, options); }),
            "database, at \n"
            "migrations/1.sql:3:1: error: canceling statement due to statement timeout [57014]\n"
            "    3 | SELECT pg_sleep(30);\n"
            "      | ^~~~~~~~~~~~~~~~~~~\n"
            "note: no revision was committed\n"
            "hint: the statement was cancelled\n");
  EXPECT_EQ(client_->run("SELECT to_regclass('a')"), "\n");
}

TEST_F(PostgresqlTimeoutTest, WaitsForATableAsLongAsAsked) {
  const Application application({{"1", "-- migrate:up\nALTER TABLE held ADD COLUMN b int;\n"}}, {Dialect::postgresql});
  LibpqClient other(database_->url());
  other.run("CREATE TABLE held (a int)");
  other.run("BEGIN; LOCK TABLE held");
  Options options;
  options.lock_timeout = 20ms;
  client_->run("BEGIN"); // there, a transaction is not tried again
  EXPECT_THAT(outcome([&] { return client_->upgrade(application, options); }),
              testing::StartsWith("database, at \n"
                                  "migrations/1.sql:2:1: error: canceling statement due to lock timeout [55P03]\n"));
  client_->run("COMMIT");
  std::thread releasing([&] {
    std::this_thread::sleep_for(100ms);
    other.run("COMMIT");
  });
  options.lock_timeout = std::chrono::milliseconds::max();
  EXPECT_EQ(outcome([&] { return client_->upgrade(application, options); }), "up 1, at 1\n");
  releasing.join();
}

TEST_F(PostgresqlTimeoutTest, StopsALongStatementAtOnce) {
  const Application application(
      {{"1", "-- migrate:up\nCREATE TABLE a (b int);\nSELECT pg_sleep(30);\nCREATE TABLE c (d int);\n"},
       {"2", "-- migrate:up\nCREATE TABLE e (f int);\n"}},
      {Dialect::postgresql});
  const std::string said = "stopped, at \n"
                           "error: stopped, as asked\n"
                           "note: no revision was committed\n"
                           "hint: run it again: it goes on from what was committed\n";
  for (const char* begin : {"", "BEGIN"}) {
    client_->run(begin);
    std::stop_source source;
    Options options;
    options.stop = source.get_token();
    std::thread asking([&] {
      std::this_thread::sleep_for(300ms);
      source.request_stop();
    });
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome([&] { return client_->upgrade(application, options); }), said);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
    asking.join();
    client_->run(*begin == '\0' ? "" : "COMMIT");
    EXPECT_EQ(client_->run("SELECT to_regclass('a'), to_regclass('retort_revisions')"), "|\n");
    EXPECT_EQ(client_->run("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"),
              "0\n");
  }
}

TEST_F(PostgresqlTimeoutTest, StopsAtAnyMoment) {
  std::vector<RevisionText> texts;
  for (int number = 1; number <= 20; ++number) {
    const std::string table = "t" + std::to_string(number);
    texts.emplace_back(std::to_string(number), "-- migrate:up\nCREATE TABLE " + table +
                                                   " (a int);\nSELECT "
                                                   "pg_sleep(0.01);\n-- migrate:down\nDROP TABLE " +
                                                   table + ";\n");
  }
  const Application application(texts, {Dialect::postgresql});
  for (auto moment = 0ms; moment < 300ms; moment += 37ms) {
    std::stop_source source;
    Options options;
    options.stop = source.get_token();
    std::thread asking([&] {
      std::this_thread::sleep_for(moment);
      source.request_stop();
    });
    std::size_t committed = 0;
    try {
      committed = client_->upgrade(application, options).committed.size();
    } catch (const Error& error) {
      EXPECT_EQ(error.reason(), Error::Reason::stopped) << error.what();
      committed = error.report().committed.size();
    }
    asking.join();
    EXPECT_EQ(client_->run("SELECT count(*) FROM pg_tables WHERE tablename ~ '^t[0-9]+$'"),
              std::to_string(committed) + "\n");
    client_->downgrade(application, "base");
  }
}

} // namespace
} // namespace retort
