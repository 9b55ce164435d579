#include "session/conformance.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <thread>
#include <utility>

namespace retort {
namespace {

/// Several sessions on one database.
class ConcurrencyTest : public ConformanceTest {
protected:
  const std::vector<RevisionText> revisions_ = {
      {"0001", "-- One.\n\n-- migrate:up\nCREATE TABLE one (a integer);\n"},
      {"0002", "-- Two.\n\n-- migrate:up\nCREATE TABLE two (a integer);\n"},
      {"0003", "-- Three.\n\n-- migrate:up\nCREATE TABLE three (a integer);\n"}};
};

INSTANTIATE_TEST_SUITE_P(drivers, ConcurrencyTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(ConcurrencyTest, OneOfSeveralAppliesAndNoneFails) {
  constexpr std::size_t count = 4;
  std::vector<std::string> results(count);
  {
    std::vector<std::thread> threads;
    for (std::string& result : results) {
      threads.emplace_back([&] {
        Migrator session = migrator(revisions_);
        session.transactions = Transactions::each;
        result = session.upgrade();
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  }
  std::size_t committed = 0;
  for (const std::string& result : results) {
    EXPECT_THAT(result, testing::EndsWith(" steps\n"));
    for (std::size_t at = 0; (at = result.find("committed: ", at)) != std::string::npos; ++at) {
      ++committed;
    }
  }
  EXPECT_EQ(committed, 3U) << testing::PrintToString(results);
  EXPECT_EQ(applied(), "0001 0002 0003");
}

/// Does something when the first step begins: under the lock.
class OnStart : public Observer {
public:
  explicit OnStart(std::function<void()> action) : action_(std::move(action)) {}
  void step_started(const Step& /*step*/) override {
    if (action_) {
      std::exchange(action_, {})();
    }
  }

private:
  std::function<void()> action_;
};

TEST_P(ConcurrencyTest, RunsUnderTheLock) {
  database_->run("CREATE TABLE there (a integer)");
  Migrator first = migrator(revisions_);
  SessionOptions impatient;
  impatient.lock_wait = std::chrono::milliseconds(0);
  std::string second;
  OnStart observer([&] { second = migrator(revisions_, impatient).upgrade(); });
  EXPECT_EQ(first.upgrade(observer), 3U);
  if (GetParam() == Dialect::sqlite) {
    EXPECT_EQ(second, "exit 3\nerror: cannot migrate " + database_->parsed_url().display() +
                          ": database is locked [5]\nnote: no revision was committed\n"
                          "hint: another process uses the database; try again, or wait longer with --lock-wait\n");
  } else {
    EXPECT_THAT(second, testing::MatchesRegex(
                            "exit 3\nerror: another process migrates this database: backend pid [0-9]+, user [a-z]+, "
                            "application retort\nnote: no revision was committed\n"
                            "hint: waited 0 s for it; try again, or wait longer with --lock-wait\n"));
  }
}

TEST_P(ConcurrencyTest, WaitsForTheOther) {
  database_->run("CREATE TABLE there (a integer)");
  Migrator first = migrator(revisions_);
  std::string second;
  std::thread other;
  OnStart observer([&] {
    other = std::thread([&] { second = migrator(revisions_).upgrade(); });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  });
  first.upgrade(observer);
  other.join();
  EXPECT_EQ(second, "waiting\n0 steps\n");
}

TEST_P(ConcurrencyTest, PlansAgainForAStateThatAnotherChanged) {
  database_->run("CREATE TABLE there (a integer)");
  Migrator first = migrator(revisions_);
  std::size_t asked = 0;
  const std::string result = first.migrate([&](const Applied& applied) {
    if (GetParam() == Dialect::sqlite && asked++ == 0) {
      migrator(revisions_).upgrade("0002");
    }
    return plan_upgrade(first.history(), state_of(first.history(), applied), "head");
  });
  EXPECT_EQ(result, either("committed: upgrade 0002 -> 0003  Three.\n1 steps\n",
                           "committed: upgrade base -> 0001  One.\ncommitted: upgrade 0001 -> 0002  Two.\n"
                           "committed: upgrade 0002 -> 0003  Three.\n3 steps\n"));
  EXPECT_EQ(applied(), "0001 0002 0003");
}

TEST_P(ConcurrencyTest, ReadsWhileAnotherOneMigrates) {
  migrator(revisions_).upgrade("0001");
  Migrator first = migrator(revisions_);
  std::size_t seen = 0;
  first.migrate([&](const Applied& applied) {
    seen = migrator(revisions_).session().read().revisions.size();
    return plan_upgrade(first.history(), state_of(first.history(), applied), "head");
  });
  EXPECT_EQ(seen, 1U);
}

TEST_P(ConcurrencyTest, TheSameSessionMigratesAgain) {
  Migrator session = migrator(revisions_);
  EXPECT_EQ(session.upgrade("+1"), "committed: upgrade base -> 0001  One.\n1 steps\n");
  migrator(revisions_).upgrade("0002");
  EXPECT_EQ(session.upgrade("+1"), "committed: upgrade 0002 -> 0003  Three.\n1 steps\n");
}

} // namespace
} // namespace retort
