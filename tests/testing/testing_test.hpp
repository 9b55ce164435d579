#pragma once

#include "session/conformance.hpp"
#include "support/revisions.hpp"
#include "testing/template_database.hpp"

#include <filesystem>
#include <memory>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

namespace retort {

/// Test databases beside one that tests/session gives, on whose server, or in whose folder, they are.
class TestingTest : public ConformanceTest {
protected:
  void SetUp() override {
    ConformanceTest::SetUp();
    if (!IsSkipped()) {
      url_ = suffixed(url_of_database(), "~");
      databases_ = open_test_databases(url_, database_->url());
    }
  }

  void TearDown() override {
    if (databases_) {
      databases_->drop_suffixed(url_);
      databases_->drop(url_);
    }
  }

  /// A template with a table and a row for each of these revisions.
  TemplateOutcome make_template(const std::vector<std::string>& names,
                                const std::vector<std::filesystem::path>& seeds = {}) {
    std::vector<RevisionText> revisions;
    for (const std::string& name : names) {
      revisions.emplace_back(std::to_string(revisions.size() + 1) + "_" + name,
                             "-- Create " + name + ".\n\n-- migrate:up\nCREATE TABLE " + name + " (a integer);\n");
    }
    const History history = history_of(revisions, GetParam());
    Observer observer;
    return ensure_template(*databases_, url_, {history, GetParam(), "heads", seeds, {}}, {}, observer);
  }

  /// Whether there is a database at that URL that has this table.
  static bool has(const std::string& url, const std::string& table) {
    try {
      const Url parsed = parse_url(url);
      if (parsed.dialect == Dialect::sqlite && !std::filesystem::exists(parsed.target)) {
        return false; // asking would make it
      }
      run_sql(url, "SELECT * FROM " + table);
      return true;
    } catch (const std::runtime_error&) {
      return false;
    }
  }

  /// With the name at its usual place.
  std::string url_of_database() const {
    std::string url = std::regex_replace(database_->url(), std::regex("&dbname=[^&]*"), "");
    if (GetParam() == Dialect::postgresql) {
      std::string name = database_->run("SELECT current_database()");
      name.pop_back();
      url = std::regex_replace(url, std::regex("(://[^/]*/)[^?]*"), "$1" + name);
    }
    return url;
  }

  std::string url_;
  std::unique_ptr<TestDatabases> databases_;
};

} // namespace retort
