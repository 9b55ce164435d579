#pragma once

#include "schema/schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What a CREATE TABLE makes.
struct SqliteTable {
  std::vector<Object> objects;      ///< the table, its columns, its constraints
  std::vector<std::string> columns; ///< their names, without quotes
};

/// Reads the CREATE TABLE or CREATE VIRTUAL TABLE by which sqlite_schema defines the table of that name.
SqliteTable read_sqlite_table(std::string_view table, std::string_view sql);

/// Reads the CREATE INDEX of an index on a table that has these columns.
Object read_sqlite_index(std::string_view index, std::string_view table, std::string_view sql,
                         const std::vector<std::string>& columns);

} // namespace retort
