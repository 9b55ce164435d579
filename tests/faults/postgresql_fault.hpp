#pragma once

#include "cli/tool.hpp"
#include "session/postgresql_test_database.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace retort {

/// The real tool on a PostgreSQL database of the test's own.
class PostgresqlFault : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    tool_.environment["DATABASE_URL"] = database_->url();
  }

  PostgresqlClient client() const { return PostgresqlClient(database_->url()); }
  std::string run(const std::string& sql) { return database_->run(sql); }

  /// The ids of the revision table.
  std::string applied() { return run("SELECT string_agg(id, ' ' ORDER BY id) FROM retort_revisions"); }

  std::string upgrade(std::vector<std::string> options = {}) const {
    options.insert(options.begin(), {"upgrade", "head"});
    return tool_.text(options);
  }

  /// Waits until the query returns rows; at most ten seconds.
  void await(const std::string& query) {
    for (int i = 0; i < 500; ++i) {
      if (!run(query).empty()) {
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    FAIL() << query;
  }

  /// Waits until the tool's backend runs a statement like that.
  void await_statement(const std::string& pattern) {
    await(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'retort' AND datname = current_database() AND state = "
        "'active' AND query LIKE '" +
        pattern + "'");
  }

  Tool tool_;
  std::optional<PostgresqlTestDatabase> database_;
};

} // namespace retort
