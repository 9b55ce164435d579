#include "validate/validated.hpp"

#include <gtest/gtest.h>

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

TEST(PostgresqlSyntax, ForgivesWhatANewerServerMayKnow) {
  const auto hint = [](int version) {
    return "hint: this looks like syntax of PostgreSQL " + std::to_string(version) +
           ", which this build's parser does not know\n";
  };
  EXPECT_EQ(parsed({"SELECT 1_000;\n"}), "1.sql:2:8: warning: trailing junk after numeric literal at or near \"1_\"\n"
                                         "    2 | SELECT 1_000;\n"
                                         "      |        ^~~~~\n" +
                                             hint(16));
  const std::string virtual_column =
      parsed({"CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);\n"});
  EXPECT_EQ(virtual_column.substr(0, 13), "1.sql:2:66: w");
  EXPECT_NE(virtual_column.find(hint(18)), std::string::npos);
  const std::string table = parsed({"SELECT * FROM JSON_TABLE('[]', '$[*]' COLUMNS (a int PATH '$.a')) AS t;\n"});
  EXPECT_NE(table.find(": warning: "), std::string::npos);
  EXPECT_NE(table.find(hint(17)), std::string::npos);
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
