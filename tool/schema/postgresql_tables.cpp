#include "schema/postgresql_phrases.hpp"
#include "schema/postgresql_queries.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

using namespace postgresql_phrases;

/// How the identity column `a` counts: said only where it is not as usual.
constexpr std::string_view identity =
    "CASE a.attidentity WHEN 'a' THEN 'always' ELSE 'by default' END || (SELECT CASE WHEN s.seqstart = 1 AND "
    "s.seqincrement = 1 AND s.seqmin = 1 AND s.seqcache = 1 AND NOT s.seqcycle AND s.seqmax = CASE s.seqtypid "
    "WHEN 'smallint'::regtype THEN 32767 WHEN 'integer'::regtype THEN 2147483647 ELSE 9223372036854775807 END "
    "THEN '' ELSE format(' (start %s increment %s minimum %s maximum %s cache %s%s)', s.seqstart, s.seqincrement, "
    "s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END) END FROM pg_sequence s "
    "JOIN pg_depend i ON i.objid = s.seqrelid WHERE i.classid = 'pg_class'::regclass AND i.objsubid = 0 "
    "AND i.refclassid = 'pg_class'::regclass AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum "
    "AND i.deptype = 'i')";

CatalogQuery tables() {
  return {{"persistence", "partition by", "partition of", "inherits", "of type", "row security", "replica identity",
           "foreign server", "access method", "tablespace", "options", "comment"},
          fmt::format("SELECT 'table', {0}, NULL, {6}, {1}, CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END, "
                      "CASE WHEN c.relispartition THEN (SELECT i.inhparent::regclass::text FROM pg_inherits i "
                      "WHERE i.inhrelid = c.oid) || ' ' || pg_get_expr(c.relpartbound, c.oid) END, "
                      "CASE WHEN NOT c.relispartition THEN (SELECT string_agg(i.inhparent::regclass::text, ', ' "
                      "ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid) END, "
                      "CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END, "
                      "nullif(concat_ws(', ', CASE WHEN c.relrowsecurity THEN 'enabled' END, "
                      "CASE WHEN c.relforcerowsecurity THEN 'forced' END), ''), "
                      "CASE WHEN c.relkind <> 'f' THEN CASE c.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN "
                      "'nothing' WHEN 'i' THEN "
                      "(SELECT 'index ' || i.indexrelid::regclass::text FROM pg_index i WHERE i.indrelid = c.oid "
                      "AND i.indisreplident) END END, "
                      "CASE c.relkind WHEN 'f' THEN (SELECT concat_ws(' ', quote_ident(s.srvname), "
                      "(SELECT string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', ') "
                      "FROM pg_options_to_table(ft.ftoptions) o)) FROM pg_foreign_table ft JOIN pg_foreign_server s ON "
                      "s.oid = ft.ftserver "
                      "WHERE ft.ftrelid = c.oid) END, "
                      "(SELECT m.amname FROM pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap'), {2}, {3}, {4} "
                      "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {5}",
                      named("n", "c.relname"), persistence, tablespace("c"), options("c"), comment("pg_class", "c.oid"),
                      is_own_table(), address("pg_class", "c.oid"))};
}

CatalogQuery columns(int server_version) {
  // Since PostgreSQL 18 NOT NULL is a constraint, whose name the server makes up.
  const bool has_not_null = server_version >= 180000;
  return {{"position", "type", "nullable", "default", "generated", "identity", "collation", "storage", "compression",
           "statistics", "options", "inherited", "comment", "privileges"},
          fmt::format(
              "SELECT 'column', {0} || '.' || quote_ident(a.attname), {0}, {8}, "
              "row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum), format_type(a.atttypid, a.atttypmod), "
              "CASE WHEN a.attnotnull THEN 'no' || {1} ELSE 'yes' END, "
              "CASE a.attgenerated WHEN '' THEN pg_get_expr(d.adbin, d.adrelid) END, "
              "CASE a.attgenerated WHEN 's' THEN pg_get_expr(d.adbin, d.adrelid) || ' stored' "
              "WHEN 'v' THEN pg_get_expr(d.adbin, d.adrelid) || ' virtual' END, "
              "CASE WHEN a.attidentity <> '' THEN {2} END, "
              "CASE WHEN a.attcollation <> y.typcollation THEN {3} END, "
              "CASE WHEN a.attstorage <> y.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'plain' "
              "WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END, {4}, "
              "nullif(a.attstattarget, -1), array_to_string(a.attoptions, ', '), "
              "CASE WHEN NOT a.attislocal AND NOT c.relispartition THEN 'yes' END, {5}, "
              "CASE WHEN a.attacl IS NOT NULL THEN {9} END "
              "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
              "JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type y ON y.oid = a.atttypid "
              "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum {6} "
              "WHERE a.attnum > 0 AND NOT a.attisdropped AND {7}",
              named("n", "c.relname"),
              has_not_null ? "CASE WHEN NOT nn.convalidated THEN ' (not valid)' WHEN nn.connoinherit "
                             "THEN ' (not inherited)' ELSE '' END"
                           : "''",
              identity, collation("a.attcollation"),
              server_version >= 140000 ? "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END" : "NULL",
              comment("pg_class", "a.attrelid", "a.attnum"),
              has_not_null ? "LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n' "
                             "AND nn.conkey[1] = a.attnum"
                           : "",
              is_own_table(), address("pg_class", "a.attrelid", "a.attnum"),
              column_privileges("a.attrelid", "a.attnum"))};
}

/// What a partition has from its table is left out, as are the rows that foreign keys of partitions add.
CatalogQuery table_constraints() {
  return {
      {"name", "definition", "index options", "index tablespace", "clustered", "comment"},
      fmt::format("SELECT CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique constraint' WHEN 'c' THEN "
                  "'check constraint' WHEN 'f' THEN 'foreign key' ELSE 'exclusion constraint' END, "
                  "{0} || CASE k.contype WHEN 'p' THEN '' ELSE '.' || quote_ident(k.conname) END, {0}, {5}, "
                  "CASE k.contype WHEN 'p' THEN quote_ident(k.conname) END, pg_get_constraintdef(k.oid), {1}, {2}, "
                  "CASE WHEN ix.indisclustered THEN 'yes' END, {3} "
                  "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
                  "JOIN pg_namespace n ON n.oid = c.relnamespace "
                  "LEFT JOIN pg_class ic ON ic.oid = k.conindid AND k.contype IN ('p', 'u', 'x') "
                  "LEFT JOIN pg_index ix ON ix.indexrelid = ic.oid WHERE k.contype IN ('p', 'u', 'c', 'f', 'x') AND "
                  "k.conparentid = 0 "
                  "AND (k.contype <> 'c' OR k.conislocal) AND {4}",
                  named("n", "c.relname"), options("ic"), tablespace("ic"), comment("pg_constraint", "k.oid"),
                  is_own_table(), address("pg_constraint", "k.oid"))};
}

/// Those of constraints come with the constraints, and those of a partition with those of its table.
CatalogQuery indexes() {
  return {{"definition", "valid", "clustered", "tablespace", "statistics", "comment"},
          fmt::format(
              "SELECT 'index', {}, {}, {}, pg_get_indexdef(ic.oid), CASE WHEN NOT i.indisvalid THEN 'no' END, "
              "CASE WHEN i.indisclustered THEN 'yes' END, {}, (SELECT string_agg(a.attnum || ': ' || a.attstattarget, "
              "', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = ic.oid AND a.attstattarget >= 0), "
              "{} FROM pg_index i "
              "JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid "
              "JOIN pg_namespace n ON n.oid = c.relnamespace "
              "WHERE NOT ic.relispartition AND NOT EXISTS (SELECT FROM pg_constraint k "
              "WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')) "
              "AND {} AND {} AND {}",
              named("n", "ic.relname"), named("n", "c.relname"), address("pg_class", "ic.oid"), tablespace("ic"),
              comment("pg_class", "ic.oid"), is_users, is_own("pg_class", "c.oid"), is_not_retorts)};
}

CatalogQuery statistics() {
  return {{"definition", "target", "comment"},
          fmt::format("SELECT 'statistics', {}, {}, {}, pg_get_statisticsobjdef(s.oid), nullif(s.stxstattarget, -1), "
                      "{} FROM pg_statistic_ext s "
                      "JOIN pg_class c ON c.oid = s.stxrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace "
                      "JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE {} AND {}",
                      named("n", "s.stxname"), named("cn", "c.relname"), address("pg_statistic_ext", "s.oid"),
                      comment("pg_statistic_ext", "s.oid"), is_users, is_own("pg_class", "c.oid"))};
}

/// The triggers of partitions that are otherwise enabled than that of their table, those of upper partitions first.
constexpr std::string_view partition_triggers =
    "CASE WHEN c.relkind = 'p' THEN (WITH RECURSIVE clones AS (SELECT k.oid, k.tgrelid, k.tgenabled, "
    "t.tgenabled AS usual, 1 AS depth FROM pg_trigger k WHERE k.tgparentid = t.oid UNION ALL SELECT k.oid, k.tgrelid, "
    "k.tgenabled, p.tgenabled, p.depth + 1 FROM pg_trigger k JOIN clones p ON k.tgparentid = p.oid) "
    "SELECT string_agg(tgrelid::regclass || ': ' || CASE tgenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' "
    "WHEN 'A' THEN 'always' ELSE 'yes' END, ', ' ORDER BY depth, tgrelid::regclass::text) FROM clones "
    "WHERE tgenabled <> usual) END";

CatalogQuery triggers() {
  return {
      {"definition", "enabled", "enabled in partitions", "comment"},
      fmt::format("SELECT 'trigger', {0} || '.' || quote_ident(t.tgname), {0}, {5}, pg_get_triggerdef(t.oid), "
                  "CASE t.tgenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END, {6}, {1} "
                  "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                  "JOIN pg_namespace n ON n.oid = c.relnamespace "
                  "WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND {2} AND {3} AND {4}",
                  named("n", "c.relname"), comment("pg_trigger", "t.oid"), is_users, is_own("pg_class", "c.oid"),
                  is_not_retorts, address("pg_trigger", "t.oid"), partition_triggers)};
}

/// The rule that makes a view is the view's definition.
CatalogQuery rules() {
  return {{"definition", "enabled", "comment"},
          fmt::format("SELECT 'rule', {0} || '.' || quote_ident(r.rulename), {0}, {5}, pg_get_ruledef(r.oid), "
                      "CASE r.ev_enabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END, {1} "
                      "FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class "
                      "JOIN pg_namespace n ON n.oid = c.relnamespace "
                      "WHERE r.rulename <> '_RETURN' AND {2} AND {3} AND {4}",
                      named("n", "c.relname"), comment("pg_rewrite", "r.oid"), is_users, is_own("pg_class", "c.oid"),
                      is_not_retorts, address("pg_rewrite", "r.oid"))};
}

CatalogQuery policies() {
  return {{"command", "restrictive", "roles", "using", "with check", "comment"},
          fmt::format(
              "SELECT 'policy', {0} || '.' || quote_ident(p.polname), {0}, {3}, CASE p.polcmd WHEN 'r' THEN "
              "'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END, "
              "CASE WHEN NOT p.polpermissive THEN 'yes' END, "
              "(SELECT string_agg(CASE r.oid WHEN 0 THEN 'public' ELSE quote_ident(pg_get_userbyid(r.oid)) END, "
              "', ' ORDER BY CASE r.oid WHEN 0 THEN '' ELSE pg_get_userbyid(r.oid) END) "
              "FROM unnest(p.polroles) r(oid)), pg_get_expr(p.polqual, p.polrelid), "
              "pg_get_expr(p.polwithcheck, p.polrelid), {1} FROM pg_policy p "
              "JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {2}",
              named("n", "c.relname"), comment("pg_policy", "p.oid"), is_own_table(), address("pg_policy", "p.oid"))};
}

} // namespace

std::vector<CatalogQuery> table_queries(int server_version) {
  return {tables(),  columns(server_version), table_constraints(), indexes(), statistics(), triggers(), rules(),
          policies()};
}

} // namespace retort
