#pragma once

#include "schema/schema.hpp"
#include "session/url.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What a database is at one moment, but for who migrated it and when.
struct Snapshot {
  struct Table {
    std::string name;
    std::size_t rows = 0;
    std::string digest; ///< of the rows' contents, whatever their order
  };
  struct Row {
    std::string id;
    std::string contents; ///< checksum and message
    bool operator==(const Row&) const = default;
  };

  Schema schema;
  std::vector<Table> tables;  ///< by name; the journal, too, where there is one
  std::vector<Row> revisions; ///< the revision table's rows, by id
};

/// Reads a database, once nobody migrates it any more. SQLite loads the extensions. Throws Failure (Exit::database).
Snapshot take_snapshot(const Url& url, const std::vector<std::string>& sqlite_extensions = {});

/// How tables are compared.
enum class Rows { counted, compared };

/// In what `found` is not as `expected`, a line each: first the schema, then rows, then revisions.
std::vector<std::string> differences(const Snapshot& expected, const Snapshot& found, Rows rows);

/// The table of that name; none where there is no such table.
const Snapshot::Table* find_table(const Snapshot& snapshot, std::string_view name);

/// `table orders has 1 row instead of 2`.
std::string describe_rows(std::string_view table, std::size_t expected, std::size_t found);

/// As take_snapshot, for each dialect.
Snapshot take_sqlite_snapshot(const Url& url, const std::vector<std::string>& extensions);
Snapshot take_postgresql_snapshot(const Url& url);

} // namespace retort
