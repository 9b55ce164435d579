#include "support/rendered.hpp"
#include "text/diagnostic.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

/// The excerpt of an error at `offset` of `text`: the two lines behind the message.
std::string excerpt(std::string text, std::size_t offset, std::size_t length = 1) {
  const Source source("a.sql", std::move(text));
  const std::string shown = render({Severity::error, "m", locate(source, offset, length), {}, {}});
  return shown.substr(shown.find('\n') + 1);
}

TEST(Render, LooksAsGccDoes) {
  const Source source("migrations/1.sql", "SELECT 1;\nSELECT oops;\n");
  Diagnostic diagnostic{Severity::error, "no such column: oops", locate(source, 17, 4), {}, "add the column"};
  diagnostic.notes.push_back({"the table is here", locate(source, 0, 6)});
  diagnostic.notes.push_back({"and a folder", locate("migrations")});
  diagnostic.notes.push_back({"and no place", {}});
  EXPECT_EQ(render(diagnostic), "migrations/1.sql:2:8: error: no such column: oops\n"
                                "    2 | SELECT oops;\n"
                                "      |        ^~~~\n"
                                "migrations/1.sql:1:1: note: the table is here\n"
                                "    1 | SELECT 1;\n"
                                "      | ^~~~~~\n"
                                "migrations: note: and a folder\n"
                                "note: and no place\n"
                                "hint: add the column\n");
}

TEST(Render, NamesTheSeverity) {
  EXPECT_EQ(render({Severity::error, "m", {}, {}, {}}), "error: m\n");
  EXPECT_EQ(render({Severity::warning, "m", {}, {}, {}}), "warning: m\n");
  EXPECT_EQ(render({Severity::note, "m", locate("a.sql"), {}, {}}), "a.sql: note: m\n");
}

TEST(Render, ColoursWhatGccColours) {
  const Source source("a.sql", "x");
  EXPECT_EQ(render({Severity::error, "m", locate(source, 0), {{"n", {}}}, "h"}, Paint::colour),
            "\x1b[1ma.sql:1:1:\x1b[0m \x1b[1;31merror:\x1b[0m m\n"
            "    1 | x\n"
            "      | ^\n"
            "\x1b[1;36mnote:\x1b[0m n\n"
            "\x1b[1;32mhint:\x1b[0m h\n");
  EXPECT_EQ(render({Severity::warning, "m", {}, {}, {}}, Paint::colour), "\x1b[1;35mwarning:\x1b[0m m\n");
}

TEST(Render, LineNumbersStandInAColumn) {
  const Source source("a.sql", std::string(99'999, '\n') + "x");
  EXPECT_EQ(render({Severity::error, "m", locate(source, 99'999), {}, {}}), "a.sql:100000:1: error: m\n"
                                                                            "100000 | x\n"
                                                                            "      | ^\n");
}

TEST(Render, TabsStayTabs) {
  EXPECT_EQ(excerpt("\tSELECT\toops", 8, 4), "    1 | \tSELECT\toops\n"
                                             "      | \t      \t^~~~\n");
}

TEST(Render, TheCaretCountsCharacters) {
  EXPECT_EQ(excerpt("'é€🙂' oops éé", 12, 9), "    1 | 'é€🙂' oops éé\n"
                                                     "      |       ^~~~~~~\n");
}

TEST(Render, MarksNothingBehindTheLine) {
  EXPECT_EQ(excerpt("SELECT a,\n b", 7, 5), "    1 | SELECT a,\n"
                                            "      |        ^~\n");
  EXPECT_EQ(excerpt("ab\r\ncd", 1, 9), "    1 | ab\n"
                                       "      |  ^\n");
  EXPECT_EQ(excerpt("ab\n", 2, 1), "    1 | ab\n"
                                   "      |   ^\n");
  EXPECT_EQ(excerpt("", 9, 9), "    1 | \n"
                               "      | ^\n");
}

TEST(Render, F34_AByteOrderMarkIsNotShown) {
  EXPECT_EQ(excerpt("\xEF\xBB\xBF"
                    "ab",
                    4),
            "    1 | ab\n"
            "      |  ^\n");
}

TEST(Render, S7_NothingSteersTheTerminal) {
  const Source source("a\x1b.sql", "\x1b[2J \u202eab\xFF c");
  EXPECT_EQ(render({Severity::error, "m\n\x07", locate(source, 8, 5), {{"n\x9b", {}}}, "h\u2066"}),
            "a\\x1b.sql:1:7: error: m\\x0a\\x07\n"
            "    1 | \\x1b[2J \\u202eab\\xff c\n"
            "      |               ^~~~~~~~\n"
            "note: n\\x9b\n"
            "hint: h\\u2066\n");
}

TEST(Render, S7_MarksTheWholeEscapedCharacter) {
  EXPECT_EQ(excerpt("a\u202e", 1, 3), "    1 | a\\u202e\n"
                                      "      |  ^~~~~~\n");
}

TEST(Render, OfALongLineThePartAroundTheCaretIsShown) {
  const std::string long_line = std::string(300, 'a') + "X" + std::string(300, 'b');
  EXPECT_EQ(excerpt(long_line, 300), "    1 | …" + std::string(59, 'a') + "X" + std::string(140, 'b') +
                                         "…\n"
                                         "      | " +
                                         std::string(60, ' ') + "^\n");
  EXPECT_EQ(excerpt(long_line, 10, 500), "    1 | " + std::string(200, 'a') +
                                             "…\n"
                                             "      | " +
                                             std::string(10, ' ') + "^" + std::string(189, '~') + "\n");
  EXPECT_EQ(excerpt(long_line, 600), "    1 | …" + std::string(60, 'b') +
                                         "\n"
                                         "      | " +
                                         std::string(60, ' ') + "^\n");
}

TEST(Render, ALineOfTwoHundredCharactersIsNotLong) {
  const std::string line = std::string(199, 'a') + "é";
  EXPECT_EQ(excerpt(line, 199), "    1 | " + line + "\n      | " + std::string(199, ' ') + "^\n");
}

TEST(Locate, TakesPositionsOfOtherParsers) {
  const Source source("a.toml", "a = 1\nb =\n");
  const auto shown = [&](Position position) {
    return render({Severity::error, "m", locate(source, position), {}, {}});
  };
  EXPECT_EQ(shown({2, 4}), "a.toml:2:4: error: m\n"
                           "    2 | b =\n"
                           "      |    ^\n");
  EXPECT_EQ(shown({3, 1}), "a.toml:3:1: error: m\n"
                           "    3 | \n"
                           "      | ^\n");
  EXPECT_EQ(render({Severity::error, "m", locate(Source("a.toml", ""), Position{1, 1}), {}, {}}),
            "a.toml:1:1: error: m\n"
            "    1 | \n"
            "      | ^\n");
}

TEST(Diagnostics, AreSortedByPlace) {
  const Source a("a.sql", "1\n2 3");
  const Source b("b.sql", "1");
  Diagnostics diagnostics;
  diagnostics.error("first without a place");
  diagnostics.warning("b 1", locate(b, 0));
  diagnostics.error("a 2:3", locate(a, 4));
  diagnostics.note("a 2:1", locate(a, 2));
  diagnostics.error("a 1:1, first", locate(a, 0));
  diagnostics.error("a 1:1, second", locate(a, 0));
  diagnostics.error("a as a whole", locate("a.sql"));
  diagnostics.note("second without a place");
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    order += diagnostic.message + "\n";
  }
  EXPECT_EQ(order, "a as a whole\na 1:1, first\na 1:1, second\na 2:1\na 2:3\nb 1\nfirst without a place\n"
                   "second without a place\n");
  EXPECT_EQ(diagnostics.errors(), 5U);
}

TEST(Diagnostics, OnlyErrorsAreErrors) {
  Diagnostics diagnostics;
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.note("n");
  diagnostics.warning("w").hint = "h";
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.add({Severity::error, "e", {}, {}, {}});
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(rendered(diagnostics), "note: n\nwarning: w\nhint: h\nerror: e\n");
}

TEST(FailureTest, CarriesAllOfIt) {
  const Failure failure(Exit::database, {{Severity::error, "one", {}, {}, {}}, {Severity::error, "two", {}, {}, {}}});
  EXPECT_EQ(failure.exit(), Exit::database);
  EXPECT_STREQ(failure.what(), "one");
  EXPECT_EQ(rendered(failure.diagnostics()), "error: one\nerror: two\n");
  EXPECT_STREQ(Failure(Exit::usage, std::vector<Diagnostic>{}).what(), "");
}

} // namespace
} // namespace retort
