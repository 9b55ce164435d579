#include "revision/id.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace retort {
namespace {

TEST(Id, StandsBeforeTheFirstUnderscore) {
  EXPECT_EQ(id_in("20261122143000_add_invoices"), "20261122143000");
  EXPECT_EQ(id_in("2026-11-22-143000_add-invoices"), "20261122143000");
  EXPECT_EQ(id_in("1"), "1");
  EXPECT_EQ(id_in("V1.2__x"), "V1.2");
  EXPECT_EQ(id_in("_x"), "");
  EXPECT_EQ(id_in(""), "");
  EXPECT_EQ(id_in("--"), "");
}

TEST(Id, TheRestOfTheNameIsTheSlug) {
  EXPECT_EQ(slug_in("1_add_two-words"), "add two words");
  EXPECT_EQ(slug_in("1__x"), " x");
  EXPECT_EQ(slug_in("1_"), "");
  EXPECT_EQ(slug_in("1"), "");
}

TEST(Id, IsMadeOfLettersDigitsAndDots) {
  for (const std::string_view legal : {"1", "0001", "20261122", "a3f9", "V1.2", ".", "Head"}) {
    EXPECT_TRUE(is_legal_id(legal)) << legal;
  }
  for (const std::string_view illegal : {"", "a_b", "a@b", "a+1", "a-1", "a:b", "a b", "a,b", "a/b", "é", "a\n"}) {
    EXPECT_FALSE(is_legal_id(illegal)) << illegal;
  }
}

TEST(Id, IsNoWordOfTheTargets) {
  for (const std::string_view word : {"base", "current", "head", "heads"}) {
    EXPECT_FALSE(is_legal_id(word)) << word;
    EXPECT_FALSE(is_legal_label(word)) << word;
  }
}

TEST(Label, MayHoldUnderscores) {
  EXPECT_TRUE(is_legal_label("billing_v2"));
  EXPECT_TRUE(is_legal_label("_"));
  EXPECT_TRUE(is_legal_label("a.b"));
  for (const std::string_view illegal : {"", "a b", "a-b", "a@head", "é"}) {
    EXPECT_FALSE(is_legal_label(illegal)) << illegal;
  }
}

std::vector<std::string> sorted(std::vector<std::string> ids) {
  std::ranges::sort(ids, id_less);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(IdOrder, ShortNumbersComeFirstAndCompareAsNumbers) {
  EXPECT_EQ(sorted({"124", "2", "10", "1", "9999999", "20260101", "00000001", "a"}),
            (Ids{"1", "2", "10", "124", "9999999", "00000001", "20260101", "a"}));
}

TEST(IdOrder, LeadingZerosDecideLast) {
  EXPECT_EQ(sorted({"0002", "10", "001", "1", "01", "2", "0", "000"}),
            (Ids{"0", "000", "001", "01", "1", "0002", "2", "10"}));
}

TEST(IdOrder, DatesOfEveryLengthSortAsDates) {
  EXPECT_EQ(sorted({"20260102", "20260101123000", "202601011230001234", "20260101", "20251231235959"}),
            (Ids{"20251231235959", "20260101", "20260101123000", "202601011230001234", "20260102"}));
}

TEST(IdOrder, AllOthersCompareByByte) {
  EXPECT_EQ(sorted({"b", "B", "a10", "a9", "1a", "1.2", "99999999"}),
            (Ids{"1.2", "1a", "99999999", "B", "a10", "a9", "b"}));
}

TEST(IdOrder, IsAStrictTotalOrder) {
  const Ids ids = {"0",  "00",       "1",        "01",       "2",  "10",  "010",     "9999999", "00000000",
                   "12", "12345678", "20260101", "1234567a", "1a", "1.0", "1.0.0.0", "a",       "A"};
  for (const std::string& a : ids) {
    for (const std::string& b : ids) {
      EXPECT_EQ(id_less(a, b) + id_less(b, a), a == b ? 0 : 1) << a << " " << b;
      for (const std::string& c : ids) {
        EXPECT_TRUE(!id_less(a, b) || !id_less(b, c) || id_less(a, c)) << a << " " << b << " " << c;
      }
    }
  }
}

} // namespace
} // namespace retort
