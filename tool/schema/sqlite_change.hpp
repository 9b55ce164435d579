#pragma once

#include "schema/change.hpp"

namespace retort {

/// As change_schema. What SQLite's ALTER TABLE cannot do is done by a new table in the place of the old one, to run
/// with `PRAGMA foreign_keys = OFF`.
SchemaChange change_sqlite(const Schema& from, const Schema& to, const ChangeOptions& options);

} // namespace retort
