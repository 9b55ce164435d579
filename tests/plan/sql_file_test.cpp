#include "plan/sql_file.hpp"
#include "support/rendered.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string commands(const std::string& text, Dialect dialect) {
  const Source source("seed.sql", text);
  std::string shown;
  for (const Command& command : sql_file_commands(source, dialect, "a seed")) {
    shown += std::string(command.sql()) + "\n";
  }
  return shown;
}

TEST(SqlFile, IsOneTransaction) {
  const char* text = "-- Rows.\nINSERT INTO a VALUES (';');\nUPDATE a SET b = 1;\n";
  EXPECT_EQ(commands(text, Dialect::sqlite),
            "BEGIN IMMEDIATE\nINSERT INTO a VALUES (';')\nUPDATE a SET b = 1\nCOMMIT\n");
  EXPECT_EQ(commands(text, Dialect::postgresql), "BEGIN\nINSERT INTO a VALUES (';')\nUPDATE a SET b = 1\nCOMMIT\n");
  EXPECT_EQ(commands("-- Nothing yet.\n", Dialect::sqlite), "");
}

TEST(SqlFile, RefusesTransactionControl) {
  const Source source("seed.sql", "INSERT INTO a VALUES (1);\nCOMMIT;\nVACUUM;\n");
  EXPECT_EQ(refusal([&] { sql_file_commands(source, Dialect::sqlite, "a seed"); }),
            "1\n"
            "seed.sql:2:1: error: COMMIT in a seed, which is loaded in one transaction\n"
            "    2 | COMMIT;\n"
            "      | ^~~~~~\n"
            "hint: remove this statement\n"
            "seed.sql:3:1: error: VACUUM in a seed, which is loaded in one transaction\n"
            "    3 | VACUUM;\n"
            "      | ^~~~~~\n"
            "hint: remove this statement\n");
}

TEST(SqlFile, RefusesWhatCannotBeSplit) {
  const Source source("seed.sql", "INSERT INTO a VALUES ('one);\n");
  EXPECT_EQ(refusal([&] { sql_file_commands(source, Dialect::postgresql, "a seed"); }).substr(0, 24),
            "1\nseed.sql:1:22: error: ");
}

TEST(SqlFile, RefusesWhatIsNoText) {
  const auto refused = [](const std::string& text) {
    const Source source("seed.sql", text);
    const std::string all = refusal([&] { sql_file_commands(source, Dialect::sqlite, "a seed"); });
    return all.substr(0, all.find('\n', 2)); // without the line itself
  };
  EXPECT_EQ(refused("SELECT 1;\nSELECT '\xff';\n"), "1\nseed.sql:2:9: error: invalid UTF-8 at byte offset 18");
  EXPECT_EQ(refused(std::string("SELECT 1;\n\0", 11)), "1\nseed.sql:2:1: error: NUL byte at byte offset 10");
}

} // namespace
} // namespace retort
