#include "cli/squash_test.hpp"

namespace retort {
namespace {

TEST_F(SquashCommandTest, WritesOneRevisionForSeveral) {
  EXPECT_EQ(squash({"0002:0003", "--yes"}), done);
  EXPECT_EQ(tool_.read("migrations/0003_squash_0002_to_0003.sql"), "-- Squash 0002 to 0003.\n--\n"
                                                                   "-- Revises: 0001\n"
                                                                   "-- Branch: tags\n"
                                                                   "-- Replaces: 0002\n\n"
                                                                   "-- migrate:up\n"
                                                                   "CREATE TABLE tag (id INTEGER PRIMARY KEY, text "
                                                                   "TEXT);\n"
                                                                   "ALTER TABLE note ADD COLUMN day TEXT;\n"
                                                                   "-- From 0002.\n"
                                                                   "INSERT INTO tag VALUES (1, 'red');\n\n"
                                                                   "-- migrate:down\n"
                                                                   "-- Careful: this loses the table tag.\n"
                                                                   "DROP TABLE tag;\n"
                                                                   "-- Careful: this loses the column note.day.\n"
                                                                   "ALTER TABLE note DROP COLUMN day;\n");
  EXPECT_TRUE(exists("migrations/replaced/0002_create_tag.sql"));
  EXPECT_TRUE(exists("migrations/replaced/0003_text.sql"));
  EXPECT_EQ(out({"history"}), "0003 -> 0004 (head)  Create last.\n0001 -> 0003 (tags)  Squash 0002 to 0003.\n"
                              "base -> 0001  Create note.\n");
  EXPECT_EQ(out({"upgrade", "head", "-u", "sqlite:new.db"}),
            "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0003  Squash 0002 to 0003.\n"
            "upgrade 0003 -> 0004  Create last.\n");
  EXPECT_EQ(out({"downgrade", "0001", "-u", "sqlite:new.db"}),
            "downgrade 0004 -> 0003  Create last.\ndowngrade 0003 -> 0001  Squash 0002 to 0003.\n");
}

TEST_F(SquashCommandTest, EveryOtherDatabaseGoesTheOldWay) {
  const std::string before = database_at("0001");
  const std::string inside = database_at("0002");
  const std::string end = database_at("0003");
  const std::string beyond = database_at("0004");
  ASSERT_EQ(squash({"0002:0003", "--yes"}), done);
  out({"upgrade", "head", "-q"});

  EXPECT_EQ(out({"upgrade", "head", "-u", before}), "upgrade 0001 -> 0002  Create tag.\nupgrade 0002 -> 0003  Name it "
                                                    "text.\nupgrade 0003 -> 0004  Create last.\n");
  EXPECT_EQ(out({"current", "-u", inside}), "0002  Create tag.\n");
  EXPECT_EQ(text({"check", "-u", inside}), "exit 4\n--- out\nsqlite: 3 revisions, head 0004\npending: 0003  Name it "
                                           "text.\npending: 0004  Create last.\n");
  EXPECT_EQ(text({"diff", "0002", inside}), "exit 0\n");
  EXPECT_EQ(out({"upgrade", "head", "-u", inside}), "upgrade 0002 -> 0003  Name it text.\n"
                                                    "upgrade 0003 -> 0004  Create last.\n");
  EXPECT_EQ(out({"history", "-i", "-r", "0001:0003", "-u", end}), "0002 -> 0003  Name it text.  (current)\n"
                                                                  "0001 -> 0002 (tags)  Create tag.\n"
                                                                  "base -> 0001  Create note.\n");
  EXPECT_EQ(out({"upgrade", "head", "-u", end}), "upgrade 0003 -> 0004  Create last.\n");
  EXPECT_EQ(out({"upgrade", "head", "-u", beyond}), "");
  for (const std::string& url : {before, inside, end, beyond}) {
    EXPECT_EQ(text({"check", "-u", url}),
              "exit 0\n--- out\nsqlite: 3 revisions, head 0004\n" + url + " is up to date\n");
    EXPECT_EQ(text({"diff", "sqlite:new.db", url}), "exit 0\n");
  }
  EXPECT_EQ(out({"downgrade", "0001", "-u", beyond}),
            "downgrade 0004 -> 0003  Create last.\ndowngrade 0003 -> 0002  Name it text.\n"
            "downgrade 0002 -> 0001  Create tag.\n");
  EXPECT_EQ(out({"stamp", "--purge", "head", "-q", "-u", end}), "");
  EXPECT_EQ(out({"current", "-v", "-u", end}).substr(0, 25), "0004 (head)  Create last.");
  EXPECT_THAT(out({"current", "-v", "-u", end}), testing::Not(testing::HasSubstr("\n  0002")));
}

TEST_F(SquashCommandTest, ScriptsKnowWhereTheyStart) {
  ASSERT_EQ(squash({"0002:0003", "--yes"}), done);
  const auto planned = [&](const std::string& from) {
    return out({"upgrade", "head", "--plan", "--from", from, "--dialect", "sqlite"});
  };
  const std::string last = "upgrade 0003 -> 0004  Create last.\n";
  EXPECT_EQ(planned("base"), "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0003  Squash 0002 to 0003.\n" + last);
  EXPECT_EQ(planned("0001"), "upgrade 0001 -> 0002  Create tag.\nupgrade 0002 -> 0003  Name it text.\n" + last);
  EXPECT_EQ(planned("0002"), "upgrade 0002 -> 0003  Name it text.\n" + last);
  const auto guard = [&](const std::string& range) { return out({"upgrade", range, "--sql", "--dialect", "sqlite"}); };
  EXPECT_THAT(guard("0003:head"), testing::Not(testing::HasSubstr("0002")));
  EXPECT_THAT(guard("0002,0003:head"), testing::HasSubstr("'0002'"));
  EXPECT_EQ(text({"upgrade", "base:head", "--sql", "--idempotent", "--dialect", "postgresql"}),
            "exit 2\n--- err\nmigrations/0003_squash_0002_to_0003.sql: error: an idempotent script cannot lead through "
            "0003, which replaces others: it cannot tell which way a database went\n"
            "hint: begin behind it, with 0003:head, or leave --idempotent out\n");
  EXPECT_EQ(text({"upgrade", "0001:head", "--sql", "--idempotent", "--dialect", "postgresql"}),
            "exit 2\n--- err\nmigrations/0003_squash_0002_to_0003.sql: error: an idempotent script cannot lead through "
            "0003, which replaces others: it cannot tell which way a database went\n"
            "hint: begin within what it replaces, with 0002:head, or behind it, or leave --idempotent out\n");
  EXPECT_THAT(out({"upgrade", "0002:head", "--sql", "--idempotent", "--dialect", "postgresql"}),
              testing::HasSubstr("'0002'"));
}

TEST_F(SquashCommandTest, SaysWhatStandsForWhatIsGone) {
  ASSERT_EQ(squash({"0002:0003", "--yes"}), done);
  EXPECT_EQ(text({"show", "0002"}),
            "exit 2\n--- err\nerror: there is no revision or label '0002'\n"
            "hint: 0003 replaces it: write 0003; only databases that went the old way know it\n");
  tool_.revision("0005_branch", "-- Branch.\n-- Revises: 0002\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_THAT(text({"history"}), testing::AllOf(testing::HasSubstr("error: missing parent '0002'\n"),
                                                testing::HasSubstr("hint: 0003 replaces it: write 0003\n")));
}

TEST_F(SquashCommandTest, StampsADatabaseWithinTheRange) {
  const std::string inside = database_at("0002");
  ASSERT_EQ(squash({"0002:0003", "--yes"}), done);
  EXPECT_EQ(out({"stamp", "--purge", "0002", "-q", "-u", inside}), "");
  EXPECT_EQ(out({"upgrade", "head", "-u", inside}),
            "upgrade 0002 -> 0003  Name it text.\nupgrade 0003 -> 0004  Create last.\n");
  EXPECT_EQ(out({"stamp", "0002", "-q"}), "");
  EXPECT_EQ(out({"current"}), "0002  Create tag.\n");
  EXPECT_EQ(text({"stamp", "--purge", "current", "-u", inside}),
            "exit 2\n--- err\nerror: 'current' counts from what a purge forgets\n"
            "hint: 'current' shows where the database is: name that revision\n");
}

TEST_F(SquashCommandTest, AsksBeforeItKeepsData) {
  EXPECT_EQ(squash({"0002:0003"}), "exit 1\n--- err\n" + seen +
                                       "error: the range has 1 statement that no comparison of schemas can see\n"
                                       "hint: --yes keeps them, --without-data leaves them out, --leave-out one\n");
  expect_untouched();
  EXPECT_EQ(squash({"0002:0003", "--without-data"}),
            "exit 0\n--- out\nmigrations/0003_squash_0002_to_0003.sql\n--- err\n" + seen +
                "warning: sqlite: behind the way up, table tag has 0 rows instead of 1\n"
                "2 revisions are in migrations/replaced now\n");
  EXPECT_THAT(tool_.read("migrations/0003_squash_0002_to_0003.sql"),
              testing::HasSubstr("-- Left out, from 0002: INSERT INTO tag VALUES (1, 'red')\n\n-- migrate:down\n"));
}

TEST_F(SquashCommandTest, ListsWhateverIsNotSchema) {
  tool_.revision("0004_last", "-- Create last.\n\n-- migrate:up\nCREATE TABLE last AS SELECT 1 AS one;\n"
                              "CREATE TABLE sum (a INT, b INT GENERATED ALWAYS AS (a + 1));\nPRAGMA user_version = 3;\n"
                              "ANALYZE;\nWITH t AS (SELECT 1) DELETE FROM tag;\n");
  const std::string found = squash({"0003:0004", "--rename", "tag.name=text"});
  EXPECT_THAT(found, testing::HasSubstr("0004_last.sql:4:1: warning: "));
  EXPECT_THAT(found, testing::HasSubstr("0004_last.sql:6:1: warning: "));
  EXPECT_THAT(found, testing::HasSubstr("0004_last.sql:8:1: warning: "));
  EXPECT_THAT(found, testing::HasSubstr("error: the range has 3 statements that "));
}

TEST_F(SquashCommandTest, WhatCannotBeUndoneStaysSo) {
  tool_.revision("0003_text", "-- Name it text.\n-- Irreversible: names were lost\n-- Deletes: days\n\n-- migrate:up\n"
                              "ALTER TABLE tag RENAME COLUMN name TO text;\n");
  EXPECT_THAT(squash({"0001:0003", "--yes", "-m", "The first year"}),
              testing::StartsWith("exit 0\n--- out\nmigrations/0003_the_first_year.sql\n"));
  EXPECT_EQ(tool_.read("migrations/0003_the_first_year.sql"),
            "-- The first year\n--\n-- Revises: base\n-- Branch: tags\n-- Irreversible: names were lost\n"
            "-- Deletes: days\n-- Replaces: 0001, 0002\n\n-- migrate:up\n"
            "CREATE TABLE note (id INTEGER PRIMARY KEY);\n"
            "CREATE TABLE tag (id INTEGER PRIMARY KEY, text TEXT);\n-- From 0002.\nINSERT INTO tag VALUES (1, "
            "'red');\n");
  EXPECT_EQ(out({"upgrade", "head"}), "upgrade base -> 0003  The first year\nupgrade 0003 -> 0004  Create last.\n");
}

TEST_F(SquashCommandTest, KeepsOuterDependenciesAndUnits) {
  tool_.revision("0005_side", "-- Side.\n-- Revises: base\n-- Branch: side\n\n-- migrate:up\nCREATE TABLE side (id "
                              "INTEGER PRIMARY KEY);\n");
  tool_.revision("0004_last", "-- Create last.\n-- Depends-On: 0003, side\n\n-- migrate:up\nCREATE TABLE final (id "
                              "INTEGER REFERENCES side (id));\n-- migrate:up transaction:false\n"
                              "PRAGMA user_version = 7;\n");
  const std::string inside = database_at("0003");
  out({"squash", "0003:0004", "--yes", "--rename", "tag.name=text"});
  EXPECT_EQ(tool_.read("migrations/0004_squash_0003_to_0004.sql"),
            "-- Squash 0003 to 0004.\n--\n-- Revises: 0002\n-- Depends-On: 0005\n-- Irreversible: 0004 has no way "
            "down\n-- Replaces: 0003\n\n"
            "-- migrate:up\n"
            "ALTER TABLE tag RENAME COLUMN name TO text;\n"
            "CREATE TABLE final (id INTEGER REFERENCES side (id));\n"
            "ALTER TABLE note ADD COLUMN day TEXT;\n\n"
            "-- migrate:up transaction:false\n-- From 0004.\nPRAGMA user_version = 7;\n");
  EXPECT_EQ(out({"upgrade", "heads", "-u", inside}),
            "upgrade base -> 0005  Side.\nupgrade 0003 -> 0004  Create last.\n");
}

// 0002 writes a row into every database, a new one as well.
TEST_F(SquashCommandTest, AsksBeforeItLosesRowsOfEarlierRevisions) {
  EXPECT_EQ(squash({"0003:0004"}),
            "exit 1\n--- err\nwarning: sqlite: behind the way up, table tag has other values in its rows\n"
            "warning: sqlite: behind the way down, table tag has other values in its rows\n"
            "error: a new database would not have what the range leaves in one\n"
            "hint: --rename TABLE.OLD=NEW keeps values where a name changed; --yes accepts it\n");
  expect_untouched();
  EXPECT_EQ(squash({"0003:0004", "--rename", "tag.name=text"}),
            "exit 0\n--- out\nmigrations/0004_squash_0003_to_0004.sql\n--- err\n"
            "2 revisions are in migrations/replaced now\n");
}

TEST_F(SquashCommandTest, NothingIsWrittenThatIsNotProven) {
  tool_.revision("0003_text", "-- Name it text.\n\n-- migrate:up\nINSERT INTO tag (name) VALUES ('blue');\n"
                              "ALTER TABLE tag RENAME COLUMN name TO text;\n");
  EXPECT_THAT(
      squash({"0002:0003", "--yes"}),
      testing::HasSubstr("error: sqlite: the way up: 'INSERT INTO tag (name) VALUES ('blue')' fails: table tag has no "
                         "column named name\n"
                         "error: one revision cannot stand for this range; nothing was changed\n"
                         "hint: try a smaller range\n"));
  expect_untouched();
}

TEST_F(SquashCommandTest, RefusesWhatIsNoRange) {
  const auto usage = [](const std::string& message) { return "exit 2\n--- err\n" + message; };
  EXPECT_EQ(squash({"0002"}), usage("error: '0002' is no range with a start and an end\n"
                                    "hint: write START:END; both belong to the range\n"));
  EXPECT_EQ(squash({"0002:0002"}),
            usage("migrations/0002_create_tag.sql: error: there is nothing to squash: 0002 alone is named\n"
                  "hint: write START:END; both belong to the range\n"));
  EXPECT_EQ(squash({"0003:0002"}), usage("migrations/0003_text.sql: error: 0003 does not lead to 0002\n"
                                         "hint: write START:END, the older revision first\n"));
  tool_.revision("0005_side", "-- Side.\n-- Revises: 0002\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(squash({"0001:0003"}),
            usage("migrations/0005_side.sql: error: 0005 follows 0002 as well: a range with a branch cannot be "
                  "squashed\nhint: let the range end at 0002 or begin behind it\n"));
  tool_.revision("0006_merge", "-- Merge.\n-- Revises: 0004, 0005\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0007_next", "-- Next.\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(squash({"0004:0007"}),
            usage("migrations/0006_merge.sql: error: 0006 merges 0004, 0005: a range with a merge cannot be squashed\n"
                  "hint: let the range begin at 0006\n"));
  tool_.revision("0008_root", "-- Root.\n-- Revises: base\n-- Depends-On: 0003\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(squash({"0003:0004"}), usage("migrations/0008_root.sql: error: 0008 depends on 0003, which would be gone\n"
                                         "hint: let the range end at 0003 or begin behind it\n"));
}

TEST_F(SquashCommandTest, RefusesWhatWasSquashed) {
  ASSERT_EQ(squash({"0002:0003", "--yes"}), done);
  EXPECT_THAT(squash({"0003:0004"}), testing::HasSubstr("error: 0003 replaces others itself\n"));
  std::filesystem::remove(tool_.folder / "migrations/replaced/0002_create_tag.sql");
  EXPECT_EQ(text({"history"}),
            "exit 1\n--- err\nmigrations/0003_squash_0002_to_0003.sql:5:14: error: 0003 replaces 0002, which has no "
            "file in 'replaced'\n    5 | -- Replaces: 0002\n      |              ^~~~\n"
            "hint: get the file back; or remove the line 'Replaces:' once no database needs what it names\n");
}

TEST_F(SquashCommandTest, FollowsTheSameRevisionAsWhatItReplaces) {
  tool_.revision("0000_zero", "-- Zero.\n\n-- migrate:up\nSELECT 1;\n");
  ASSERT_EQ(squash({"0002:0003", "--yes"}), done);
  std::string text = tool_.read("migrations/0003_squash_0002_to_0003.sql");
  tool_.revision("0003_squash_0002_to_0003", text.replace(text.find("Revises: 0001"), 13, "Revises: 0000"));
  EXPECT_EQ(this->text({"history"}),
            "exit 1\n--- err\nmigrations/0003_squash_0002_to_0003.sql: error: 0003 follows 0000, but 0002, which it "
            "replaces, follows 0001\nhint: let both follow the same revision\n");
}

TEST_F(SquashCommandTest, NeedsToKnowTheDialects) {
  tool_.write("retort.toml", "");
  EXPECT_EQ(squash({"0003:0004"}), "exit 2\n--- err\nerror: it is not known which dialects the history is for\n"
                                   "hint: --dialect names one; or write a [database.NAME] for each into retort.toml\n");
  tool_.revision("0004_last", "-- Create last.\n\n-- migrate:up dialect:postgresql\nCREATE TABLE last (id int);\n");
  EXPECT_EQ(squash({"0003:0004", "--dialect", "sqlite"}),
            "exit 2\n--- err\nerror: the range has sections for postgresql, too\nhint: leave --dialect out\n");
}

TEST_F(SquashCommandTest, SpeaksJson) {
  const std::string json = out({"squash", "0002:0003", "--yes", "--format", "json"});
  EXPECT_THAT(json, testing::HasSubstr("\"path\": \"migrations/0003_squash_0002_to_0003.sql\""));
  EXPECT_THAT(json, testing::HasSubstr("\"replaced\": [\n    \"0002\",\n    \"0003\"\n  ]"));
  EXPECT_THAT(json, testing::HasSubstr("no comparison of schemas can see what this does"));
}

} // namespace
} // namespace retort
