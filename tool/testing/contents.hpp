#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace retort {

class SqliteConnection;
struct Url;

/// What a database has besides its schema, but for what Retort notes there.
struct Contents {
  struct Rows {
    std::size_t count = 0;
    std::string digest; ///< of the values, whatever the order of rows and columns
    bool operator==(const Rows&) const = default;
  };

  std::map<std::string, Rows> tables;       ///< by name; materialised views, too
  std::map<std::string, std::string> facts; ///< `the owner of table orders`: next values, owners, privileges
};

/// In what `found` is not as `expected`, a line each. What only one of them has is a matter of the schema.
std::vector<std::string> differences(const Contents& expected, const Contents& found);

/// Throws SqliteFailure.
Contents read_contents(SqliteConnection& connection);

/// That of a PostgreSQL database. Throws Failure (Exit::database).
Contents read_contents(const Url& url);

} // namespace retort
