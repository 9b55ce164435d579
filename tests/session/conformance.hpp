#pragma once

#include "session/migrator.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace retort {

/// What every driver of a database must do; a new one joins by its dialect.
class ConformanceTest : public testing::TestWithParam<Dialect> {
protected:
  void SetUp() override {
    if (const auto reason = missing(GetParam())) {
      GTEST_SKIP() << *reason;
    }
    database_ = make_test_database(GetParam());
  }

  Migrator migrator(const std::vector<RevisionText>& revisions, const SessionOptions& options = {}) const {
    return Migrator(database_->parsed_url(), revisions, options);
  }

  /// The ids of the revision table, joined by blanks.
  std::string applied() const {
    std::string ids = database_->run("SELECT id FROM retort_revisions ORDER BY id");
    for (char& c : ids) {
      c = c == '\n' ? ' ' : c;
    }
    return ids.substr(0, ids.empty() ? 0 : ids.size() - 1);
  }

  /// The database's tables but for Retort's, a line each.
  std::string tables() const {
    return database_->run(
        GetParam() == Dialect::sqlite
            ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'retort%' AND name "
              "NOT LIKE 'sqlite%' ORDER BY name"
            : "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE "
              "'retort%' ORDER BY tablename");
  }

  /// Which of the two texts goes with the database of this test.
  static std::string either(const std::string& sqlite, const std::string& postgresql) {
    return GetParam() == Dialect::sqlite ? sqlite : postgresql;
  }

  std::unique_ptr<TestDatabase> database_;
};

inline std::vector<Dialect> conforming_dialects() {
#if RETORT_POSTGRESQL
  return {Dialect::sqlite, Dialect::postgresql};
#else
  return {Dialect::sqlite};
#endif
}

inline void PrintTo(Dialect dialect, std::ostream* out) { *out << name(dialect); }

inline std::string name_of_parameter(const testing::TestParamInfo<Dialect>& info) {
  return std::string(name(info.param));
}

} // namespace retort
