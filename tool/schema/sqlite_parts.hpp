#pragma once

#include "schema/schema.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Questions about one table of SQLite, to the objects that are it and its parts.
namespace retort::sqlite_parts {

using Parts = std::span<const Object>;

const Object* find(Parts parts, ObjectKind kind, std::string_view name);

/// In a whole schema, which is sorted.
const Object* find(const Schema& schema, ObjectKind kind, std::string_view name);

/// The name of a column without its table's.
std::string own_name(const Object& column);

/// Those names.
std::vector<std::string> columns(Parts parts);

bool has(Parts parts, std::string_view column);

/// The items of a list such as `a, b DESC`.
std::vector<std::string> items(std::string_view list);

bool is_strict(Parts parts);
bool has_rowid(Parts parts);

/// The column that is another name of the rowid; nothing where none is.
std::string rowid_column(Parts parts);

/// A name of the rowid that no column has; nothing when columns have all of them.
std::string rowid_name(Parts parts);

} // namespace retort::sqlite_parts
