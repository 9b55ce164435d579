#pragma once

#include "schema/postgresql_ddl.hpp"

#include <span>

namespace retort::postgresql_change {

/// Renames what is asked for, and constraints, indexes and sequences that differ in nothing but their names. Afterwards
/// `from` is what PostgreSQL has then.
Steps rename(Schema& from, const Schema& to, std::span<const Rename> renames);

} // namespace retort::postgresql_change
