#include "schema/postgresql_phrases.hpp"

#include "dialect/revision_table.hpp"

#include <fmt/format.h>

namespace retort::postgresql_phrases {

std::string named(std::string_view schema, std::string_view name) {
  return fmt::format("(CASE {0}.nspname WHEN '{1}' THEN '' ELSE quote_ident({0}.nspname) || '.' END || "
                     "quote_ident({2}))",
                     schema, revision_table::default_schema, name);
}

std::string address(std::string_view catalog, std::string_view oid, std::string_view column) {
  return fmt::format("'{}'::regclass::oid || '/' || {} || '/' || {}", catalog, oid, column);
}

std::string comment(std::string_view catalog, std::string_view oid, std::string_view column) {
  return fmt::format("(SELECT w.description FROM pg_description w WHERE w.classoid = '{}'::regclass "
                     "AND w.objoid = {} AND w.objsubid = {})",
                     catalog, oid, column);
}

std::string is_own(std::string_view catalog, std::string_view oid) {
  return fmt::format("NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{}'::regclass AND e.objid = {} "
                     "AND e.objsubid = 0 AND (e.deptype = 'e' OR e.deptype = 'i' AND e.classid = 'pg_proc'::regclass))",
                     catalog, oid);
}

std::string options(std::string_view relation) {
  return fmt::format("(SELECT string_agg(o, ', ' ORDER BY o) FROM unnest({}.reloptions) o)", relation);
}

std::string tablespace(std::string_view relation) {
  return fmt::format("(SELECT quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = {}.reltablespace)", relation);
}

std::string collation(std::string_view oid) {
  return fmt::format("(SELECT {} FROM pg_collation l JOIN pg_namespace ln ON ln.oid = l.collnamespace "
                     "WHERE l.oid = {})",
                     "CASE ln.nspname WHEN 'pg_catalog' THEN '' ELSE quote_ident(ln.nspname) || '.' END || "
                     "quote_ident(l.collname)",
                     oid);
}

std::string is_own_table() {
  return fmt::format("c.relkind IN ('r', 'p', 'f') AND {} AND {} AND {}", is_users, is_not_retorts,
                     is_own("pg_class", "c.oid"));
}

} // namespace retort::postgresql_phrases
