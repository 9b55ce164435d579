#pragma once

#include "schema/sqlite_parts.hpp"

#include <string>

namespace retort {

/// What may go wrong with the rows of a table when `parts` come to it, some or all of those that it shall have: `from`
/// are those that it has, by the names that they have afterwards. Nothing when nothing can.
std::string sqlite_hazards(sqlite_parts::Parts from, sqlite_parts::Parts to, sqlite_parts::Parts parts);

} // namespace retort
