#include "dialect/lexicon.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace retort {
namespace {

TEST(Lexicon, EachDialectHasItsOwn) {
  EXPECT_EQ(lexicon(Dialect::sqlite).client.name, "sqlite3");
  EXPECT_EQ(lexicon(Dialect::postgresql).client.name, "psql");
  EXPECT_NE(&lexicon(Dialect::sqlite), &lexicon(Dialect::postgresql));
}

TEST(Lexicon, OperatorsStandLongestFirst) {
  for (const Dialect dialect : all_dialects) {
    EXPECT_TRUE(std::ranges::is_sorted(lexicon(dialect).operators, std::ranges::greater(), &std::string_view::size));
  }
}

TEST(Lexicon, PsqlVariablesCanBeSearched) {
  const auto variables = lexicon(Dialect::postgresql).client.variables;
  EXPECT_TRUE(std::ranges::is_sorted(variables));
  EXPECT_TRUE(std::ranges::binary_search(variables, "ON_ERROR_STOP"));
  EXPECT_FALSE(std::ranges::binary_search(variables, "user"));
}

TEST(SameWord, DisregardsTheCaseOfAsciiLettersOnly) {
  EXPECT_TRUE(same_word("begin", "BEGIN"));
  EXPECT_TRUE(same_word("", ""));
  EXPECT_FALSE(same_word("begin", "begi"));
  EXPECT_FALSE(same_word("[", "{"));
  EXPECT_FALSE(same_word("\xC3\xA4", "\xC3\x84"));
}

} // namespace
} // namespace retort
