#pragma once

#include "schema/postgresql_items.hpp"

namespace retort::postgresql_change {

/// Decides what happens to each item: as little as PostgreSQL allows, and what that brings upon those that need it.
void decide_fates(Items& items);

/// Whether the values of a column get another form.
bool is_retyped(const Item& column);

} // namespace retort::postgresql_change
