#include "revision/sections.hpp"
#include "support/rendered.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

/// The sections, a line each, with their text in brackets, then the diagnostics.
std::string read(const std::string& text, std::size_t begin = 0) {
  const auto source = std::make_shared<const Source>("a.sql", text);
  Diagnostics diagnostics;
  std::string out;
  for (const Section& section : read_sections(source, begin, diagnostics)) {
    EXPECT_EQ(section.source, source);
    out += name(section.direction);
    out += section.dialect ? " " + std::string(name(*section.dialect)) : "";
    out += section.transactional ? "" : " outside";
    out += " [" + text.substr(section.begin, section.end - section.begin) + "]\n";
  }
  return out + rendered(diagnostics);
}

TEST(Sections, RunToTheNextMarker) {
  EXPECT_EQ(read("-- migrate:up\nA;\n\n-- migrate:down\nB;"), "up [A;\n\n]\ndown [B;]\n");
  EXPECT_EQ(read("-- migrate:up\n-- migrate:down\n-- migrate:up"), "up []\ndown []\nup []\n");
  EXPECT_EQ(read("-- a\n\n-- migrate:up\nA\n", 5), "up [A\n]\n");
  EXPECT_EQ(read(""), "");
}

TEST(Sections, HaveOptions) {
  EXPECT_EQ(read("-- migrate:up dialect:postgresql transaction:false\nA\n--migrate:up\tdialect:sqlite  \nB\n"
                 "--  migrate:down transaction:true\nC\n"),
            "up postgresql outside [A\n]\nup sqlite [B\n]\ndown [C\n]\n");
}

TEST(Sections, F34_MarkersMayEndInACarriageReturn) {
  EXPECT_EQ(read("-- migrate:up transaction:false\r\nA\r\n-- migrate:down\r\n"), "up outside [A\r\n]\ndown []\n");
}

TEST(Sections, CommentsMayStandBeforeTheFirst) { EXPECT_EQ(read("-- a\n  -- b\n\n-- migrate:up\nA\n"), "up [A\n]\n"); }

TEST(Sections, SqlBeforeTheFirstIsAnErrorOnce) {
  EXPECT_EQ(read("\n  CREATE TABLE a (b);\nSELECT 1;\n-- migrate:up\nA\n"),
            "up [A\n]\n"
            "a.sql:2:3: error: SQL before the first section\n"
            "    2 |   CREATE TABLE a (b);\n"
            "      |   ^~~~~~~~~~~~~~~~~~~\n"
            "hint: write '-- migrate:up' on a line of its own before it\n");
}

TEST(Sections, AMarkerMustNotBeIndented) {
  EXPECT_EQ(read("-- migrate:up\nA\n \t-- migrate:down\nB\n"),
            "up [A\n]\ndown [B\n]\n"
            "a.sql:3:3: error: a section marker must begin in the first column\n"
            "    3 |  \t-- migrate:down\n"
            "      |  \t^~~~~~~~~~~~~~~\n"
            "hint: remove the blanks before '--'\n");
}

TEST(Sections, AnUnknownSectionIsAnError) {
  EXPECT_EQ(read("-- migrate:upp\nA\n"), "up [A\n]\n"
                                         "a.sql:1:4: error: unknown section 'migrate:upp'\n"
                                         "    1 | -- migrate:upp\n"
                                         "      |    ^~~~~~~~~~~\n"
                                         "hint: a section begins with '-- migrate:up' or '-- migrate:down'\n");
  EXPECT_EQ(read("-- migrate: up\n").substr(0, 64),
            "up []\na.sql:1:4: error: unknown section 'migrate:'\n    1 | -- mi");
}

TEST(Sections, AnUnknownOptionIsAnError) {
  const std::string hint =
      "hint: the options are dialect:sqlite, dialect:postgresql, transaction:true and transaction:false\n";
  EXPECT_EQ(read("-- migrate:down transaction:no dialects:sqlite\nA\n"),
            "down [A\n]\n"
            "a.sql:1:17: error: unknown section option 'transaction:no'\n"
            "    1 | -- migrate:down transaction:no dialects:sqlite\n"
            "      |                 ^~~~~~~~~~~~~~\n" +
                hint +
                "a.sql:1:32: error: unknown section option 'dialects:sqlite'\n"
                "    1 | -- migrate:down transaction:no dialects:sqlite\n"
                "      |                                ^~~~~~~~~~~~~~~\n" +
                hint);
}

TEST(Sections, AnUnknownDialectIsAnError) {
  EXPECT_EQ(read("-- migrate:up dialect:mysql\nA\n"), "up [A\n]\n"
                                                      "a.sql:1:15: error: unknown dialect 'mysql'\n"
                                                      "    1 | -- migrate:up dialect:mysql\n"
                                                      "      |               ^~~~~~~~~~~~~\n"
                                                      "hint: the dialects are sqlite and postgresql\n");
}

TEST(HasSections, LooksForAMarkerInTheFirstColumn) {
  EXPECT_TRUE(has_sections("-- migrate:up"));
  EXPECT_TRUE(has_sections("--migrate:down\n"));
  EXPECT_TRUE(has_sections("-- a migrate:up\r\n--\tmigrate:up"));
  EXPECT_TRUE(has_sections("\xEF\xBB\xBF-- migrate:up"));
  EXPECT_TRUE(has_sections("-- migrate:x")) << "which is then reported as unknown";
  for (const std::string_view none :
       {"", "SELECT 1;\n", "migrate:up", "-- see migrate:up", " -- migrate:up", "SELECT 1; -- migrate:up", "--"}) {
    EXPECT_FALSE(has_sections(none)) << none;
  }
}

} // namespace
} // namespace retort
