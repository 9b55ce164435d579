#include "schema/postgresql_phrases.hpp"
#include "schema/postgresql_queries.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

using namespace postgresql_phrases;

CatalogQuery schemas() {
  return {{"comment"},
          fmt::format("SELECT 'schema', quote_ident(n.nspname), NULL, {}, nullif({}, 'standard public schema') "
                      "FROM pg_namespace n WHERE {} AND {}",
                      address("pg_namespace", "n.oid"), comment("pg_namespace", "n.oid"), is_users,
                      is_own("pg_namespace", "n.oid"))};
}

/// The one that every database has is left out.
CatalogQuery extensions() {
  return {{"version", "schema", "comment"},
          fmt::format("SELECT 'extension', quote_ident(x.extname), NULL, {}, x.extversion, quote_ident(n.nspname), "
                      "nullif({}, (SELECT v.comment FROM pg_available_extensions() v WHERE v.name = x.extname)) "
                      "FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace "
                      "WHERE x.extname <> 'plpgsql'",
                      address("pg_extension", "x.oid"), comment("pg_extension", "x.oid"))};
}

CatalogQuery enums() {
  return {{"values", "comment", "privileges"},
          fmt::format("SELECT 'enum', {}, NULL, {}, (SELECT string_agg(quote_literal(e.enumlabel), ', ' "
                      "ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = y.oid), {}, {} FROM pg_type y "
                      "JOIN pg_namespace n ON n.oid = y.typnamespace WHERE y.typtype = 'e' AND {} AND {}",
                      named("n", "y.typname"), address("pg_type", "y.oid"), comment("pg_type", "y.oid"),
                      privileges("T", "y.typacl", "y.typowner"), is_users, is_own("pg_type", "y.oid"))};
}

CatalogQuery domains() {
  return {{"type", "nullable", "default", "collation", "comment", "privileges"},
          fmt::format("SELECT 'domain', {}, NULL, {}, format_type(y.typbasetype, y.typtypmod), "
                      "CASE WHEN y.typnotnull THEN 'no' ELSE 'yes' END, pg_get_expr(y.typdefaultbin, 0), "
                      "CASE WHEN y.typcollation <> b.typcollation THEN {} END, {}, {} FROM pg_type y "
                      "JOIN pg_type b ON b.oid = y.typbasetype JOIN pg_namespace n ON n.oid = y.typnamespace "
                      "WHERE y.typtype = 'd' AND {} AND {}",
                      named("n", "y.typname"), address("pg_type", "y.oid"), collation("y.typcollation"),
                      comment("pg_type", "y.oid"), privileges("T", "y.typacl", "y.typowner"), is_users,
                      is_own("pg_type", "y.oid"))};
}

CatalogQuery composite_types() {
  return {
      {"attributes", "comment", "column comments", "privileges"},
      fmt::format("SELECT 'composite type', {}, NULL, {}, (SELECT string_agg(concat_ws(' ', quote_ident(a.attname), "
                  "format_type(a.atttypid, a.atttypmod), 'COLLATE ' || CASE WHEN a.attcollation <> b.typcollation "
                  "THEN {} END), ', ' ORDER BY a.attnum) FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid "
                  "WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped), {}, (SELECT "
                  "string_agg(quote_ident(a.attname) || ': ' || quote_literal(w.description), "
                  "', ' ORDER BY a.attnum) FROM pg_description w JOIN pg_attribute a ON a.attrelid = w.objoid "
                  "AND a.attnum = w.objsubid WHERE w.classoid = 'pg_class'::regclass AND w.objoid = y.typrelid), {} "
                  "FROM pg_type y "
                  "JOIN pg_class c ON c.oid = y.typrelid JOIN pg_namespace n ON n.oid = y.typnamespace "
                  "WHERE c.relkind = 'c' AND {} AND {}",
                  named("n", "y.typname"), address("pg_type", "y.oid"), collation("a.attcollation"),
                  comment("pg_type", "y.oid"), privileges("T", "y.typacl", "y.typowner"), is_users,
                  is_own("pg_type", "y.oid"))};
}

CatalogQuery range_types(int server_version) {
  return {{"subtype", "operator class", "collation", "canonical", "difference", "multirange", "comment", "privileges"},
          fmt::format("SELECT 'range type', {}, NULL, {}, format_type(r.rngsubtype, NULL), "
                      "(SELECT {} FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace "
                      "WHERE o.oid = r.rngsubopc AND NOT o.opcdefault), "
                      "CASE WHEN r.rngcollation <> b.typcollation THEN {} END, "
                      "nullif(r.rngcanonical::oid, 0)::regproc::text, nullif(r.rngsubdiff::oid, 0)::regproc::text, "
                      "{}, {}, {} FROM pg_type y JOIN pg_range r ON r.rngtypid = y.oid "
                      "JOIN pg_type b ON b.oid = r.rngsubtype JOIN pg_namespace n ON n.oid = y.typnamespace "
                      "WHERE {} AND {}",
                      named("n", "y.typname"), address("pg_type", "y.oid"), named("n", "o.opcname"),
                      collation("r.rngcollation"),
                      server_version >= 140000 ? "format_type(r.rngmultitypid, NULL)" : "NULL",
                      comment("pg_type", "y.oid"), privileges("T", "y.typacl", "y.typowner"), is_users,
                      is_own("pg_type", "y.oid"))};
}

CatalogQuery domain_constraints() {
  return {{"name", "definition", "index options", "index tablespace", "comment"},
          fmt::format("SELECT 'check constraint', {0} || '.' || quote_ident(k.conname), {0}, {4}, NULL, "
                      "pg_get_constraintdef(k.oid), NULL, NULL, {1} FROM pg_constraint k "
                      "JOIN pg_type y ON y.oid = k.contypid JOIN pg_namespace n ON n.oid = y.typnamespace "
                      "WHERE k.contype = 'c' AND {2} AND {3}",
                      named("n", "y.typname"), comment("pg_constraint", "k.oid"), is_users, is_own("pg_type", "y.oid"),
                      address("pg_constraint", "k.oid"))};
}

CatalogQuery sequences() {
  return {
      {"type", "start", "increment", "minimum", "maximum", "cache", "cycle", "owned by", "persistence", "comment"},
      fmt::format("SELECT 'sequence', {}, {}, {}, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, "
                  "s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN 'yes' END, {} || '.' || quote_ident(oa.attname), "
                  "{}, {} FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid "
                  "JOIN pg_namespace n ON n.oid = c.relnamespace "
                  "LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.objsubid = 0 "
                  "AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i') "
                  "LEFT JOIN pg_class oc ON oc.oid = o.refobjid "
                  "LEFT JOIN pg_namespace ocn ON ocn.oid = oc.relnamespace "
                  "LEFT JOIN pg_attribute oa ON oa.attrelid = o.refobjid AND oa.attnum = o.refobjsubid "
                  "WHERE {} AND {} AND o.deptype IS DISTINCT FROM 'i'",
                  named("n", "c.relname"), named("ocn", "oc.relname"), address("pg_class", "c.oid"),
                  named("ocn", "oc.relname"), persistence, comment("pg_class", "c.oid"), is_users,
                  is_own("pg_class", "c.oid"))};
}

} // namespace

std::vector<CatalogQuery> type_queries(int server_version) {
  return {schemas(),
          extensions(),
          enums(),
          domains(),
          domain_constraints(),
          composite_types(),
          range_types(server_version),
          sequences()};
}

} // namespace retort
