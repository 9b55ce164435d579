// Changes of schemas that have rows, up and down again.
#include "schema/change_run.hpp"
#include "schema/kept_rows.hpp"
#include "schema/pair.hpp"
#include "schema/shown.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace retort {
namespace {

/// Changes the schema of a database to another one, and back.
class SchemaPair : public testing::TestWithParam<Pair> {
protected:
  void SetUp() override {
    if (const auto reason = missing(GetParam().dialect)) {
      GTEST_SKIP() << *reason;
    }
  }

  static void change(const TestDatabase& database, const Schema& to, const ChangeOptions& options,
                     const std::vector<std::string>& hazards) {
    const Schema from = read_schema(database.parsed_url());
    const SchemaChange change = change_schema(from, to, options);
    SCOPED_TRACE(sql_of(change));
    EXPECT_EQ(change.impossible, std::vector<std::string>());
    EXPECT_EQ(hazards_of(change), hazards);
    const KeptRows kept(from, to, options.renames, hazards);
    const std::string rows = kept.before(database);
    const int orphans_before = orphans(database);
    ASSERT_NO_THROW(run(database, change));
    EXPECT_EQ(shown(compare(to, read_schema(database.parsed_url()), ColumnOrder::ignored)), "");
    EXPECT_EQ(kept.after(database), rows);
    EXPECT_LE(orphans(database), orphans_before);
  }
};

TEST_P(SchemaPair, ChangesUpAndDown) {
  const Pair& pair = GetParam();
  const auto database = make_test_database(pair.dialect);
  database->run(pair.from);
  database->run(pair.rows);
  const Schema from = read_schema(database->parsed_url());
  const Schema to = schema_of(pair.dialect, pair.to);
  {
    SCOPED_TRACE("up");
    change(*database, to, pair.options, pair.up_hazards);
  }
  ASSERT_FALSE(HasFatalFailure());
  ChangeOptions down = pair.options;
  for (Rename& rename : down.renames) {
    std::swap(rename.from, rename.to);
  }
  SCOPED_TRACE("down");
  change(*database, from, down, pair.down_hazards);
}

/// What makes the schema of a new database is a dump: it loads, and the dump of what it makes is the same text.
TEST_P(SchemaPair, LoadsFromADump) {
  const Pair& pair = GetParam();
  const std::string& sql = pair.from.size() > pair.to.size() ? pair.from : pair.to;
  if (sql.find("CREATE SERVER") != std::string::npos) {
    GTEST_SKIP() << "servers of foreign data are not read";
  }
  const Schema schema = schema_of(pair.dialect, sql);
  const SchemaChange dump = change_schema(empty_schema(pair.dialect), schema);
  EXPECT_EQ(dump.impossible, std::vector<std::string>());
  EXPECT_EQ(hazards_of(dump), std::vector<std::string>());
  const auto database = make_test_database(pair.dialect);
  ASSERT_NO_THROW(run(*database, dump)) << sql_of(dump);
  const Schema loaded = read_schema(database->parsed_url());
  EXPECT_EQ(shown(compare(schema, loaded)), "") << sql_of(dump);
  EXPECT_EQ(sql_of(change_schema(empty_schema(pair.dialect), loaded)), sql_of(dump));
}

std::string shown_name(const testing::TestParamInfo<Pair>& pair) { return test_name(pair.param); }

INSTANTIATE_TEST_SUITE_P(Sqlite, SchemaPair, testing::ValuesIn(pairs_of(Dialect::sqlite)), shown_name);
#if RETORT_POSTGRESQL
INSTANTIATE_TEST_SUITE_P(Postgresql, SchemaPair, testing::ValuesIn(pairs_of(Dialect::postgresql)), shown_name);
#endif

} // namespace
} // namespace retort
