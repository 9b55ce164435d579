#include "validate/sqlite_verdict.hpp"
#include "validate/validated.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string parsed(const std::vector<std::string>& ups) {
  const History history = history_of_ups(ups, Dialect::sqlite);
  Diagnostics diagnostics;
  parse_sqlite(history, whole_way_up(history), diagnostics);
  return rendered(diagnostics);
}

TEST(SqliteSyntax, AsksForNoSchema) {
  EXPECT_EQ(parsed({"INSERT INTO nowhere SELECT no_such_function(a, b) FROM t;\n",
                    "CREATE INDEX i ON nowhere (a);\nALTER TABLE nowhere ADD COLUMN b;\n"}),
            "");
}

TEST(SqliteSyntax, PointsAtEveryMistake) {
  EXPECT_EQ(parsed({"CREATE TABEL t (a);\nSELECT 1;\nSELECT FROM FROM t;\n", "CREATE TABLE t (a\n"}),
            "1.sql:2:8: error: near \"TABEL\": syntax error\n"
            "    2 | CREATE TABEL t (a);\n"
            "      |        ^~~~~\n"
            "1.sql:4:8: error: near \"FROM\": syntax error\n"
            "    4 | SELECT FROM FROM t;\n"
            "      |        ^~~~\n"
            "2.sql:2:1: error: incomplete input\n"
            "    2 | CREATE TABLE t (a\n"
            "      | ^~~~~~~~~~~~~~~~~\n");
}

TEST(SqliteVerdict, ForgivesWhatTheApplicationMayAdd) {
  for (const std::string message :
       {"no such function: f", "no such collation sequence: c", "no such module: m", "no such vfs: v"}) {
    Diagnostic diagnostic{Severity::error, message, {}, {}, {}};
    EXPECT_TRUE(forgive_newer(diagnostic)) << message;
    EXPECT_EQ(render(diagnostic),
              "warning: " + message +
                  "\nhint: if the application adds it, this is fine; SQLITE_EXTENSIONS lets the build "
                  "load it, too\n");
  }
}

TEST(SqliteVerdict, ForgivesNothingElse) {
  for (const std::string message : {"near \"TABEL\": syntax error", "no such table: t", "no such column: RETURNING",
                                    "unrecognized token: \"'x\"", "near \"RETURNING\": syntax error"}) {
    Diagnostic diagnostic{Severity::error, message, {}, {}, {}};
    EXPECT_FALSE(forgive_newer(diagnostic)) << message;
    EXPECT_EQ(render(diagnostic), "error: " + message + "\n");
  }
}

} // namespace
} // namespace retort
