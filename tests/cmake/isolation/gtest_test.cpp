// Each test has a database of its own, and each thread in it, too.
#include <gtest/gtest.h>
#include <retort/testing.hpp>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

std::string ask(const std::string& url, const std::string& sql) {
  const std::string command = url.starts_with("sqlite:") ? "sqlite3 '" + url.substr(7) + "' '" + sql + "'"
                                                         : "psql -XAqtd '" + url + "' -c '" + sql + "'";
  FILE* pipe = ::popen(command.c_str(), "r");
  char answer[80] = "";
  if (std::fgets(answer, sizeof answer, pipe) == nullptr) {
    answer[0] = '\0';
  }
  ::pclose(pipe);
  return answer;
}

TEST(Orders, AreTheSeed) { EXPECT_EQ(ask(std::getenv("DATABASE_URL"), "SELECT count(*) FROM \"order\""), "1\n"); }

TEST(Orders, AreNotSharedByThreads) {
  std::vector<std::string> counts(4);
  std::vector<std::thread> threads;
  for (std::string& count : counts) {
    threads.emplace_back([&count] {
      const retort::testing::Database database = retort::testing::clone();
      ask(database.url(), "INSERT INTO \"order\" VALUES (2)");
      count = ask(database.url(), "SELECT count(*) FROM \"order\"");
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(counts, std::vector<std::string>(4, "2\n"));
}

TEST(Orders, AreKeptWhenATestFails) {
  retort::testing::Database database = retort::testing::clone();
  database.keep_if(testing::Test::HasFailure);
  ask(database.url(), "INSERT INTO \"order\" VALUES (3)");
  EXPECT_EQ(std::getenv("FAILING"), nullptr);
}
