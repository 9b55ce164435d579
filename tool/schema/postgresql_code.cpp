#include "schema/postgresql_phrases.hpp"
#include "schema/postgresql_queries.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

using namespace postgresql_phrases;

CatalogQuery views() {
  return {{"definition", "options", "tablespace", "comment", "column comments", "column defaults", "privileges"},
          fmt::format(
              "SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, {}, NULL, {}, "
              "btrim(pg_get_viewdef(c.oid), E' \\n'), {}, {}, {}, (SELECT string_agg(quote_ident(a.attname) || ': ' || "
              "quote_literal(w.description), ', ' ORDER BY a.attnum) FROM pg_description w JOIN pg_attribute a "
              "ON a.attrelid = w.objoid AND a.attnum = w.objsubid WHERE w.classoid = 'pg_class'::regclass "
              "AND w.objoid = c.oid AND w.objsubid > 0), (SELECT string_agg(quote_ident(a.attname) || ': ' || "
              "pg_get_expr(d.adbin, d.adrelid), ', ' ORDER BY a.attnum) FROM pg_attrdef d JOIN pg_attribute a "
              "ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = c.oid), nullif(concat_ws(E'\\n', {}, "
              "{}), '') FROM pg_class c "
              "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND {} AND {}",
              named("n", "c.relname"), address("pg_class", "c.oid"), options("c"), tablespace("c"),
              comment("pg_class", "c.oid"), privileges("r", "c.relacl", "c.relowner"), column_privileges("c.oid", ""),
              is_users, is_own("pg_class", "c.oid"))};
}

CatalogQuery functions() {
  return {{"definition", "comment", "privileges"},
          fmt::format("SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, "
                      "{} || '(' || oidvectortypes(p.proargtypes) || ')', NULL, {}, rtrim(pg_get_functiondef(p.oid), "
                      "E'\\n'), {}, {} "
                      "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
                      "WHERE p.prokind <> 'a' AND {} AND {}",
                      named("n", "p.proname"), address("pg_proc", "p.oid"), comment("pg_proc", "p.oid"),
                      privileges("f", "p.proacl", "p.proowner"), is_users, is_own("pg_proc", "p.oid"))};
}

/// What few aggregates have, as CREATE AGGREGATE says it.
constexpr std::string_view aggregate_options =
    "nullif(concat_ws(', ', 'SSPACE = ' || nullif(g.aggtransspace, 0), CASE WHEN g.aggfinalextra THEN "
    "'FINALFUNC_EXTRA' END, CASE WHEN g.aggfinalfn <> 0 AND g.aggfinalmodify <> CASE g.aggkind WHEN 'n' THEN 'r' "
    "ELSE 'w' END THEN 'FINALFUNC_MODIFY = ' || CASE g.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN "
    "'SHAREABLE' ELSE 'READ_WRITE' END END, 'SERIALFUNC = ' || nullif(g.aggserialfn::oid, 0)::regproc, "
    "'DESERIALFUNC = ' || nullif(g.aggdeserialfn::oid, 0)::regproc, 'MSFUNC = ' || "
    "nullif(g.aggmtransfn::oid, 0)::regproc, 'MINVFUNC = ' || nullif(g.aggminvtransfn::oid, 0)::regproc, "
    "'MSTYPE = ' || format_type(nullif(g.aggmtranstype, 0), NULL), 'MSSPACE = ' || nullif(g.aggmtransspace, 0), "
    "'MFINALFUNC = ' || nullif(g.aggmfinalfn::oid, 0)::regproc, CASE WHEN g.aggmfinalextra THEN "
    "'MFINALFUNC_EXTRA' END, 'MINITCOND = ' || quote_literal(g.aggminitval)), '')";

CatalogQuery aggregates() {
  return {{"kind", "arguments", "transition", "state", "initial", "final", "combine", "sort operator", "parallel",
           "options", "comment", "privileges"},
          fmt::format(
              "SELECT 'aggregate', {} || '(' || oidvectortypes(p.proargtypes) || ')', NULL, {}, "
              "CASE g.aggkind WHEN 'o' THEN 'ordered set' WHEN 'h' THEN 'hypothetical set' END, "
              "pg_get_function_arguments(p.oid), "
              "g.aggtransfn::oid::regprocedure::text, format_type(g.aggtranstype, NULL), quote_literal(g.agginitval), "
              "nullif(g.aggfinalfn::oid, 0)::regprocedure::text, "
              "nullif(g.aggcombinefn::oid, 0)::regprocedure::text, "
              "nullif(g.aggsortop, 0)::regoperator::text, "
              "CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END, {}, {}, {} "
              "FROM pg_proc p JOIN pg_aggregate g ON g.aggfnoid = p.oid "
              "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {} AND {}",
              named("n", "p.proname"), address("pg_proc", "p.oid"), aggregate_options, comment("pg_proc", "p.oid"),
              privileges("f", "p.proacl", "p.proowner"), is_users, is_own("pg_proc", "p.oid"))};
}

CatalogQuery event_triggers() {
  return {{"event", "tags", "function", "enabled", "comment"},
          fmt::format("SELECT 'event trigger', quote_ident(v.evtname), NULL, {}, v.evtevent, "
                      "array_to_string(v.evttags, ', '), v.evtfoid::regprocedure::text, CASE v.evtenabled "
                      "WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END, {} "
                      "FROM pg_event_trigger v WHERE {}",
                      address("pg_event_trigger", "v.oid"), comment("pg_event_trigger", "v.oid"),
                      is_own("pg_event_trigger", "v.oid"))};
}

} // namespace

std::vector<CatalogQuery> code_queries() { return {views(), functions(), aggregates(), event_triggers()}; }

} // namespace retort
