#pragma once

#include "session/conformance.hpp"
#include "support/folder.hpp"
#include "support/revisions.hpp"
#include "testing/battery.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <regex>
#include <string>
#include <vector>

namespace retort {

/// Runs tests of the battery on small histories.
class BatteryTest : public ConformanceTest {
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

  /// What the test says of these revisions, on one dialect or both: why it was skipped, what is wrong, the remarks, and
  /// which databases it keeps (`~.NAME`).
  std::string run(const std::string& test, const std::vector<RevisionText>& revisions) {
    const History history = history_of(revisions, GetParam());
    const BatteryResult result =
        run_battery(test, {*databases_, url_, {history, GetParam(), "heads", seeds_, {}}, declared_schema_, {}, {}});
    std::string text = result.exit == Exit::fine ? "" : fmt::format("exit {}\n", static_cast<int>(result.exit));
    text += result.skipped.empty() ? "" : "skipped: " + result.skipped + "\n";
    text += rendered(result.diagnostics);
    for (const std::string& remark : result.remarks) {
      text += remark + "\n";
    }
    for (const std::string& command : result.kept) {
      text += std::regex_replace(command, std::regex(".*(~[^?']*)[?'].*"), "kept: $1\n");
    }
    return text;
  }

  void seed(const std::string& sql) {
    folder_.write("seed.sql", sql);
    seeds_ = {folder_ / "seed.sql"};
  }

  void declare(const std::string& sql) {
    folder_.write("schema.sql", sql);
    declared_schema_ = {folder_ / "schema.sql"};
  }

  /// Whether there is a database whose name ends so.
  bool exists(const std::string& end) {
    if (GetParam() == Dialect::postgresql) {
      return !database_->run("SELECT FROM pg_database WHERE datname = current_database() || '" + end + "'").empty();
    }
    std::string file = parse_url(url_).target;
    file.pop_back();
    return std::filesystem::exists(file + end);
  }

private:
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

protected:
  Folder folder_;
  std::string url_;
  std::vector<std::filesystem::path> seeds_;
  std::vector<std::filesystem::path> declared_schema_;
  std::unique_ptr<TestDatabases> databases_;
};

} // namespace retort
