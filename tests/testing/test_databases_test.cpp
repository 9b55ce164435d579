#include "support/rendered.hpp"
#include "testing/testing_test.hpp"

#include <gmock/gmock.h>

namespace retort {
namespace {

using TestDatabasesTest = TestingTest;

INSTANTIATE_TEST_SUITE_P(dialects, TestDatabasesTest, ::testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(TestDatabasesTest, CopiesATemplate) {
  databases_->begin_template(url_);
  run_sql(url_, "CREATE TABLE a (a integer); INSERT INTO a VALUES (7)");
  EXPECT_EQ(databases_->key_of(url_), std::nullopt) << "it is not finished";
  databases_->finish_template(url_, "c0ffee");
  EXPECT_EQ(databases_->key_of(url_), "c0ffee");

  const std::string copy = suffixed(url_, "1");
  databases_->clone(url_, copy);
  EXPECT_EQ(run_sql(copy, "SELECT * FROM a"), "7\n");
  run_sql(copy, "DELETE FROM a");
  databases_->clone(url_, copy);
  EXPECT_EQ(run_sql(copy, "SELECT * FROM a"), "7\n") << "made anew";
  databases_->drop(copy);
  EXPECT_FALSE(has(copy, "a"));
  databases_->drop(copy);
}

TEST_P(TestDatabasesTest, DropsWhatHasASuffix) {
  databases_->begin_template(url_);
  run_sql(url_, "CREATE TABLE a (a integer)");
  databases_->finish_template(url_, "c0ffee");
  const std::string copy = suffixed(url_, "1");
  for (const char* suffix : {"", ".a", ".b"}) {
    databases_->clone(url_, suffixed(copy, suffix));
  }
  databases_->drop_suffixed(copy);
  EXPECT_TRUE(has(copy, "a"));
  EXPECT_FALSE(has(suffixed(copy, ".a"), "a"));
  EXPECT_FALSE(has(suffixed(copy, ".b"), "a"));
  EXPECT_EQ(databases_->key_of(url_), "c0ffee");
}

TEST_P(TestDatabasesTest, BeginsATemplateAnew) {
  for (int i = 0; i < 2; ++i) {
    databases_->begin_template(url_);
    run_sql(url_, "CREATE TABLE a (a integer)");
    databases_->finish_template(url_, "c0ffee");
  }
  databases_->begin_template(url_);
  EXPECT_EQ(databases_->key_of(url_), std::nullopt);
  EXPECT_FALSE(has(url_, "a"));
}

TEST_P(TestDatabasesTest, KeepsADatabase) {
  databases_->begin_template(url_);
  databases_->keep(url_, "a test failed");
  if (GetParam() == Dialect::postgresql) {
    EXPECT_EQ(database_->run("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = "
                             "current_database() || '~'"),
              "retort: kept, a test failed\n");
  }
}

TEST_P(TestDatabasesTest, F45_NobodyConnectsToATemplate) {
  databases_->begin_template(url_);
  databases_->finish_template(url_, "c0ffee");
  if (GetParam() == Dialect::postgresql) {
    EXPECT_THROW(run_sql(url_, "SELECT 1"), std::runtime_error);
  }
}

TEST(TestDatabases, AreNamedByUrls) {
  EXPECT_EQ(suffixed("sqlite:a/b.db", "~1"), "sqlite:a/b.db~1");
  EXPECT_EQ(suffixed("postgresql://me@/retort_a?host=%2Ftmp", "~"), "postgresql://me@/retort_a~?host=%2Ftmp");
  EXPECT_EQ(suffixed("postgresql:///retort_a", "~"), "postgresql:///retort_a~");
  EXPECT_EQ(suffixed("host=/tmp dbname=retort_a", "~"), "host=/tmp dbname=retort_a~");
  EXPECT_EQ(sibling("postgresql://me@/retort_a?host=%2Ftmp&dbname=x&port=1", "b"),
            "postgresql://me@/b?host=%2Ftmp&port=1");
  EXPECT_EQ(sibling("postgresql://server:1", "b"), "postgresql://server:1/b");
  EXPECT_EQ(sibling("postgresql://server?dbname=x", "b"), "postgresql://server/b");
  EXPECT_EQ(sibling("host=/tmp dbname=x", "b"), "host=/tmp dbname=x dbname=b");
  EXPECT_EQ(client_command("sqlite:a b.db"), "sqlite3 'a b.db'");
  EXPECT_EQ(client_command("postgresql:///retort_a"), "psql \"postgresql:///retort_a\"");
}

#if RETORT_POSTGRESQL
TEST(TestDatabases, TouchNoOtherDatabaseOfAServer) {
  const auto databases = open_test_databases("postgresql:///a", "postgresql://127.0.0.1:1/nowhere");
  for (const char* url : {"postgresql:///postgres", "host=/tmp dbname=app", "postgresql:///"}) {
    EXPECT_THAT(refusal([&] { databases->drop(url); }),
                testing::AllOf(testing::StartsWith("2\nerror: '"),
                               testing::EndsWith("' cannot be a test database's name\nhint: it begins with 'retort_' "
                                                 "and has at most 63 characters\n")));
  }
  EXPECT_THAT(refusal([&] { databases->drop("postgresql:///retort_a"); }),
              testing::StartsWith("3\nerror: cannot connect: "));
}
#endif

} // namespace
} // namespace retort
