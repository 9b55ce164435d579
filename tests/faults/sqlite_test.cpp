#include "session/migrator.hpp"
#include "support/folder.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

namespace retort {
namespace {

class SqliteFaultTest : public testing::Test {
protected:
  std::string upgrade(const std::vector<RevisionText>& revisions, const SessionOptions& options = {}) const {
    Migrator migrator(database_->parsed_url(), revisions, options);
    std::string text = migrator.upgrade();
    const std::string url = database_->url();
    for (std::size_t at = text.find(url); at != std::string::npos; at = text.find(url)) {
      text.replace(at, url.size(), "URL");
    }
    return text;
  }

  static RevisionText revision(const std::string& id, const std::string& up) {
    return {id, "-- " + id + ".\n\n-- migrate:up\n" + up};
  }

  std::string file() const { return database_->url().substr(7); }

  std::unique_ptr<TestDatabase> database_ = make_test_database(Dialect::sqlite);
};

constexpr const char* family = "CREATE TABLE parent (id INTEGER PRIMARY KEY);\n"
                               "CREATE TABLE child (parent REFERENCES parent (id) ON DELETE CASCADE);\n"
                               "INSERT INTO parent VALUES (1), (2);\nINSERT INTO child VALUES (1), (2);\n";

TEST_F(SqliteFaultTest, F21_FindsAReadOnlyFileBeforeAnythingRuns) {
  upgrade({revision("1", "CREATE TABLE t (a);\n")});
  Migrator session(parse_url("sqlite:file:" + file() + "?mode=ro"),
                   {revision("1", "CREATE TABLE t (a);\n"), revision("2", "CREATE TABLE u (a);\n")});
  EXPECT_EQ(session.upgrade(), "exit 3\nerror: sqlite:file:" + file() +
                                   "?mode=ro is read-only; nothing was run\nnote: no revision was committed\n"
                                   "hint: the file or its folder cannot be written by this user\n");
  EXPECT_EQ(session.session().read().revisions.size(), 1U);
}

TEST_F(SqliteFaultTest, F21_FindsAFileWithoutTheRightToWrite) {
  upgrade({revision("1", "CREATE TABLE t (a);\n")});
  ::chmod(file().c_str(), 0444);
  const uid_t before = ::geteuid();
  if (before == 0) {
    ASSERT_EQ(::seteuid(65534), 0);
  }
  const std::string result = upgrade({revision("1", "CREATE TABLE t (a);\n"), revision("2", "CREATE TABLE u (a);\n")});
  if (before == 0) {
    ASSERT_EQ(::seteuid(0), 0);
  }
  EXPECT_EQ(result, "exit 3\nerror: URL is read-only; nothing was run\nnote: no revision was committed\n"
                    "hint: the file or its folder cannot be written by this user\n");
}

TEST_F(SqliteFaultTest, F22_ARebuildKeepsTheChildren) {
  EXPECT_EQ(upgrade({revision("1", family), revision("2", "CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name);\n"
                                                          "INSERT INTO new_parent (id) SELECT id FROM parent;\n"
                                                          "DROP TABLE parent;\n"
                                                          "ALTER TABLE new_parent RENAME TO parent;\n")}),
            "committed: upgrade base -> 1  1.\ncommitted: upgrade 1 -> 2  2.\n2 steps\n");
  EXPECT_EQ(database_->run("SELECT count(*) FROM child"), "2\n");
  EXPECT_EQ(database_->run("PRAGMA foreign_key_check"), "");
}

TEST_F(SqliteFaultTest, F22_ARevisionCannotSwitchForeignKeysOn) {
  EXPECT_EQ(upgrade({revision("1", family), revision("2", "PRAGMA main.foreign_keys(1);\nDELETE FROM parent;\n"
                                                          "INSERT INTO parent VALUES (1), (2);\n")}),
            "committed: upgrade base -> 1  1.\ncommitted: upgrade 1 -> 2  2.\n2 steps\n");
  EXPECT_EQ(database_->run("SELECT count(*) FROM child"), "2\n");
}

TEST_F(SqliteFaultTest, F22_OldOrphansDoNotStopAnUpgrade) {
  database_->run(std::string("PRAGMA foreign_keys = OFF;") + family + "DELETE FROM parent WHERE id = 1;");
  EXPECT_EQ(upgrade({revision("1", "CREATE TABLE t (a);\n")}), "committed: upgrade base -> 1  1.\n1 steps\n");
}

TEST_F(SqliteFaultTest, F22_ANewViolationRollsBack) {
  database_->run(std::string("PRAGMA foreign_keys = OFF;") + family + "INSERT INTO child VALUES (7);");
  EXPECT_EQ(
      upgrade({revision("1", "CREATE TABLE t (a);\nDELETE FROM parent;\n")}),
      "exit 3\nerror: the revisions break foreign keys; they were rolled back\n"
      "note: rows of child refer to rows of parent that do not exist: 2\n"
      "note: no revision was committed\n"
      "hint: foreign keys are off while Retort upgrades, so ON DELETE and ON UPDATE do not act: change the child rows "
      "in the revision, too\n");
  EXPECT_EQ(database_->run("SELECT count(*) FROM parent"), "2\n");
  EXPECT_EQ(database_->run("SELECT name FROM sqlite_schema WHERE name IN ('t', 'retort_revisions')"), "");
}

/// A key that SQLite cannot check, because it does not refer to unique columns.
constexpr const char* mismatch = "CREATE TABLE owner (a, b);\nCREATE TABLE pet (x REFERENCES owner (a));\n"
                                 "INSERT INTO pet VALUES (1);\n";
const std::string mismatch_warning =
    "warning: foreign keys cannot be checked: foreign key mismatch - \"pet\" referencing "
    "\"owner\"\nhint: a foreign key must refer to a primary key or to columns with a "
    "unique index\n";

TEST_F(SqliteFaultTest, F22_AKeyThatCannotBeCheckedIsAWarning) {
  EXPECT_EQ(upgrade({revision("1", mismatch)}), mismatch_warning + "committed: upgrade base -> 1  1.\n1 steps\n");
}

TEST_F(SqliteFaultTest, F22_AKeyThatCouldNotBeCheckedBeforeIsOneWarning) {
  database_->run(mismatch);
  EXPECT_EQ(upgrade({revision("1", "CREATE TABLE t (a);\n")}),
            mismatch_warning + "committed: upgrade base -> 1  1.\n1 steps\n");
  EXPECT_EQ(database_->run("SELECT id FROM retort_revisions"), "1\n");
}

TEST_F(SqliteFaultTest, F22_AKeyThatCannotBeCheckedHidesNoOther) {
  database_->run(std::string("PRAGMA foreign_keys = OFF;") + mismatch + family + "INSERT INTO child VALUES (7);");
  EXPECT_EQ(
      upgrade({revision("1", "INSERT INTO child VALUES (8);\n")}),
      mismatch_warning +
          "exit 3\nerror: the revisions break foreign keys; they were rolled back\n"
          "note: rows of child refer to rows of parent that do not exist: 1\n"
          "note: no revision was committed\n"
          "hint: foreign keys are off while Retort upgrades, so ON DELETE and ON UPDATE do not act: change the child "
          "rows in the revision, too\n");
}

TEST_F(SqliteFaultTest, F22_ARevisionMayRepairAKeyAmongOldOrphans) {
  database_->run(std::string("PRAGMA foreign_keys = OFF;") + mismatch + family + "INSERT INTO child VALUES (7);");
  EXPECT_EQ(upgrade({revision("1", "CREATE UNIQUE INDEX owner_a ON owner (a);\n")}),
            mismatch_warning + "committed: upgrade base -> 1  1.\n1 steps\n");
  EXPECT_EQ(database_->run("SELECT \"table\" FROM pragma_foreign_key_check ORDER BY 1"), "child\npet\n");
}

TEST_F(SqliteFaultTest, F25_StopsAtTheFirstErrorWhateverBecameOfTheTransaction) {
  // OR ROLLBACK ends the transaction at once: what follows must not run outside of one.
  EXPECT_EQ(upgrade({revision("1", "CREATE TABLE t (a UNIQUE);\nINSERT INTO t VALUES (1);\n"
                                   "INSERT OR ROLLBACK INTO t VALUES (1);\nCREATE TABLE u (a);\n")}),
            "exit 3\n1.sql:6:1: error: UNIQUE constraint failed: t.a\n"
            "    6 | INSERT OR ROLLBACK INTO t VALUES (1);\n"
            "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\nnote: no revision was committed\n");
  EXPECT_EQ(database_->run("SELECT count(*) FROM sqlite_schema"), "0\n");
}

TEST_F(SqliteFaultTest, F25_AFullFileIsRolledBack) {
  const std::string result = upgrade({revision("1", "PRAGMA max_page_count = 10;\nCREATE TABLE t (a);\n"
                                                    "INSERT INTO t VALUES (zeroblob(1000000));\n")});
  EXPECT_EQ(result, "exit 3\n1.sql:6:1: error: database or disk is full\n"
                    "    6 | INSERT INTO t VALUES (zeroblob(1000000));\n"
                    "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
                    "note: no revision was committed\n"
                    "hint: the disk is full; everything of the transaction was rolled back\n");
  EXPECT_EQ(database_->run("SELECT count(*) FROM sqlite_schema"), "0\n");
}

TEST_F(SqliteFaultTest, F26_WaitsForAWriter) {
  database_->run("CREATE TABLE t (a)");
  std::thread writer([&] {
    // The statement that counts keeps the file locked for a while.
    database_->run(
        "BEGIN IMMEDIATE; WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) "
        "INSERT INTO t SELECT max(i) FROM n; COMMIT");
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(upgrade({revision("1", "CREATE TABLE u AS SELECT a FROM t;\n")}),
            "waiting\ncommitted: upgrade base -> 1  1.\n1 steps\n");
  writer.join();
  EXPECT_EQ(database_->run("SELECT a FROM u"), "2000000\n");
}

/// Reads for a while, from the first step on.
class SlowReader : public Observer {
public:
  explicit SlowReader(TestDatabase& database) : database_(database) {}
  void step_started(const Step& /*step*/) override {
    thread_ = std::thread([this] {
      read_ = database_.run("BEGIN; SELECT a FROM t; WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
                            "WHERE i < 2000000) SELECT max(i) FROM n; COMMIT");
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  std::string finish() {
    thread_.join();
    return read_;
  }

private:
  TestDatabase& database_;
  std::string read_;
  std::thread thread_;
};

TEST_F(SqliteFaultTest, F28_ACommitWaitsForAReader) {
  database_->run("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  Migrator migrator(database_->parsed_url(), {revision("1", "CREATE TABLE u (a);\n")});
  SlowReader reader(*database_);
  EXPECT_EQ(migrator.upgrade(reader), 1U);
  EXPECT_EQ(reader.finish(), "1\n2000000\n");
}

TEST_F(SqliteFaultTest, F30_NamesAFileThatIsNoDatabase) {
  std::ofstream(file()) << std::string(2000, 'x');
  EXPECT_EQ(upgrade({revision("1", "CREATE TABLE t (a);\n")}),
            "exit 3\nerror: cannot migrate URL: file is not a database [26]\nnote: no revision was committed\n"
            "hint: the file is no SQLite database, or it is encrypted\n");
}

TEST_F(SqliteFaultTest, F36_NoPragmaReachesTheNextRevision) {
  EXPECT_EQ(upgrade({revision("1", "PRAGMA legacy_alter_table = ON;\nPRAGMA ignore_check_constraints = ON;\n"
                                   "PRAGMA case_sensitive_like = ON;\nCREATE TABLE t (a CHECK (a > 0));\n"),
                     revision("2", "CREATE TABLE found AS SELECT legacy_alter_table FROM pragma_legacy_alter_table;\n"
                                   "INSERT INTO found SELECT ignore_check_constraints FROM "
                                   "pragma_ignore_check_constraints;\nINSERT INTO found SELECT 'A' NOT LIKE 'a';\n")}),
            "committed: upgrade base -> 1  1.\ncommitted: upgrade 1 -> 2  2.\n2 steps\n");
  EXPECT_EQ(database_->run("SELECT * FROM found"), "0\n0\n0\n");
}

TEST_F(SqliteFaultTest, F36_ATemporaryTableDoesNotShadowTheRevisionTable) {
  EXPECT_EQ(
      upgrade({revision("1", "CREATE TEMP TABLE retort_revisions (id);\nCREATE TEMP TABLE retort_journal (id);\n"),
               revision("2", "CREATE TABLE t (a);\n")}),
      "committed: upgrade base -> 1  1.\ncommitted: upgrade 1 -> 2  2.\n2 steps\n");
  EXPECT_EQ(database_->run("SELECT id FROM retort_revisions"), "1\n2\n");
}

} // namespace
} // namespace retort
