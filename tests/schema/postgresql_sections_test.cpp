// What others see while a schema changes in several sections.
#include "schema/change_run.hpp"
#include "schema/kept_rows.hpp"
#include "schema/pair.hpp"
#include "schema/shown.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace retort {
namespace {

std::set<ObjectKey> keys_of(const Schema& schema) {
  std::set<ObjectKey> keys;
  for (const Object& object : schema.objects) {
    keys.insert({object.kind, object.name});
  }
  return keys;
}

std::set<ObjectKey> kept_keys(const Schema& from, const Schema& to) {
  const std::set<ObjectKey> one = keys_of(from);
  const std::set<ObjectKey> other = keys_of(to);
  std::set<ObjectKey> both;
  std::ranges::set_intersection(one, other, std::inserter(both, both.end()));
  return both;
}

class OnlinePair : public testing::TestWithParam<Pair> {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
  }

  static void change(const TestDatabase& database, const Schema& to, ChangeOptions options) {
    options.online = true;
    const Schema from = read_schema(database.parsed_url());
    const SchemaChange change = change_schema(from, to, options);
    SCOPED_TRACE(sql_of(change));
    const KeptRows kept(from, to, options.renames, hazards_of(change));
    const std::string rows = kept.before(database);
    const std::set<ObjectKey> expected = kept_keys(from, to);
    ASSERT_NO_THROW(run(database, change, [&] {
      const std::set<ObjectKey> now = keys_of(read_schema(database.parsed_url()));
      for (const ObjectKey& key : expected) {
        EXPECT_TRUE(now.contains(key)) << name(key.kind) << " " << key.name << " is gone meanwhile";
      }
    }));
    EXPECT_EQ(shown(compare(to, read_schema(database.parsed_url()), ColumnOrder::ignored)), "");
    EXPECT_EQ(kept.after(database), rows);
  }
};

TEST_P(OnlinePair, MissesNothingBetweenSections) {
  const Pair& pair = GetParam();
  const auto database = make_test_database(pair.dialect);
  database->run(pair.from);
  database->run(pair.rows);
  const Schema from = read_schema(database->parsed_url());
  {
    SCOPED_TRACE("up");
    change(*database, schema_of(pair.dialect, pair.to), pair.options);
  }
  ASSERT_FALSE(HasFatalFailure());
  ChangeOptions down = pair.options;
  for (Rename& rename : down.renames) {
    std::swap(rename.from, rename.to);
  }
  SCOPED_TRACE("down");
  change(*database, from, down);
}

INSTANTIATE_TEST_SUITE_P(Postgresql, OnlinePair, testing::ValuesIn(pairs_of(Dialect::postgresql)),
                         [](const auto& pair) { return test_name(pair.param); });

} // namespace
} // namespace retort
