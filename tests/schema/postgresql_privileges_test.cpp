// What is dropped and created has the owner and the privileges that it had.
#include "schema/change_run.hpp"
#include "schema/shown.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

class PostgresqlPrivileges : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
  }

  /// The GRANT, REVOKE and OWNER statements of a change, and whether they do what they should: `question` asks for what
  /// is the same before and after.
  static std::string change(const std::string& from, const std::string& grants, const std::string& to,
                            const std::string& question) {
    const auto database = make_test_database(Dialect::postgresql);
    database->run(from);
    database->run(grants);
    const std::string before = database->run(question);
    const SchemaChange change = change_schema(read_schema(database->parsed_url()), schema_of(Dialect::postgresql, to));
    run(*database, change);
    EXPECT_EQ(database->run(question), before);
    std::string out = "\n";
    for (const SchemaChange::Step& step : change.steps) {
      if (step.sql.starts_with("GRANT") || step.sql.starts_with("REVOKE") ||
          step.sql.find(" OWNER TO ") != std::string::npos) {
        out += step.sql + ";\n";
      }
    }
    return out;
  }
};

TEST_F(PostgresqlPrivileges, OfViews) {
  const std::string rest = "CREATE VIEW v AS SELECT a, b FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM v;";
  EXPECT_EQ(change("CREATE TABLE t (a varchar(9), b int);" + rest,
                   "GRANT SELECT, UPDATE ON v TO PUBLIC; GRANT SELECT (a), INSERT (a, b) ON v TO pg_monitor;"
                   "GRANT SELECT ON m TO pg_monitor WITH GRANT OPTION; ALTER VIEW v OWNER TO pg_read_all_data;"
                   "REVOKE DELETE ON v FROM pg_read_all_data",
                   "CREATE TABLE t (a text, b int);" + rest,
                   "SELECT relname, relowner::regrole, (SELECT string_agg(i::text, ' ' ORDER BY i::text) FROM "
                   "unnest(relacl) i) FROM pg_class WHERE relname IN ('v', 'm') UNION ALL SELECT attname, NULL, "
                   "attacl::text FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid >= 16384 ORDER BY 1"),
            R"(
ALTER VIEW public.v OWNER TO pg_read_all_data;
REVOKE DELETE ON public.v FROM pg_read_all_data;
GRANT SELECT, UPDATE ON public.v TO PUBLIC;
GRANT INSERT (a), SELECT (a) ON public.v TO pg_monitor;
GRANT INSERT (b) ON public.v TO pg_monitor;
GRANT SELECT ON public.m TO pg_monitor WITH GRANT OPTION;
)");
}

TEST_F(PostgresqlPrivileges, OfFunctions) {
  EXPECT_EQ(change("CREATE FUNCTION wipe(n int) RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT';"
                   "CREATE PROCEDURE go(n int) LANGUAGE sql AS 'SELECT';"
                   "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int)",
                   "REVOKE EXECUTE ON FUNCTION wipe FROM PUBLIC; GRANT EXECUTE ON FUNCTION wipe TO pg_monitor;"
                   "REVOKE ALL ON PROCEDURE go FROM PUBLIC; REVOKE ALL ON FUNCTION total(int) FROM PUBLIC;"
                   "ALTER AGGREGATE total(int) OWNER TO pg_monitor",
                   "CREATE FUNCTION wipe(n int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';"
                   "CREATE PROCEDURE go(m int) LANGUAGE sql AS 'SELECT';"
                   "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '1')",
                   "SELECT proname, proowner::regrole, (SELECT string_agg(i::text, ' ' ORDER BY i::text) FROM "
                   "unnest(proacl) i) FROM pg_proc WHERE oid >= 16384 ORDER BY 1"),
            R"(
REVOKE EXECUTE ON FUNCTION public.wipe(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.wipe(integer) TO pg_monitor;
REVOKE EXECUTE ON PROCEDURE public.go(integer) FROM PUBLIC;
ALTER AGGREGATE public.total(integer) OWNER TO pg_monitor;
REVOKE EXECUTE ON FUNCTION public.total(integer) FROM PUBLIC;
)");
}

TEST_F(PostgresqlPrivileges, OfTypesAndColumns) {
  const std::string rest = "CREATE TYPE pair AS (m mood); CREATE DOMAIN \"D\" AS mood;";
  EXPECT_EQ(
      change("CREATE TYPE mood AS ENUM ('a', 'b');" + rest +
                 "CREATE TABLE t (x int, y int GENERATED ALWAYS AS (x) STORED, p pair)",
             "REVOKE USAGE ON TYPE mood FROM PUBLIC; REVOKE USAGE ON TYPE pair FROM PUBLIC;"
             "REVOKE USAGE ON DOMAIN \"D\" FROM PUBLIC; GRANT USAGE ON DOMAIN \"D\" TO pg_monitor;"
             "GRANT SELECT (y), UPDATE (x) ON t TO pg_monitor",
             "CREATE TYPE mood AS ENUM ('a');" + rest +
                 "CREATE TABLE t (x int, y int GENERATED ALWAYS AS (x + 1) STORED, p pair)",
             "SELECT typname, (SELECT string_agg(i::text, ' ' ORDER BY i::text) FROM unnest(typacl) i) FROM "
             "pg_type WHERE typname IN ('mood', 'pair', 'D') UNION ALL SELECT attname, attacl::text FROM "
             "pg_attribute WHERE attrelid = 't'::regclass AND attacl IS NOT NULL AND NOT attisdropped ORDER BY 1"),
      R"(
REVOKE USAGE ON TYPE public.mood FROM PUBLIC;
REVOKE USAGE ON DOMAIN public."D" FROM PUBLIC;
GRANT USAGE ON DOMAIN public."D" TO pg_monitor;
REVOKE USAGE ON TYPE public.pair FROM PUBLIC;
GRANT SELECT (y) ON public.t TO pg_monitor;
)");
}

} // namespace
} // namespace retort
