#include "testing/isolated_test.hpp"
#include "testing/testing_test.hpp"

#include <gmock/gmock.h>

#include <csignal>

namespace retort {
namespace {

class IsolatedTestTest : public TestingTest {
protected:
  void SetUp() override {
    TestingTest::SetUp();
    if (!IsSkipped()) {
      make_template({"a"});
      copy_ = suffixed(url_, "12345678");
    }
  }

  int run(const std::string& script, const std::string& afterwards = "") {
    return run_isolated(*databases_, {"APP_URL", url_, copy_, afterwards, {"sh", "-c", script}});
  }

  std::string copy_;
};

INSTANTIATE_TEST_SUITE_P(dialects, IsolatedTestTest, ::testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(IsolatedTestTest, RunsOnACopyThatGoesWithIt) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(run("echo \"$APP_URL $APP_URL_TEMPLATE\""), 0);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), copy_ + " " + url_ + "\n");
  EXPECT_FALSE(has(copy_, "a"));
}

TEST_P(IsolatedTestTest, KeepsTheCopyOfAFailedTest) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(run("exit 7"), 7);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "retort: the test's database is kept: " + client_command(copy_) + "\n");
  EXPECT_TRUE(has(copy_, "a"));
  databases_->clone(url_, suffixed(copy_, ".abcdefg"));

  testing::internal::CaptureStderr();
  EXPECT_EQ(run("exit 1", "start it"), 1);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "retort: the test's database is kept: start it && " + client_command(copy_) + "\n");
  EXPECT_EQ(run("exit 0"), 0);
  EXPECT_FALSE(has(copy_, "a"));
  EXPECT_FALSE(has(suffixed(copy_, ".abcdefg"), "a"));
}

TEST_P(IsolatedTestTest, EndsAsTheTestDoes) {
  EXPECT_EXIT(run("kill -SEGV $$"), testing::KilledBySignal(SIGSEGV), "the test's database is kept");
}

TEST_P(IsolatedTestTest, KeepsTheCopyOfATestThatIsKilledWithIt) {
  EXPECT_EXIT(run("kill -KILL $PPID"), testing::KilledBySignal(SIGKILL), "");
  EXPECT_TRUE(has(copy_, "a"));
  if (GetParam() == Dialect::postgresql) {
    EXPECT_EQ(run_sql(url_of_database(), "SELECT pg_catalog.shobj_description(oid, 'pg_database') FROM pg_database "
                                         "WHERE datname LIKE '%~12345678'"),
              "retort: kept, a test did not end\n");
  }
}

TEST_P(IsolatedTestTest, SaysWhatItCannotRun) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(run_isolated(*databases_, {"APP_URL", url_, copy_, "", {"/nowhere/test"}}), 127);
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::StartsWith("retort: cannot run /nowhere/test: No such file or directory\n"));
}

} // namespace
} // namespace retort
