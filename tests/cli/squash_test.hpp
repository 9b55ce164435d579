#pragma once

#include "cli/tool_test.hpp"

namespace retort {

/// Four revisions behind each other; 0002 writes a row, and 0003 changes what 0002 made.
class SquashCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.environment.clear();
    tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:new.db\"\n");
    tool_.revision("0002_create_tag",
                   "-- Create tag.\n-- Branch: tags\n\n-- migrate:up\nCREATE TABLE tag (id INTEGER PRIMARY KEY, name "
                   "TEXT);\nINSERT INTO tag VALUES (1, 'red');\n-- migrate:down\nDROP TABLE tag;\n");
    tool_.revision("0003_text",
                   "-- Name it text.\n\n-- migrate:up\nALTER TABLE tag RENAME COLUMN name TO text;\nALTER TABLE note "
                   "ADD COLUMN day TEXT;\n-- migrate:down\nALTER TABLE note DROP COLUMN day;\nALTER TABLE tag RENAME "
                   "COLUMN text TO name;\n");
    tool_.revision("0004_last", "-- Create last.\n\n-- migrate:up\nCREATE TABLE last (id INTEGER PRIMARY KEY);\n"
                                "-- migrate:down\nDROP TABLE last;\n");
  }

  std::string squash(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "squash");
    return text(arguments);
  }

  /// A database that stands there before anything is squashed.
  std::string database_at(const std::string& target) const {
    std::string url = "sqlite:at" + target + ".db";
    out({"upgrade", target, "-q", "-u", url});
    return url;
  }

  /// That nothing was moved or written.
  void expect_untouched() const {
    EXPECT_FALSE(exists("migrations/replaced"));
    EXPECT_TRUE(exists("migrations/0002_create_tag.sql"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(tool_.folder / "migrations"), {}), 4);
  }
};

inline const std::string seen =
    "migrations/0002_create_tag.sql:6:1: warning: no comparison of schemas can see what this does: INSERT INTO tag "
    "VALUES (1, 'red')\n    6 | INSERT INTO tag VALUES (1, 'red');\n      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n";
inline const std::string done = "exit 0\n--- out\nmigrations/0003_squash_0002_to_0003.sql\n--- err\n" + seen +
                                "2 revisions are in migrations/replaced now\n";

} // namespace retort
