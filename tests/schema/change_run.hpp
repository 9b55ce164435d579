#pragma once

#include "schema/change.hpp"
#include "session/test_database.hpp"

#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

namespace retort {

/// In the order of the steps.
inline std::vector<std::string> hazards_of(const SchemaChange& change) {
  std::vector<std::string> hazards;
  for (const SchemaChange::Step& step : change.steps) {
    if (!step.hazard.empty()) {
      hazards.push_back(step.hazard);
    }
  }
  return hazards;
}

/// All of it.
inline std::string sql_of(const SchemaChange& change) {
  std::string sql;
  for (const SchemaChange::Step& step : change.steps) {
    sql += fmt::format("{};\n", step.sql);
  }
  return sql;
}

/// As Retort runs a revision. `committed` is called whenever others see what has changed.
inline void run(
    const TestDatabase& database, const SchemaChange& change, const std::function<void()>& committed = [] {}) {
  const std::string before = database.parsed_url().dialect == Dialect::sqlite ? "PRAGMA foreign_keys = OFF;\n" : "";
  std::string pending;
  const auto run_pending = [&] {
    if (!pending.empty()) {
      database.run(fmt::format("{}BEGIN;\n{}COMMIT;\n", before, pending));
      pending.clear();
      committed();
    }
  };
  for (const SchemaChange::Step& step : change.steps) {
    if (step.in_transaction) {
      pending += fmt::format("{};\n", step.sql);
    } else {
      run_pending();
      database.run(step.sql);
      committed();
    }
  }
  run_pending();
}

/// How many rows have a foreign key that finds no row. PostgreSQL lets there be none.
inline int orphans(const TestDatabase& database) {
  return database.parsed_url().dialect == Dialect::sqlite
             ? std::stoi(database.run("SELECT count(*) FROM pragma_foreign_key_check"))
             : 0;
}

} // namespace retort
