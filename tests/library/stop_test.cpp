#include "library/application.hpp"
#include "library/connection.hpp"
#include "session/conformance.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;

/// How a migration waits, and how it is stopped.
class StopTest : public ConformanceTest {
protected:
  void SetUp() override {
    ConformanceTest::SetUp();
    if (database_) {
      connection_ = connect(*database_);
      other_ = connect(*database_);
    }
  }

  /// Another one migrates the database.
  void lock() {
    other_->run("BEGIN");
    if (GetParam() == Dialect::sqlite) {
      other_->run("COMMIT; BEGIN IMMEDIATE");
    } else {
      other_->upgrade(Application({{"0", "-- migrate:up\nSELECT 1;\n"}}, {GetParam()}));
    }
  }
  void unlock() { other_->run("ROLLBACK"); }

  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Connection> other_;
};

const std::vector<RevisionText> two = {{"1", "-- migrate:up\nCREATE TABLE a (b INTEGER);\n"},
                                       {"2", "-- migrate:up\nCREATE TABLE c (d INTEGER);\nSELECT 1;\n"}};
const std::string stopped = "error: stopped, as asked\n"
                            "note: no revision was committed\n"
                            "hint: run it again: it goes on from what was committed\n";

TEST_P(StopTest, BeforeItBegins) {
  const Application application(two);
  std::stop_source source;
  source.request_stop();
  std::string log;
  Options options = logging(log);
  options.stop = source.get_token();
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), "stopped, at \n" + stopped);
  EXPECT_EQ(log, "");
  EXPECT_EQ(tables(), "");
  connection_->upgrade(application);
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), "at 2\n");
}

TEST_P(StopTest, BetweenStatements) {
  // Where statements are sent ahead, a revision that has been sent may still be committed.
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b INTEGER);\n"},
                                 {"2", "-- migrate:up transaction:false\nVACUUM;\n"},
                                 {"3", "-- migrate:up\nCREATE TABLE c (d INTEGER);\n"}});
  std::stop_source source;
  Options options;
  options.transactions = Transactions::each;
  options.stop = source.get_token();
  options.progress = [&](const Event& event) {
    const auto* committed = std::get_if<RevisionCommitted>(&event);
    if (committed != nullptr && committed->revision.revision.id == "1") {
      source.request_stop();
    }
  };
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }),
            "stopped, up 1, at \n"
            "error: stopped, as asked\n"
            "note: 1 revision was committed before this\n"
            "hint: run it again: it goes on from what was committed\n");
  EXPECT_EQ(tables(), "a\n");
  EXPECT_EQ(shown(connection_->upgrade(application)), "up 2, up 3, at 3\n");
}

TEST_P(StopTest, InsideATransaction) {
  // Where statements are sent ahead, the one that runs is cancelled.
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b INTEGER);\n"},
                                 {"2", "-- migrate:up\nSELECT 1;\n" + either("", "SELECT pg_sleep(30);\n")}});
  std::stop_source source;
  Options options;
  options.transactions = Transactions::all;
  options.stop = source.get_token();
  options.progress = [&](const Event& event) {
    if (GetParam() == Dialect::sqlite ? std::holds_alternative<StatementRan>(event)
                                      : std::holds_alternative<RevisionStarted>(event)) {
      source.request_stop();
    }
  };
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), "stopped, at \n" + stopped);
  EXPECT_EQ(tables(), "");
  connection_->run("BEGIN");
  connection_->run("CREATE TABLE own (a INTEGER)");
  source = {};
  source.request_stop();
  options.stop = source.get_token();
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), "stopped, at \n" + stopped);
  connection_->run("COMMIT");
  EXPECT_EQ(tables(), "own\n");
}

TEST_P(StopTest, WaitsForTheLock) {
  const Application application(two);
  lock();
  std::string log;
  std::thread ending;
  Options options = logging(log);
  options.lock_wait = std::chrono::milliseconds::max();
  options.progress = [&, tell = options.progress](const Event& event) {
    tell(event);
    if (std::holds_alternative<WaitingForLock>(event)) {
      ending = std::thread([&] {
        std::this_thread::sleep_for(100ms);
        unlock();
      });
    }
  };
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), "up 1, up 2, at 2\n");
  ending.join();
  EXPECT_THAT(log,
              testing::StartsWith(either("waiting for another connection\nstarted 1", "waiting for backend pid ")));
}

TEST_P(StopTest, WaitsNoLongerThanAsked) {
  const Application application(two);
  lock();
  Options options;
  options.lock_wait = 150ms;
  const auto begin = std::chrono::steady_clock::now();
  const std::string said = outcome([&] { return connection_->upgrade(application, options); });
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(took, 150ms);
  EXPECT_LT(took, 10s);
  EXPECT_THAT(said, testing::StartsWith(either("database, at \nerror: cannot migrate sqlite:",
                                               "database, at \nerror: another process migrates this database: backend "
                                               "pid ")));
  unlock();
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), "up 1, up 2, at 2\n");
}

TEST_P(StopTest, WhileItWaitsForTheLock) {
  const Application application(two);
  lock();
  std::stop_source source;
  std::thread asking;
  Options options;
  options.stop = source.get_token();
  options.progress = [&](const Event& event) {
    if (std::holds_alternative<WaitingForLock>(event)) {
      asking = std::thread([&] {
        std::this_thread::sleep_for(50ms);
        source.request_stop();
      });
    }
  };
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), "stopped, at \n" + stopped);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
  asking.join();
  unlock();
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application); }), "up 1, up 2, at 2\n");
}

INSTANTIATE_TEST_SUITE_P(Any, StopTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

} // namespace
} // namespace retort
