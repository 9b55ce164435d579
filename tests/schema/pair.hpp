#pragma once

#include "dialect/dialect.hpp"
#include "schema/change.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace retort {

/// Two schemas, of which a change makes one the other and back. A file of tests/schema/pairs/ has many:
///
///     -- pair: add a column
///     -- from
///     CREATE TABLE orders (id INTEGER PRIMARY KEY);
///     -- rows
///     INSERT INTO orders VALUES (1);
///     -- to
///     CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);
///     -- down hazard: loses the column orders.note
///
/// Each line `-- up hazard:` or `-- down hazard:` is that of a step, in their order. `-- rename table: a = b` and
/// `-- rename column: a.x = a.y` are what the change is told. The rows are inserted into the first schema; those of
/// tables that both have are there after each change, with the same values in all columns that both have.
struct Pair {
  std::string name; ///< `columns.add_a_column`: the file and the pair
  Dialect dialect = Dialect::sqlite;
  std::string from;
  std::string rows;
  std::string to;
  std::vector<std::string> up_hazards;
  std::vector<std::string> down_hazards;
  ChangeOptions options; ///< of the way up
};

/// The pairs in the files of a folder. Throws std::runtime_error, naming the line, for what is not as described.
std::vector<Pair> read_pairs(const std::filesystem::path& folder, Dialect dialect);

/// Those of a dialect that all tests share.
std::vector<Pair> pairs_of(Dialect dialect);

/// As a part of a test's name.
std::string test_name(const Pair& pair);

void PrintTo(const Pair& pair, std::ostream* out);

} // namespace retort
