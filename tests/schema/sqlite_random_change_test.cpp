// Changes between schemas that chance makes, up and down again, with rows where they can stay.
#include "schema/change_run.hpp"
#include "schema/kept_rows.hpp"
#include "schema/random_schema.hpp"
#include "schema/shown.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace retort {
namespace {

bool can_fail(const SchemaChange& change) {
  return std::ranges::any_of(hazards_of(change),
                             [](const std::string& hazard) { return hazard.find("fails") != std::string::npos; });
}

/// Whether references could find other rows because values are compared in another way.
bool changes_type(const Schema& from, const Schema& to) {
  return std::ranges::any_of(compare(from, to), [](const Difference& difference) {
    return std::ranges::any_of(difference.values,
                               [](const Difference::Value& value) { return value.attribute == "type"; });
  });
}

/// Many statements, of which each would wait for the disk.
void make(const TestDatabase& database, const std::string& sql) {
  database.run(fmt::format("PRAGMA synchronous = OFF;\nBEGIN;\n{}COMMIT;\n", sql));
}

bool has(const Schema& schema, ObjectKind kind, const std::string& name) {
  return std::ranges::any_of(schema.objects,
                             [&](const Object& object) { return object.kind == kind && object.name == name; });
}

/// A database that has the first schema gets the second one. Returns whether it took the rows: otherwise a hazard says
/// so, and it is as before.
bool changes(const TestDatabase& database, const Schema& to, const std::vector<Rename>& renames) {
  const Schema from = read_schema(database.parsed_url());
  const SchemaChange change = change_schema(from, to, {renames});
  SCOPED_TRACE(sql_of(change));
  EXPECT_EQ(change.impossible, std::vector<std::string>());
  const KeptRows kept(from, to, renames, hazards_of(change));
  const std::string rows = kept.before(database);
  const int orphans_before = orphans(database);
  try {
    run(database, change);
  } catch (const std::exception& error) {
    EXPECT_TRUE(can_fail(change)) << error.what();
    return false;
  }
  EXPECT_EQ(shown(compare(to, read_schema(database.parsed_url()), ColumnOrder::ignored)), "");
  EXPECT_EQ(kept.after(database), rows);
  if (!can_fail(change) && !changes_type(from, to)) {
    EXPECT_LE(orphans(database), orphans_before);
  }
  return true;
}

TEST(SqliteRandomChange, GoesUpAndDown) {
  constexpr int schemas = 60;
  const char* const given = std::getenv("RETORT_TEST_SEED");
  const auto seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
  SCOPED_TRACE("RETORT_TEST_SEED=" + std::to_string(seed));
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  for (int i = 0; i < schemas && !HasFailure(); ++i) {
    RandomSchema schema(random);
    const std::string from = schema.sql();
    const std::string rows = schema.rows();
    std::vector<Rename> renames;
    for (std::size_t count = 1 + random() % 5; count > 0; --count) {
      schema.change(renames);
    }
    SCOPED_TRACE(from + rows + "-- to\n" + schema.sql());
    const auto database = make_test_database(Dialect::sqlite);
    make(*database, from + rows);
    const Schema old_schema = read_schema(database->parsed_url());
    const auto other = make_test_database(Dialect::sqlite);
    make(*other, schema.sql());
    const Schema new_schema = read_schema(other->parsed_url());
    std::erase_if(renames, [&](const Rename& rename) {
      return !has(old_schema, rename.kind, rename.from) || !has(new_schema, rename.kind, rename.to);
    });
    std::vector<Rename> back = renames;
    for (Rename& rename : back) {
      std::swap(rename.from, rename.to);
    }
    const auto empty = make_test_database(Dialect::sqlite);
    make(*empty, from);
    for (const TestDatabase* const one : {database.get(), empty.get()}) {
      const bool has_changed = changes(*one, new_schema, renames);
      EXPECT_TRUE(has_changed || one == database.get());
      if (has_changed && !HasFailure()) {
        EXPECT_TRUE(changes(*one, old_schema, back) || one == database.get());
      }
    }
  }
}

} // namespace
} // namespace retort
