#include "validate/validated.hpp"

#include <gtest/gtest.h>
#include <pg_query.h>

namespace retort {
namespace {

std::string parsed(const std::vector<std::string>& ups) {
  const History history = history_of_ups(ups, Dialect::postgresql);
  Diagnostics diagnostics;
  parse_postgresql(history, whole_way_up(history), diagnostics);
  return rendered(diagnostics);
}

TEST(PostgresqlSyntax, AcceptsWhatThePostgresqlGrammarAccepts) {
  EXPECT_EQ(parsed({"CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b jsonb DEFAULT '{}');\n"
                    "CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;\n"
                    "INSERT INTO nowhere SELECT no_such_function(1);\n",
                    "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DO NOTHING;\n"}),
            "");
}

TEST(PostgresqlSyntax, PointsAtEveryMistake) {
  EXPECT_EQ(parsed({"SELECT 1;\nCREATE TABEL t (a integer);\n", "SELECT 'ü'\n  FROM FROM t;\n",
                    "CREATE TABLE t (a integer;\n);\n"}),
            "1.sql:3:8: error: syntax error at or near \"TABEL\"\n"
            "    3 | CREATE TABEL t (a integer);\n"
            "      |        ^~~~~\n"
            "2.sql:3:8: error: syntax error at or near \"FROM\"\n"
            "    3 |   FROM FROM t;\n"
            "      |        ^~~~\n"
            "3.sql:2:26: error: syntax error at or near \";\"\n"
            "    2 | CREATE TABLE t (a integer;\n"
            "      |                          ^\n");
}

TEST(PostgresqlSyntax, PointsAtTheEndOfAnUnfinishedStatement) {
  EXPECT_EQ(parsed({"CREATE TABLE;\n"}), "1.sql:2:13: error: syntax error at end of input\n"
                                         "    2 | CREATE TABLE;\n"
                                         "      |             ^\n");
}

TEST(PostgresqlSyntax, CountsCharactersBehindCarriageReturnsAndUmlauts) {
  EXPECT_EQ(parsed({"SELECT 'größe €',\r\n  'ß' FROM FROM x;\r\n"}),
            "1.sql:3:12: error: syntax error at or near \"FROM\"\n"
            "    3 |   'ß' FROM FROM x;\n"
            "      |            ^~~~\n");
}

constexpr int parser_version = PG_VERSION_NUM / 10'000;

/// A warning of syntax that the parser does not know, because it came with `version`.
std::string forgiven(int version, const std::string& warning) {
  return warning + "hint: this looks like syntax of PostgreSQL " + std::to_string(version) +
         ", which this build's parser does not know\n";
}

/// The same, or nothing from a parser of that version.
std::string forgiven_before(int version, const std::string& warning) {
  return parser_version < version ? forgiven(version, warning) : "";
}

TEST(PostgresqlSyntax, ForgivesWhatANewerServerMayKnow) {
  EXPECT_EQ(parsed({"SELECT 1_000;\n"}),
            forgiven_before(16, "1.sql:2:8: warning: trailing junk after numeric literal at or near \"1_\"\n"
                                "    2 | SELECT 1_000;\n"
                                "      |        ^~~~~\n"));
  EXPECT_EQ(parsed({"SELECT * FROM JSON_TABLE('[]', '$[*]' COLUMNS (a int PATH '$.a')) AS t;\n"}),
            forgiven_before(17, "1.sql:2:39: warning: syntax error at or near \"COLUMNS\"\n"
                                "    2 | SELECT * FROM JSON_TABLE('[]', '$[*]' COLUMNS (a int PATH '$.a')) AS t;\n"
                                "      |                                       ^~~~~~~\n"));
  EXPECT_EQ(parsed({"CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);\n"}),
            forgiven_before(18, "1.sql:2:66: warning: syntax error at or near \"VIRTUAL\"\n"
                                "    2 | CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);\n"
                                "      |                                                                  ^~~~~~~\n"));
}

TEST(PostgresqlSyntax, DoesNotForgiveMistakesBesideWhatItKnows) {
  EXPECT_EQ(parsed({"SELECT a IS JSON FROM FROM t;\n"}),
            parser_version < 16 ? forgiven(16, "1.sql:2:13: warning: syntax error at or near \"JSON\"\n"
                                               "    2 | SELECT a IS JSON FROM FROM t;\n"
                                               "      |             ^~~~\n")
                                : "1.sql:2:23: error: syntax error at or near \"FROM\"\n"
                                  "    2 | SELECT a IS JSON FROM FROM t;\n"
                                  "      |                       ^~~~\n");
  EXPECT_EQ(parsed({"SELECT 1_000 FROM FROM t;\n"}),
            parser_version < 16
                ? forgiven(16, "1.sql:2:8: warning: trailing junk after numeric literal at or near \"1_\"\n"
                               "    2 | SELECT 1_000 FROM FROM t;\n"
                               "      |        ^~~~~\n")
                : "1.sql:2:19: error: syntax error at or near \"FROM\"\n"
                  "    2 | SELECT 1_000 FROM FROM t;\n"
                  "      |                   ^~~~\n");
}

TEST(PostgresqlSyntax, LooksAtTheWayOfThePlanOnly) {
  const History history =
      history_of({{"1", "-- migrate:up\nSELECT 1;\n-- migrate:down\nDROP TABEL t;\n"}}, Dialect::postgresql);
  Diagnostics up;
  parse_postgresql(history, whole_way_up(history), up);
  EXPECT_EQ(rendered(up), "");
  Diagnostics down;
  parse_postgresql(history, plan_downgrade(history, resolve_state(history, "head"), "base"), down);
  EXPECT_EQ(rendered(down), "1.sql:4:6: error: syntax error at or near \"TABEL\"\n"
                            "    4 | DROP TABEL t;\n"
                            "      |      ^~~~~\n");
}

} // namespace
} // namespace retort
