#include "schema/change.hpp"

#include "schema/postgresql_change.hpp"
#include "schema/sqlite_change.hpp"

namespace retort {

SchemaChange change_schema(const Schema& from, const Schema& to, const ChangeOptions& options) {
  return to.dialect == Dialect::sqlite ? change_sqlite(from, to, options) : change_postgresql(from, to, options);
}

} // namespace retort
