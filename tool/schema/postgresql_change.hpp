#pragma once

#include "schema/change.hpp"

namespace retort {

/// As change_schema.
SchemaChange change_postgresql(const Schema& from, const Schema& to, const ChangeOptions& options);

} // namespace retort
