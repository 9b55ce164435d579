#include "schema/difference.hpp"
#include "support/folder.hpp"
#include "support/revisions.hpp"
#include "testing/scratch_database.hpp"
#include "testing/testing_test.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace retort {
namespace {

class ScratchDatabaseTest : public ConformanceTest {
protected:
  std::unique_ptr<ScratchDatabase> make() { return make_scratch_database(GetParam(), database_->url(), {}); }

  Folder folder_;
};

INSTANTIATE_TEST_SUITE_P(Dialects, ScratchDatabaseTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(ScratchDatabaseTest, GoesUpAndDown) {
  const History history =
      history_of({{"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:down\nDROP TABLE a;\n"},
                  {"2_b", "-- migrate:up\nCREATE TABLE b (x integer);\n-- migrate:down\nDROP TABLE b;\n"}},
                 GetParam());
  const auto database = make();
  const Schema empty = database->schema();
  database->upgrade(history, "1");
  const Schema one = database->schema();
  database->upgrade(history, "head");
  EXPECT_EQ(describe(compare(one, database->schema()).at(0)), "table b is extra");
  database->downgrade(history, "1");
  EXPECT_EQ(database->schema(), one);
  database->downgrade(history, "base");
  EXPECT_EQ(database->schema(), empty);
}

TEST_P(ScratchDatabaseTest, RunsFiles) {
  folder_.write("a.sql", "CREATE TABLE a (x integer);\n");
  folder_.write("b.sql", "-- Needs a.\nCREATE INDEX a_x ON a (x);\n");
  const auto database = make();
  const Schema empty = database->schema();
  database->run(SqlFiles({folder_ / "a.sql", folder_ / "b.sql"}, GetParam(), "a declared schema"));
  const auto differences = compare(empty, database->schema());
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(describe(differences[0]), "table a is extra");
}

TEST_P(ScratchDatabaseTest, IsNobodyElses) {
  const auto one = make();
  const auto other = make();
  folder_.write("a.sql", "CREATE TABLE a (x integer);\n");
  one->run(SqlFiles({folder_ / "a.sql"}, GetParam(), "a declared schema"));
  EXPECT_NE(one->schema(), other->schema());
}

TEST(SqliteScratchDatabase, OpensNoOtherFile) {
  const Folder folder;
  const std::string file = (folder / "other.db").string();
  const auto run_file = [&](const std::string& sql) {
    folder.write("a.sql", sql);
    make_scratch_database(Dialect::sqlite, {}, {})
        ->run(SqlFiles({folder / "a.sql"}, Dialect::sqlite, "a declared schema"));
  };
  const auto run_revision = [&](const std::string& statement) {
    make_scratch_database(Dialect::sqlite, {}, {})
        ->upgrade(history_of({{"1_a", fmt::format("-- migrate:up transaction:false\n{};\n", statement)}}), "head");
  };
  EXPECT_THROW(run_file(fmt::format("ATTACH '{}' AS other;", file)), Failure);
  EXPECT_THROW(run_file(fmt::format("ATTACH '{}' || '' AS other;", file)), Failure);
  EXPECT_THROW(run_revision(fmt::format("ATTACH '{}' AS other", file)), Failure);
  EXPECT_THROW(run_revision(fmt::format("VACUUM INTO '{}'", file)), Failure);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_NO_THROW(run_file("ATTACH ':memory:' AS other; CREATE TABLE other.t (a);"));
  EXPECT_NO_THROW(run_revision("VACUUM"));
}

} // namespace
} // namespace retort
