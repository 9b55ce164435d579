#include "text/printable.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(Printable, LeavesTextAlone) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("a\tb ~ \\x1b"), "a\tb ~ \\x1b");
  EXPECT_EQ(printable("é € 🙂 א ᠎"), "é € 🙂 א ᠎");
}

TEST(Printable, S7_EscapesControlCharacters) {
  EXPECT_EQ(printable("\x1b[2Ja\x07"
                      "b\r\n"),
            "\\x1b[2Ja\\x07b\\x0d\\x0a");
  EXPECT_EQ(printable(std::string_view("\0\x1f\x7f", 3)), "\\x00\\x1f\\x7f");
  EXPECT_EQ(printable("\xC2\x80\xC2\x9B\xC2\x9F\xC2\xA0"), "\\x80\\x9b\\x9f\xC2\xA0");
}

TEST(Printable, S7_EscapesBidirectionalCharacters) {
  EXPECT_EQ(printable("\u061c\u200d\u200e\u200f\u2010"), "\\u061c\u200d\\u200e\\u200f\u2010");
  EXPECT_EQ(printable("\u2027\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f"),
            "\u2027\\u2028\\u2029\\u202a\\u202b\\u202c\\u202d\\u202e\u202f");
  EXPECT_EQ(printable("\u2065\u2066\u2067\u2068\u2069\u206a"), "\u2065\\u2066\\u2067\\u2068\\u2069\u206a");
}

TEST(Printable, EscapesEveryByteOfInvalidUtf8) {
  EXPECT_EQ(printable("a\xE4"
                      "b\x80\xFF"),
            "a\\xe4b\\x80\\xff");
  EXPECT_EQ(printable("\xE2\x82"), "\\xe2\\x82");
}

TEST(Utf8Sequence, KnowsTheLengths) {
  EXPECT_EQ(utf8_sequence(""), 0U);
  EXPECT_EQ(utf8_sequence(std::string_view("\0", 1)), 1U);
  EXPECT_EQ(utf8_sequence("a€"), 1U);
  EXPECT_EQ(utf8_sequence("éa"), 2U);
  EXPECT_EQ(utf8_sequence("€a"), 3U);
  EXPECT_EQ(utf8_sequence("🙂a"), 4U);
}

TEST(Utf8Sequence, TakesTheOutermostNumbersOnly) {
  EXPECT_EQ(utf8_sequence("\xC2\x80"), 2U);
  EXPECT_EQ(utf8_sequence("\xE0\xA0\x80"), 3U);
  EXPECT_EQ(utf8_sequence("\xED\x9F\xBF"), 3U);
  EXPECT_EQ(utf8_sequence("\xEE\x80\x80"), 3U);
  EXPECT_EQ(utf8_sequence("\xF0\x90\x80\x80"), 4U);
  EXPECT_EQ(utf8_sequence("\xF4\x8F\xBF\xBF"), 4U);
}

TEST(Utf8Sequence, RefusesWhatIsNotUtf8) {
  EXPECT_EQ(utf8_sequence("\x80"), 0U);
  EXPECT_EQ(utf8_sequence("\xC3"), 0U);
  EXPECT_EQ(utf8_sequence("\xC3("), 0U);
  EXPECT_EQ(utf8_sequence("\xC1\xBF"), 0U) << "overlong";
  EXPECT_EQ(utf8_sequence("\xE0\x9F\xBF"), 0U) << "overlong";
  EXPECT_EQ(utf8_sequence("\xF0\x8F\xBF\xBF"), 0U) << "overlong";
  EXPECT_EQ(utf8_sequence("\xED\xA0\x80"), 0U) << "surrogate";
  EXPECT_EQ(utf8_sequence("\xED\xBF\xBF"), 0U) << "surrogate";
  EXPECT_EQ(utf8_sequence("\xF4\x90\x80\x80"), 0U) << "over U+10FFFF";
  EXPECT_EQ(utf8_sequence("\xF5\x80\x80\x80"), 0U) << "over U+10FFFF";
}

TEST(Utf8Length, CountsCharacters) {
  EXPECT_EQ(utf8_length(""), 0U);
  EXPECT_EQ(utf8_length("aé€🙂"), 4U);
  EXPECT_EQ(utf8_length("a\xE4\xE4"), 3U);
}

} // namespace
} // namespace retort
