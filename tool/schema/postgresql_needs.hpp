#pragma once

#include "schema/schema.hpp"
#include "session/postgresql_connection.hpp"

#include <span>
#include <string>
#include <vector>

namespace retort {

/// Says of each object what it needs. `addresses` are those of the objects, in their order; `dependencies` are the rows
/// of dependency_query().
void set_needs(std::span<Object> objects, const std::vector<std::string>& addresses,
               const std::vector<PostgresqlConnection::Row>& dependencies);

} // namespace retort
