#include "testing/testing_test.hpp"

#include <gmock/gmock.h>
#include <retort/testing.hpp>

#include <cstdlib>
#include <set>
#include <thread>

namespace retort {
namespace {

class CloneTest : public TestingTest {
protected:
  void SetUp() override {
    TestingTest::SetUp();
    if (!IsSkipped()) {
      make_template({"a"});
      ::setenv("APP_URL", database_->url().c_str(), 1);
      ::setenv("APP_URL_TEMPLATE", url_.c_str(), 1);
    }
  }

  void TearDown() override {
    TestingTest::TearDown();
    ::unsetenv("APP_URL");
    ::unsetenv("APP_URL_TEMPLATE");
  }
};

INSTANTIATE_TEST_SUITE_P(dialects, CloneTest, ::testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(CloneTest, GivesADatabaseThatGoesWithItsScope) {
  std::string url;
  {
    const testing::Database database = testing::clone("APP_URL");
    url = database.url();
    EXPECT_TRUE(has(url, "a"));
    EXPECT_NE(url, testing::clone("APP_URL").url());
  }
  EXPECT_FALSE(has(url, "a"));
}

TEST_P(CloneTest, KeepsTheDatabaseOfAFailure) {
  ::testing::internal::CaptureStderr();
  std::string url;
  {
    testing::Database database = testing::clone("APP_URL");
    database.keep_if([] { return true; });
    url = database.url();
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "retort: the test's database is kept: " + client_command(url) + "\n");
  EXPECT_TRUE(has(url, "a"));

  ::testing::internal::CaptureStderr();
  try {
    const testing::Database database = testing::clone("APP_URL");
    url = database.url();
    throw std::runtime_error("failed");
  } catch (const std::runtime_error&) {
    ::testing::internal::GetCapturedStderr();
  }
  EXPECT_TRUE(has(url, "a"));
}

TEST_P(CloneTest, WorksInSeveralThreads) {
  std::vector<std::thread> threads;
  std::vector<std::string> counts(8);
  for (std::string& count : counts) {
    threads.emplace_back([&count] {
      const testing::Database database = testing::clone("APP_URL");
      run_sql(database.url(), "INSERT INTO a VALUES (1)");
      count = run_sql(database.url(), "SELECT count(*) FROM a");
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_THAT(counts, ::testing::Each("1\n"));
}

TEST_P(CloneTest, KnowsItsFile) {
  const testing::Database database = testing::clone("APP_URL");
  if (GetParam() == Dialect::sqlite) {
    EXPECT_EQ("sqlite:" + database.file(), database.url());
  } else {
    EXPECT_THROW(database.file(), Error);
  }
}

TEST_P(CloneTest, NeedsATestThatUsesADatabase) {
  ::unsetenv("APP_URL_TEMPLATE");
  try {
    testing::clone("APP_URL");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.reason(), Error::Reason::request);
    EXPECT_STREQ(error.what(), "error: the environment variable APP_URL_TEMPLATE is not set\n"
                               "hint: run the test with ctest, and name it in migrations_use_database");
  }
}

} // namespace
} // namespace retort
