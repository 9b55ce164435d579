#pragma once

#include "dialect/dialect.hpp"
#include "session/url.hpp"

#include <memory>
#include <optional>
#include <string>

namespace retort {

/// Runs SQL, several statements if need be, in the database at that URL; returns the last one's rows: values joined by
/// `|`, a line for each row, NULL as nothing. Throws std::runtime_error with the database's message.
std::string run_sql(const std::string& url, const std::string& sql);

/// An empty database for one test, removed at the end. It is looked at with the database's own client library, not with
/// the session that is tested.
class TestDatabase {
public:
  virtual ~TestDatabase() = default;

  virtual std::string url() const = 0;

  /// As run_sql.
  std::string run(const std::string& sql) const { return run_sql(url(), sql); }

  Url parsed_url() const { return parse_url(url()); }
};

/// Why no database of that dialect can be made here; nothing when one can.
std::optional<std::string> missing(Dialect dialect);

/// The server is the one that RETORT_TEST_POSTGRESQL_URL names; otherwise a private one, started when it is first
/// needed, for this process.
std::unique_ptr<TestDatabase> make_test_database(Dialect dialect);

} // namespace retort
