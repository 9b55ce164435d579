#include "schema/postgresql_change.hpp"

#include "schema/difference.hpp"

namespace retort {

SchemaChange change_postgresql(const Schema& from, const Schema& to, const ChangeOptions& /*options*/) {
  SchemaChange change;
  for (const Difference& difference : compare(from, to, ColumnOrder::ignored)) {
    change.impossible.push_back(describe(difference));
  }
  return change;
}

} // namespace retort
