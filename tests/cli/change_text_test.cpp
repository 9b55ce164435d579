#include "cli/change_text.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(CommentLines, KeepEveryLineOfATextInTheComment) {
  EXPECT_EQ(comment_lines("Note", "one line"), "-- Note: one line\n");
  EXPECT_EQ(comment_lines("Note", "a\nDROP TABLE b;"), "-- Note: a\n--   | DROP TABLE b;\n");
  EXPECT_EQ(comment_lines("Note", "a\rb\r\nc\n\rd"), "-- Note: a\n--   | b\n--   | c\n--   | \n--   | d\n");
  EXPECT_EQ(comment_lines("Note", "a\n"), "-- Note: a\n--   | \n");
}

TEST(CommentLines, HaveNoSectionMarker) {
  EXPECT_EQ(comment_lines("Note", "a\nmigrate:up\n-- migrate:down"),
            "-- Note: a\n--   | migrate:up\n--   | -- migrate:down\n");
}

TEST(CommentLines, LeaveCharactersAloneThatEndNoLineOfSql) {
  EXPECT_EQ(comment_lines("Note", "a\u2028b\u0085c\fd"), "-- Note: a\u2028b\u0085c\fd\n");
}

TEST(ChangeText, CommentsOnWhatHasLineEnds) {
  EXPECT_EQ(step_text({"DROP TABLE \"a\nb\"", "loses the table \"a\nb\""}),
            "-- Careful: this loses the table \"a\n--   | b\".\nDROP TABLE \"a\nb\";\n");
  EXPECT_EQ(todo_text("a\n;DROP TABLE b"), "-- TODO: a\n--   | ;DROP TABLE b\nTODO;\n");
}

} // namespace
} // namespace retort
