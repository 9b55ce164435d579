#include "schema/sqlite_text.hpp"

#include <gtest/gtest.h>

namespace retort::sqlite_text {
namespace {

std::string in_one_form(const std::string& sql, DoubleQuotes quotes = DoubleQuotes::name,
                        const std::vector<std::string>& columns = {}) {
  return canonical(tokens(sql), quotes, columns);
}

TEST(SqliteText, SpacesAndCommentsDoNotCount) {
  EXPECT_EQ(in_one_form("select  count( * ) -- all\n from /* the */ main . t where a in(1,2)"),
            "SELECT count(*) FROM main.t WHERE a IN (1, 2)");
}

TEST(SqliteText, LiteralsStay) { EXPECT_EQ(in_one_form("'a  -- b' ||x'00'"), "'a  -- b' || x'00'"); }

TEST(SqliteText, QuotesThatNobodyNeedsDoNotCount) {
  EXPECT_EQ(in_one_form(R"("a" [b] `c` "d e" "f""g" "order" "1st")"), R"(a b c "d e" "f""g" "order" "1st")");
}

TEST(SqliteText, ASignStandsAtItsNumber) {
  EXPECT_EQ(in_one_form("-1"), "-1");
  EXPECT_EQ(in_one_form("a-1"), "a - 1");
  EXPECT_EQ(in_one_form("(-1,+ 2)-(- - x)"), "(-1, +2) - (- -x)");
  EXPECT_EQ(in_one_form("a BETWEEN -1 AND -b"), "a BETWEEN -1 AND -b");
}

TEST(SqliteText, ColumnsAreSpelledAsTheTableSpellsThem) {
  const std::vector<std::string> columns = {"Total", "key", "lower"};
  EXPECT_EQ(in_one_form("TOTAL > \"total\" + key + lower(lower)", DoubleQuotes::string, columns),
            "Total > Total + \"key\" + lower(lower)");
}

TEST(SqliteText, ADoubleQuotedTextThatIsNoColumnIsAString) {
  EXPECT_EQ(in_one_form(R"(a <> "it's" COLLATE "NoCase" AND "f"(a) AND "rowid" > 0)", DoubleQuotes::string, {{"a"}}),
            R"(a <> 'it''s' COLLATE NoCase AND f(a) AND rowid > 0)");
}

TEST(SqliteText, NamesAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(spelled("total"), "total");
  EXPECT_EQ(spelled("größe"), "größe");
  EXPECT_EQ(spelled("order"), "\"order\"");
  EXPECT_EQ(spelled("a b"), "\"a b\"");
  EXPECT_EQ(spelled("1a"), "\"1a\"");
  EXPECT_EQ(spelled(""), "\"\"");
}

} // namespace
} // namespace retort::sqlite_text
