#include "dialect/dialect.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(DialectName, FindsItsDialect) {
  EXPECT_EQ(name(Dialect::sqlite), "sqlite");
  EXPECT_EQ(name(Dialect::postgresql), "postgresql");
  for (const Dialect dialect : all_dialects) {
    EXPECT_EQ(find_dialect(name(dialect)), dialect);
  }
}

TEST(DialectName, IsWrittenExactly) {
  for (const std::string_view wrong : {"", "SQLite", "sqlite3", "postgres", "postgresql "}) {
    EXPECT_EQ(find_dialect(wrong), std::nullopt) << wrong;
  }
}

TEST(Literal, DoublesQuotes) {
  EXPECT_EQ(literal(""), "''");
  EXPECT_EQ(literal("it's ''\\ \"é\n"), "'it''s ''''\\ \"é\n'");
}

TEST(Quoted, DoublesDoubleQuotes) {
  EXPECT_EQ(quoted("a"), "\"a\"");
  EXPECT_EQ(quoted("a\"b'"), "\"a\"\"b'\"");
}

} // namespace
} // namespace retort
