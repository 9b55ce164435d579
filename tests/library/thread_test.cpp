#include "library/application.hpp"
#include "library/connection.hpp"
#include "session/conformance.hpp"

#include <latch>
#include <thread>

namespace retort {
namespace {

constexpr int threads = 8;

class ThreadTest : public ConformanceTest {
protected:
  /// What comes out when each thread does its own part of `action` at once.
  template <typename Action>
  static std::vector<std::string> together(Action action) {
    std::vector<std::string> outcomes(threads);
    std::latch start(threads);
    std::vector<std::thread> running;
    for (std::size_t number = 0; number < threads; ++number) {
      running.emplace_back([&, number] {
        start.arrive_and_wait();
        outcomes[number] = action(number);
      });
    }
    for (std::thread& thread : running) {
      thread.join();
    }
    return outcomes;
  }

  static std::vector<RevisionText> texts() {
    std::vector<RevisionText> texts;
    for (int number = 1; number <= 10; ++number) {
      const std::string table = "t" + std::to_string(number);
      texts.emplace_back(std::to_string(number), "-- migrate:up\nCREATE TABLE " + table +
                                                     " (a INTEGER);\n-- migrate:down\nDROP TABLE " + table + ";\n");
    }
    return texts;
  }
};

TEST_P(ThreadTest, MigrateDatabasesOfTheirOwn) {
  const Application application(texts(), {GetParam()});
  std::vector<std::unique_ptr<TestDatabase>> databases;
  for (int number = 0; number < threads; ++number) {
    databases.push_back(make_test_database(GetParam()));
  }
  const auto outcomes = together([&](std::size_t number) {
    const std::unique_ptr<Connection> connection = connect(*databases[number]);
    std::string said;
    for (const char* target : {"base", "5"}) {
      said += outcome([&] { return connection->upgrade(application).current; });
      said += outcome([&] { return connection->check(application); });
      said += outcome([&] { return connection->downgrade(application, target).current; });
    }
    return said;
  });
  EXPECT_EQ(outcomes, std::vector<std::string>(threads, "10\ncurrent at 10\n\n10\ncurrent at 10\n5\n"));
}

TEST_P(ThreadTest, UpgradeOneDatabaseOnce) {
  const Application application(texts(), {GetParam()});
  std::vector<std::unique_ptr<Connection>> connections;
  for (int number = 0; number < threads; ++number) {
    connections.push_back(connect(*database_));
  }
  const auto outcomes =
      together([&](std::size_t number) { return outcome([&] { return connections[number]->upgrade(application); }); });
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), "at 10\n"), threads - 1);
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(),
                       "up 1, up 2, up 3, up 4, up 5, up 6, up 7, up 8, up 9, up 10, at 10\n"),
            1);
}

INSTANTIATE_TEST_SUITE_P(Any, ThreadTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

} // namespace
} // namespace retort
