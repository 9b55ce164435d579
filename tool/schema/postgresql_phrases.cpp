#include "schema/postgresql_phrases.hpp"

#include "dialect/revision_table.hpp"

#include <fmt/format.h>

namespace retort::postgresql_phrases {
namespace {

/// What `given` has and `usual` has not, as statements; `on` is behind each privilege.
std::string changes(std::string_view verb, std::string_view given, std::string_view usual, std::string_view on) {
  return fmt::format(
      "(SELECT string_agg('{0} ' || d.privileges || ' ON {{}} {1} ' || CASE d.grantee WHEN 0 THEN 'PUBLIC' ELSE "
      "quote_ident(pg_get_userbyid(d.grantee)) END || CASE WHEN d.is_grantable THEN '{2}' ELSE '' END, E'\\n' "
      "ORDER BY d.grantee, d.is_grantable) FROM (SELECT b.grantee, b.is_grantable, "
      "string_agg(b.privilege_type{3}, ', ' ORDER BY b.privilege_type) AS privileges FROM "
      "(SELECT x.grantee, x.privilege_type, x.is_grantable FROM aclexplode({4}) x EXCEPT "
      "SELECT x.grantee, x.privilege_type, x.is_grantable FROM aclexplode({5}) x) b "
      "GROUP BY b.grantee, b.is_grantable) d)",
      verb, verb == "GRANT" ? "TO" : "FROM", verb == "GRANT" ? " WITH GRANT OPTION" : "", on, given, usual);
}

} // namespace

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

std::string privileges(std::string_view kind, std::string_view acl, std::string_view owner) {
  const std::string usual = fmt::format("acldefault('{}', {})", kind, owner);
  return fmt::format("nullif(concat_ws(E'\\n', CASE WHEN pg_get_userbyid({0}) <> current_user THEN 'OWNER TO ' || "
                     "quote_ident(pg_get_userbyid({0})) END, CASE WHEN {1} IS NOT NULL THEN {2} END, "
                     "CASE WHEN {1} IS NOT NULL THEN {3} END), '')",
                     owner, acl, changes("REVOKE", usual, acl, ""), changes("GRANT", acl, usual, ""));
}

std::string column_privileges(std::string_view relation, std::string_view column) {
  return fmt::format(
      "(SELECT string_agg({}, E'\\n' ORDER BY pa.attnum) FROM pg_attribute pa WHERE pa.attrelid = {} "
      "AND {} AND pa.attacl IS NOT NULL AND NOT pa.attisdropped)",
      changes("GRANT", "pa.attacl", "acldefault('c', 0::oid)", " || ' (' || quote_ident(pa.attname) || ')'"), relation,
      column.empty() ? "pa.attnum > 0" : fmt::format("pa.attnum = {}", column));
}

std::string options(std::string_view relation) {
  return fmt::format("(SELECT string_agg(o, ', ' ORDER BY o) FROM (SELECT unnest({0}.reloptions) o UNION ALL "
                     "SELECT 'toast.' || unnest(tc.reloptions) FROM pg_class tc WHERE tc.oid = {0}.reltoastrelid) os)",
                     relation);
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
