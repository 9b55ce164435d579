#pragma once

#include <retort/migration.hpp>

#include <functional>
#include <memory>
#include <string>

namespace retort {
class TestDatabases;
}

namespace retort::testing {

/// A test case's own database. It is removed at the end of its life, whoever is still connected to it. Used by one
/// thread; different ones may be used, and made, by different threads.
class Database {
public:
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;
  ~Database();

  /// `sqlite:FILE`, or a URL for libpq.
  const std::string& url() const { return url_; }

  /// The file of an SQLite database. Throws Error (request) where it is none.
  std::string file() const;

  /// The database stays when `has_failed` says so at the end of its life, or when an exception ends it; how to look at
  /// it is then said on the error output. With GoogleTest: `keep_if(::testing::Test::HasFailure)`.
  void keep_if(std::function<bool()> has_failed) { has_failed_ = std::move(has_failed); }

private:
  friend Database clone(const std::string& variable);
  Database(std::unique_ptr<TestDatabases> databases, std::string url);

  bool is_to_be_kept() const;

  std::unique_ptr<TestDatabases> databases_;
  std::string url_;
  std::function<bool()> has_failed_;
  int exceptions_;
};

/// A copy of the database that migrations_use_database gives this test in the environment variable `variable`: at the
/// history's target, with its seed, and without what other test cases did. Throws Error: `request` outside of such a
/// test, `database` when there can be no copy.
Database clone(const std::string& variable = "DATABASE_URL");

} // namespace retort::testing
