#include "text/source.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace retort {

static void PrintTo(const Position& position, std::ostream* out) { *out << position.line << ":" << position.column; }

namespace {

TEST(Source, PositionsCountFromOne) {
  const Source source("a.sql", "ab\n\nc");
  EXPECT_EQ(source.position(0), (Position{1, 1}));
  EXPECT_EQ(source.position(1), (Position{1, 2}));
  EXPECT_EQ(source.position(2), (Position{1, 3})) << "the newline belongs to the line that it ends";
  EXPECT_EQ(source.position(3), (Position{2, 1}));
  EXPECT_EQ(source.position(4), (Position{3, 1}));
  EXPECT_EQ(source.position(5), (Position{3, 2}));
}

TEST(Source, WhatIsBehindTheEndIsTheEnd) {
  const Source source("a.sql", "ab\n");
  EXPECT_EQ(source.position(3), (Position{2, 1}));
  EXPECT_EQ(source.position(99), (Position{2, 1}));
  EXPECT_EQ(source.line_at(99), "");
  EXPECT_EQ(Source("a.sql", "").position(7), (Position{1, 1}));
  EXPECT_EQ(Source("a.sql", "").line_at(7), "");
}

TEST(Source, ColumnsCountCharacters) {
  const Source source("a.sql", "é€🙂\tx\xE4y");
  EXPECT_EQ(source.position(2), (Position{1, 2}));
  EXPECT_EQ(source.position(5), (Position{1, 3}));
  EXPECT_EQ(source.position(9), (Position{1, 4}));
  EXPECT_EQ(source.position(10), (Position{1, 5})) << "a tab is one character";
  EXPECT_EQ(source.position(12), (Position{1, 7})) << "so is a byte that is not UTF-8";
}

TEST(Source, F34_AByteOrderMarkHasNoColumn) {
  const Source source("a.sql", "\xEF\xBB\xBF"
                               "ab\ncd");
  EXPECT_EQ(source.position(0), (Position{1, 1}));
  EXPECT_EQ(source.position(2), (Position{1, 1}));
  EXPECT_EQ(source.position(3), (Position{1, 1}));
  EXPECT_EQ(source.position(4), (Position{1, 2}));
  EXPECT_EQ(source.position(6), (Position{2, 1}));
  EXPECT_EQ(source.line_at(0), "ab");
  EXPECT_EQ(source.line_at(6), "cd");
}

TEST(Source, F34_LinesEndWithEitherLineEnd) {
  const Source source("a.sql", "ab\r\ncd\n\r\nef\r");
  EXPECT_EQ(source.line_at(0), "ab");
  EXPECT_EQ(source.line_at(3), "ab") << "the newline belongs to the line that it ends";
  EXPECT_EQ(source.line_at(4), "cd");
  EXPECT_EQ(source.line_at(7), "");
  EXPECT_EQ(source.line_at(9), "ef");
  EXPECT_EQ(source.position(4), (Position{2, 1}));
  EXPECT_EQ(source.position(9), (Position{4, 1}));
}

TEST(Source, BorrowsATextWithoutACopy) {
  const std::string text = "SELECT 1;\nSELECT 2;\n";
  const Source source = Source::borrowing("a.sql", text);
  const Source copy = source; // NOLINT(performance-unnecessary-copy-initialization): it borrows, too
  EXPECT_EQ(copy.path(), "a.sql");
  EXPECT_EQ(copy.text().data(), text.data());
  EXPECT_EQ(copy.text(), text);
  EXPECT_EQ(copy.line_at(12), "SELECT 2;");
  EXPECT_EQ(copy.position(12), (Position{2, 3}));
}

} // namespace
} // namespace retort
