#pragma once

#include "schema/schema.hpp"

namespace retort::postgresql_change {

/// Makes of `from` what tables are when they have left their partitioned tables: with constraints and indexes like
/// theirs. What a table has like the one that it comes to is left out: it becomes a part of that.
void foresee_partitions(Schema& from, const Schema& to);

} // namespace retort::postgresql_change
