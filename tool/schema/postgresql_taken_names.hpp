#pragma once

#include "schema/schema.hpp"

#include <string>
#include <vector>

namespace retort::postgresql_change {

/// The names that an object takes where it is: relations and types share theirs, and so do the constraints of a table.
std::vector<std::string> taken_names(const Object& object);

} // namespace retort::postgresql_change
