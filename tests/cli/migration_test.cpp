#include "cli/tool_test.hpp"

#include <filesystem>

namespace retort {
namespace {

class MigrationTest : public ToolTest {};

TEST_F(MigrationTest, GoesUpAndDown) {
  EXPECT_EQ(text({"upgrade", "0001"}),
            "exit 0\n--- out\nupgrade base -> 0001  Create note.\n--- err\nsqlite:app.db is at 0001\n");
  EXPECT_EQ(text({"upgrade", "head"}),
            "exit 0\n--- out\nupgrade 0001 -> 0002  Create tag.\n--- err\nsqlite:app.db is at 0002\n");
  EXPECT_EQ(text({"upgrade", "heads"}), "exit 0\n--- err\nnothing to do: sqlite:app.db is at 0002\n");
  EXPECT_EQ(text({"downgrade", "base"}), "exit 0\n--- out\ndowngrade 0002 -> 0001  Create tag.\n"
                                         "downgrade 0001 -> base  Create note.\n--- err\nsqlite:app.db is at base\n");
}

TEST_F(MigrationTest, IsQuietOrVerbose) {
  EXPECT_EQ(text({"upgrade", "0001", "-q"}), "exit 0\n") << "errors only";
  EXPECT_EQ(text({"upgrade", "head", "-v"}),
            "exit 0\n--- out\nupgrade 0001 -> 0002  Create tag.\n--- err\nrunning: upgrade 0001 -> 0002  Create tag.\n"
            "sqlite:app.db is at 0002\n");
}

TEST_F(MigrationTest, PrintsThePlan) {
  out({"upgrade", "0001"});
  EXPECT_EQ(text({"upgrade", "head", "--plan"}), "exit 0\n--- out\nupgrade 0001 -> 0002  Create tag.\n");
  EXPECT_EQ(out({"downgrade", "base", "--plan"}), "downgrade 0001 -> base  Create note.\n");
  EXPECT_EQ(out({"upgrade", "head", "--plan", "--from", "base"}),
            "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n");
  EXPECT_EQ(out({"downgrade", "base", "--plan", "--from", "0002"}),
            "downgrade 0002 -> 0001  Create tag.\ndowngrade 0001 -> base  Create note.\n");
  EXPECT_EQ(out({"current"}), "0001  Create note.\n");
  EXPECT_EQ(out({"upgrade", "head", "--plan", "--format", "json"}),
            "{\n  \"diagnostics\": [],\n  \"steps\": [\n    {\n      \"direction\": \"up\",\n      \"id\": \"0002\",\n"
            "      \"message\": \"Create tag.\"\n    }\n  ]\n}\n");
}

TEST_F(MigrationTest, ShowsWhereThePlanIsCut) {
  tool_.revision("0003_c", "-- C.\n-- Transaction: cut\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0004_d", "-- D.\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(out({"upgrade", "head", "--plan", "--from", "0002"}),
            "upgrade 0002 -> 0003  C.\ncommit\nupgrade 0003 -> 0004  D.\n");
}

TEST_F(MigrationTest, Stamps) {
  EXPECT_EQ(text({"stamp", "head"}),
            "exit 0\n--- out\nstamp base -> 0001  Create note.\nstamp 0001 -> 0002  Create tag.\n"
            "--- err\nsqlite:app.db is at 0002\n");
  EXPECT_EQ(out({"stamp", "--purge", "0001"}), "stamp base -> 0001  Create note.\n");
  EXPECT_EQ(out({"current"}), "0001  Create note.\n");
  EXPECT_EQ(text({"stamp", "--purge", "base"}), "exit 0\n--- err\nsqlite:app.db is at base\n");
  EXPECT_EQ(out({"current"}), "base\n");
}

TEST_F(MigrationTest, StampsSeveralTargets) {
  tool_.revision("0003_b", "-- B.\n-- Revises: 0001\n\n-- migrate:up\nSELECT 1;\n");
  EXPECT_EQ(out({"stamp", "0002", "0003"}),
            "stamp base -> 0001  Create note.\nstamp 0001 -> 0002  Create tag.\nstamp 0001 -> 0003  B.\n");
  EXPECT_EQ(text({"stamp"}),
            "exit 2\n--- err\nerror: the target is missing\nhint: --help lists the commands and options\n");
}

TEST_F(MigrationTest, ARangeIsForScripts) {
  EXPECT_EQ(text({"upgrade", "base:head"}), "exit 2\n--- err\nerror: 'base:head' is a range, and no range is meant "
                                            "here\nhint: a range goes with --sql, 'history -r' and 'graph -r'\n");
  EXPECT_FALSE(exists("app.db"));
}

TEST_F(MigrationTest, BrokenSqlIsTheRevisionsError) {
  tool_.revision("0003_broken", "-- Broken.\n\n-- migrate:up\nCREATE TABLE broken (a);\nCREATE TABEL x (a);\n");
  EXPECT_EQ(text({"upgrade", "head"}),
            "exit 3\n--- err\nmigrations/0003_broken.sql:5:8: error: near \"TABEL\": syntax error\n"
            "    5 | CREATE TABEL x (a);\n      |        ^~~~~\n"
            "note: no revision was committed\n");
  EXPECT_EQ(text({"upgrade", "head", "--transaction", "each"}),
            "exit 3\n--- out\nupgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n--- err\n"
            "migrations/0003_broken.sql:5:8: error: near \"TABEL\": syntax error\n"
            "    5 | CREATE TABEL x (a);\n      |        ^~~~~\n"
            "note: 2 revisions were committed before this\n");
}

TEST_F(MigrationTest, ReportsEveryMistakeInTheFilesAtOnce) {
  tool_.revision("0003_broken", "-- Broken.\n-- Revises: 0009\n\n-- migrate:up\nSELECT 'x;\n");
  tool_.revision("0004_broken", "-- Broken.\n\n-- migrate:up\nCOMMIT;\n");
  const Output output = tool_.run({"upgrade", "head"});
  EXPECT_EQ(output.status, 1);
  EXPECT_EQ(output.out, "");
  EXPECT_THAT(output.err, testing::HasSubstr("migrations/0003_broken.sql:2:13: error: "));
  EXPECT_THAT(output.err, testing::HasSubstr("migrations/0003_broken.sql:5:8: error: "));
  EXPECT_THAT(output.err, testing::HasSubstr("migrations/0004_broken.sql:4:1: error: "));
  EXPECT_FALSE(exists("app.db"));
}

TEST_F(MigrationTest, RefusesWhatDoesNotResolve) {
  EXPECT_EQ(text({"upgrade", "nosuch"}),
            "exit 2\n--- err\nerror: there is no revision or label 'nosuch'\nhint: 'history' lists the revisions\n");
  EXPECT_EQ(text({"downgrade", "base"}), "exit 0\n--- err\nnothing to do: sqlite:app.db is at base\n");
  EXPECT_FALSE(exists("app.db"));
  out({"upgrade", "head"});
  EXPECT_EQ(tool_.run({"downgrade", "-3"}).status, 2);
  EXPECT_EQ(out({"current"}), "0002 (head)  Create tag.\n");
}

TEST_F(MigrationTest, RefusesToGoDownAcrossAnIrreversibleRevision) {
  tool_.revision("0003_irreversible", "-- No way back.\n\n-- migrate:up\nSELECT 1;\n");
  tool_.revision("0004_d", "-- D.\n\n-- migrate:up\nCREATE TABLE d (a);\n-- migrate:down\nDROP TABLE d;\n");
  out({"upgrade", "head"});
  EXPECT_EQ(text({"downgrade", "0002"}),
            "exit 1\n--- err\nmigrations/0003_irreversible.sql: error: 0003 is irreversible: it has no way down\n"
            "hint: nothing was run; add a '-- migrate:down' section (an empty one if nothing has to be undone), or go "
            "down to "
            "this revision at most\n");
  EXPECT_EQ(out({"downgrade", "0003"}), "downgrade 0004 -> 0003  D.\n");
}

TEST_F(MigrationTest, ABrokenWayDownOnlyWarnsOnTheWayUp) {
  tool_.revision("0003_c", "-- C.\n\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 'x;\n");
  const Output output = tool_.run({"upgrade", "head"});
  EXPECT_EQ(output.status, 0);
  EXPECT_THAT(output.err, testing::HasSubstr("migrations/0003_c.sql:6:8: warning: "));
}

TEST_F(MigrationTest, PlansForADatabaseThatIsNotThereYet) {
  EXPECT_EQ(out({"upgrade", "0001", "--plan", "-u", "sqlite:new.db"}), "upgrade base -> 0001  Create note.\n");
  EXPECT_FALSE(std::filesystem::exists(tool_.folder / "new.db"));
}

TEST_F(MigrationTest, SaysWhereADatabaseCannotBe) {
  EXPECT_EQ(text({"upgrade", "head", "-u", "sqlite:nowhere/app.db"}),
            "exit 3\n--- err\nerror: cannot open sqlite:nowhere/app.db: unable to open database file\n"
            "hint: check that the folder exists and that this user may write to it\n");
  EXPECT_EQ(text({"upgrade", "head", "-u", "sqlite:migrations"}),
            "exit 3\n--- err\nerror: cannot open sqlite:migrations: unable to open database file\n"
            "hint: check that the folder exists and that this user may write to it\n");
  EXPECT_EQ(text({"upgrade", "head", "--sqlite-extension", "./none"}),
            "exit 3\n--- err\nerror: cannot load the SQLite extension ./none: ./none.so: cannot open shared object "
            "file: No such "
            "file or directory\nhint: check its path, and that it is built for this "
            "SQLite\n");
}

TEST_F(MigrationTest, ADatabaseInMemoryIsGoneAfterwards) {
  EXPECT_EQ(out({"upgrade", "head", "-u", "sqlite::memory:"}),
            "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n");
  EXPECT_EQ(out({"current", "-u", "sqlite::memory:"}), "base\n");
}

} // namespace
} // namespace retort
