#pragma once

#include "schema/change.hpp"
#include "schema/shown.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace retort {

/// Changes the schema of a PostgreSQL database, and expects it to be the other one then.
inline void expect_becomes(const TestDatabase& database, const Schema& to, const ChangeOptions& options = {}) {
  const SchemaChange change = change_schema(read_schema(database.parsed_url()), to, options);
  EXPECT_EQ(change.impossible, std::vector<std::string>());
  std::string sql;
  std::string pending;
  for (const SchemaChange::Step& step : change.steps) {
    sql += fmt::format("{};\n", step.sql);
  }
  SCOPED_TRACE(sql);
  const auto run_pending = [&] {
    ASSERT_NO_THROW(database.run(pending));
    pending.clear();
  };
  for (const SchemaChange::Step& step : change.steps) {
    if (!step.in_transaction) {
      run_pending();
    }
    pending += fmt::format("{};\n", step.sql);
    if (!step.in_transaction) {
      run_pending();
    }
  }
  run_pending();
  EXPECT_EQ(shown(compare(to, read_schema(database.parsed_url()), ColumnOrder::ignored)), "");
}

} // namespace retort
