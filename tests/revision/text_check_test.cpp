#include "revision/text_check.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string check(const std::string& text) {
  const Source source("a.sql", text);
  Diagnostics diagnostics;
  const bool fine = check_text(source, diagnostics);
  EXPECT_EQ(fine, !diagnostics.has_errors());
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    out += render(diagnostic);
  }
  return out;
}

TEST(TextCheck, F34_AcceptsUtf8WithEitherLineEnd) {
  EXPECT_EQ(check(""), "");
  EXPECT_EQ(check("\xEF\xBB\xBFSELECT 'h\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82 and some more';\r\n-- b\n\r\n"), "");
}

TEST(TextCheck, F34_InvalidUtf8IsReportedWithItsOffset) {
  EXPECT_EQ(check("SELECT 1;\nSELECT '\xC3\xA4\xE4';\n"), "a.sql:2:10: error: invalid UTF-8 at byte offset 20\n"
                                                          "    2 | SELECT '\xC3\xA4\\xe4';\n"
                                                          "      |          ^~~~\n");
  EXPECT_EQ(check("12345678\xC3").substr(0, 50), "a.sql:1:9: error: invalid UTF-8 at byte offset 8\n ");
}

TEST(TextCheck, F34_NulIsReportedWithItsOffset) {
  EXPECT_EQ(check(std::string("ab\0c\0", 5)), "a.sql:1:3: error: NUL byte at byte offset 2\n"
                                              "    1 | ab\\x00c\\x00\n"
                                              "      |   ^~~~\n");
}

TEST(TextCheck, F34_BareCarriageReturnIsReported) {
  EXPECT_EQ(check("a\r\nb\rc\r"), "a.sql:2:2: error: carriage return without a line feed at byte offset 4\n"
                                  "    2 | b\\x0dc\n"
                                  "      |  ^~~~\n"
                                  "hint: end lines with LF or CRLF\n");
}

TEST(TextCheck, F34_Utf16IsRecognized) {
  const std::string shown = check(std::string("\xFF\xFEs\0e\0l\0", 8));
  EXPECT_NE(shown.find("invalid UTF-8 at byte offset 0\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("hint: this looks like UTF-16: save the file as UTF-8\n"), std::string::npos) << shown;
}

} // namespace
} // namespace retort
