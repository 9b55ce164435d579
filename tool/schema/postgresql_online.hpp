#pragma once

#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_hosts.hpp"

#include <vector>

namespace retort::postgresql_change {

/// What the owner of an object is when something is done to it.
Owner owner_state(const Items& items, const Object& object);

/// How each item changes if nothing keeps it from ChangeOptions::online. What is in both schemas must not be missing
/// meanwhile, so a new index can take the place of an old one only if it can be built before all else changes: that is
/// what `options` tells.
std::vector<Online> online_forms(const Items& items, const std::vector<std::size_t>& hosts,
                                 const ChangeOptions& options);

/// Whether an index can be built before anything else changes.
bool can_be_built_first(const Items& items, const Item& index, const ChangeOptions& options);

/// Whether the column's new type makes PostgreSQL write each row of its table again.
bool rewrites_table(const Object& from, const Object& to, const Retyping& retyping);

} // namespace retort::postgresql_change
