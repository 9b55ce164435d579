#include "validate/validated.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string tried(const History& history, const Plan& plan, const std::vector<std::string>& extensions = {}) {
  Diagnostics diagnostics;
  try_sqlite(history, plan, extensions, diagnostics);
  return rendered(diagnostics);
}

std::string tried(const std::vector<std::string>& ups, const std::vector<std::string>& extensions = {}) {
  const History history = history_of_ups(ups, Dialect::sqlite);
  return tried(history, whole_way_up(history), extensions);
}

TEST(SqliteTrial, RunsTheWholeWay) {
  EXPECT_EQ(tried({"CREATE TABLE t (a);\n", "ALTER TABLE t ADD COLUMN b;\nCREATE INDEX t_b ON t (b);\n"}), "");
}

TEST(SqliteTrial, FindsWhatOnlyTheSchemaTells) {
  EXPECT_EQ(tried({"CREATE TABLE t (a);\n", "CREATE INDEX t_b ON t (b);\nSELECT nothing;\n"}),
            "2.sql:2:24: error: no such column: b\n"
            "    2 | CREATE INDEX t_b ON t (b);\n"
            "      |                        ^\n");
}

TEST(SqliteTrial, FindsRowsThatBreakAKey) {
  EXPECT_EQ(
      tried(
          {"CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE c (p REFERENCES p);\nINSERT INTO c VALUES (1);\n"}),
      "error: the revisions break foreign keys; they were rolled back\n"
      "note: rows of c refer to rows of p that do not exist: 1\n"
      "hint: foreign keys are off while Retort upgrades, so ON DELETE and ON UPDATE do not act: change the child rows "
      "in the revision, too\n");
}

TEST(SqliteTrial, OpensNoOtherFile) {
  EXPECT_EQ(tried({"ATTACH 'other.db' AS o;\n"}),
            "1.sql:2:1: error: not authorized\n"
            "    2 | ATTACH 'other.db' AS o;\n"
            "      | ^~~~~~~~~~~~~~~~~~~~~~\n"
            "hint: a database that Retort makes for a moment opens no other file\n");
}

TEST(SqliteTrial, StartsWhereThePlanStarts) {
  const History history = history_of({{"1", "-- migrate:up\nCREATE TABLE t (a);\n-- migrate:down\nDROP TABLE t;\n"},
                                      {"2", "-- migrate:up\nCREATE TABLE u (a);\n-- migrate:down\nDROP TABLE t;\n"}});
  EXPECT_EQ(tried(history, plan_upgrade(history, resolve_state(history, "1"), "2")), "");
  EXPECT_EQ(tried(history, plan_downgrade(history, resolve_state(history, "2"), "base")),
            "1.sql:4:1: error: no such table: t\n    4 | DROP TABLE t;\n      | ^~~~~~~~~~~~\n");
}

TEST(SqliteTrial, EndsWithAWarningAtAnOwnFunctionUnlessItIsLoaded) {
  const std::vector<std::string> ups = {"CREATE TABLE t (a);\nINSERT INTO t SELECT spare();\n",
                                        "CREATE TABLE v (a);\nCREATE TABLE v (a);\n"};
  EXPECT_EQ(tried(ups),
            "1.sql:3:22: warning: no such function: spare\n"
            "    3 | INSERT INTO t SELECT spare();\n"
            "      |                      ^~~~~\n"
            "note: the trial run ends here; what follows was not tried\n"
            "hint: if the application adds it, this is fine; SQLITE_EXTENSIONS lets the build load it, too\n");
  EXPECT_EQ(tried(ups, {RETORT_SPARE_FUNCTION}), "2.sql:3:14: error: table v already exists\n"
                                                 "    3 | CREATE TABLE v (a);\n"
                                                 "      |              ^\n");
}

TEST(SqliteTrial, ForgivesACollationAndAModule) {
  EXPECT_EQ(tried({"CREATE TABLE t (a COLLATE house);\nCREATE INDEX i ON t (a);\n"}),
            "1.sql:2:1: warning: no such collation sequence: house\n"
            "    2 | CREATE TABLE t (a COLLATE house);\n"
            "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
            "note: the trial run ends here; what follows was not tried\n"
            "hint: if the application adds it, this is fine; SQLITE_EXTENSIONS lets the build load it, too\n");
  EXPECT_EQ(tried({"CREATE VIRTUAL TABLE t USING house (a);\n"}),
            "1.sql:2:1: warning: no such module: house\n"
            "    2 | CREATE VIRTUAL TABLE t USING house (a);\n"
            "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
            "note: the trial run ends here; what follows was not tried\n"
            "hint: if the application adds it, this is fine; SQLITE_EXTENSIONS lets the build load it, too\n");
}

TEST(SqliteTrial, SaysWhyAnExtensionCannotBeLoaded) {
  EXPECT_EQ(
      tried({"SELECT 1;\n"}, {"/nowhere.so"}),
      "error: cannot load the SQLite extension /nowhere.so: /nowhere.so.so: cannot open shared object file: No such "
      "file or directory\nhint: check its path, and that it is built for this SQLite\n");
}

TEST(SqliteTrial, RunsWhatStandsOutsideOfTransactions) {
  const History history =
      history_of({{"1", "-- migrate:up\nCREATE TABLE t (a);\n-- migrate:up transaction:false\nVACUUM;\n-- migrate:up\n"
                        "INSERT INTO t VALUES (1);\n"},
                  {"2", "-- migrate:up transaction:false\nVACUUM;\n"}});
  EXPECT_EQ(tried(history, whole_way_up(history)), "");
}

} // namespace
} // namespace retort
