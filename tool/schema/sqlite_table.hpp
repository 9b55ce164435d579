#pragma once

#include "schema/schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What a CREATE TABLE makes.
struct SqliteTable {
  /// A column as it is written, with its constraints.
  struct Definition {
    std::string text;
    std::size_t first = 0; ///< of the objects that it makes; the column is the first
    std::size_t last = 0;  ///< behind them
  };

  std::vector<Object> objects;         ///< the table, its columns, its constraints
  std::vector<std::string> columns;    ///< their names, without quotes
  std::vector<Definition> definitions; ///< the columns'
};

/// Reads the CREATE TABLE or CREATE VIRTUAL TABLE by which sqlite_schema defines the table of that name.
SqliteTable read_sqlite_table(std::string_view table, std::string_view sql);

/// Reads the CREATE INDEX of an index on a table that has these columns.
Object read_sqlite_index(std::string_view index, std::string_view table, std::string_view sql,
                         const std::vector<std::string>& columns);

} // namespace retort
