#pragma once

#include "schema/schema.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Questions about SQLite's virtual tables, to what `USING` says of them.
namespace retort::sqlite_virtual_table {

bool is_virtual(const Object& table);

/// The table or view that a full-text index takes its texts from; nothing for one that has its own, or none, and for
/// what is no full-text index.
std::string indexed_content(const Object& table);

/// The columns that a full-text index lists, without quotes.
std::vector<std::string> indexed_columns(const Object& table);

/// Whether a virtual table made the table of that name, which `sql` defines, for what it holds. SQLite goes by the name
/// alone: to it, `notes_content` is a shadow of `notes` also where an index `notes` has no texts of its own.
bool keeps_in(const Object& table, std::string_view name, std::string_view sql);

} // namespace retort::sqlite_virtual_table
