#include "session/conformance.hpp"

namespace retort {
namespace {

/// Revisions that need several transactions, interrupted.
class ResumeTest : public ConformanceTest {
protected:
  /// Four units: a table; a statement outside of transactions; `second`, outside, too; a row.
  static std::vector<RevisionText> revisions(const std::string& second, const std::string& table = "t") {
    const std::string outside = "-- migrate:up transaction:false\n";
    const std::string vacuum = either("VACUUM", "VACUUM note");
    return {
        {"0001", "-- Before.\n\n-- migrate:up\nCREATE TABLE note (a integer);\n-- migrate:down\nDROP TABLE note;\n"},
        {"0002", "-- Parts.\n\n-- migrate:up\nCREATE TABLE " + table + " (a integer);\n" + outside + vacuum + ";\n" +
                     outside + second +
                     ";\n-- migrate:up\nINSERT INTO t VALUES (1);\n-- migrate:down\nDROP TABLE t;\n"}};
  }

  static std::string good() { return either("PRAGMA synchronous = FULL", "VACUUM note"); }
  static std::string bad() { return either("VACUUM nowhere", "VACUUM nowhere"); }
  static std::string bad_refused() {
    return either("0002.sql:8:8: error: unknown database nowhere\n    8 | VACUUM nowhere;\n      |        ^~~~~~~\n",
                  "0002.sql:8:1: error: relation \"nowhere\" does not exist [42P01]\n    8 | VACUUM nowhere;\n"
                  "      | ^~~~~~~~~~~~~~\n");
  }
};

INSTANTIATE_TEST_SUITE_P(drivers, ResumeTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(ResumeTest, RunsThroughAndLeavesNoJournal) {
  Migrator session = migrator(revisions(good()));
  EXPECT_EQ(session.upgrade(),
            "committed: upgrade base -> 0001  Before.\ncommitted: upgrade 0001 -> 0002  Parts.\n2 steps\n");
  EXPECT_FALSE(session.session().read().has_journal);
  EXPECT_EQ(database_->run("SELECT a FROM t"), "1\n");
}

TEST_P(ResumeTest, GoesOnBehindTheLastUnitThatSucceeded) {
  Migrator broken = migrator(revisions(bad()));
  EXPECT_EQ(broken.upgrade(), "committed: upgrade base -> 0001  Before.\nexit 3\n" + bad_refused() +
                                  "note: 1 revision was committed before this\n");
  const Applied between = broken.session().read();
  EXPECT_EQ(between.revisions.size(), 1U);
  ASSERT_EQ(between.journal.size(), 2U);
  EXPECT_EQ(between.journal[1].id, "0002");
  EXPECT_EQ(between.journal[1].direction, Direction::up);
  EXPECT_EQ(between.journal[1].unit, 1U);
  EXPECT_EQ(between.journal[1].checksum, broken.history()[1].up.units[1].checksum);

  EXPECT_EQ(broken.upgrade(), "exit 3\n" + bad_refused() + "note: no revision was committed\n");
  Migrator mended = migrator(revisions(good()));
  EXPECT_EQ(mended.upgrade(), "committed: upgrade 0001 -> 0002  Parts.\n1 steps\n");
  EXPECT_FALSE(mended.session().read().has_journal);
  EXPECT_EQ(database_->run("SELECT a FROM t"), "1\n");
  EXPECT_EQ(applied(), "0001 0002");
}

TEST_P(ResumeTest, RefusesAnEditOfWhatIsFinished) {
  migrator(revisions(bad())).upgrade();
  EXPECT_EQ(migrator(revisions(good(), "t  -- the same\n")).upgrade(),
            "committed: upgrade 0001 -> 0002  Parts.\n1 steps\n");
  EXPECT_EQ(migrator(revisions(good())).downgrade("0001"), "committed: downgrade 0002 -> 0001  Parts.\n1 steps\n");
  migrator(revisions(bad())).upgrade();
  EXPECT_EQ(migrator(revisions(good(), "other")).upgrade(),
            "exit 4\n0002.sql: error: 0002 was interrupted on its way up, and what it had finished (part 1) was edited "
            "since\n"
            "hint: finish it with 'upgrade' as it was; or bring the schema by hand to where a revision begins and "
            "record that with 'stamp'\n");
}

TEST_P(ResumeTest, RefusesToGoAnotherWay) {
  migrator(revisions(bad())).upgrade();
  EXPECT_EQ(migrator(revisions(good())).downgrade("base"),
            "exit 4\n0002.sql: error: 0002 was interrupted on its way up, and this command would leave it so\n"
            "hint: finish it with 'upgrade' as it was; or bring the schema by hand to where a revision begins and "
            "record that with 'stamp'\n");
}

TEST_P(ResumeTest, ForgetsTheJournalWithAPurge) {
  Migrator session = migrator(revisions(bad()));
  session.upgrade();
  EXPECT_EQ(session.purge("0001"), "committed: stamp base -> 0001  Before.\n1 steps\n");
  EXPECT_FALSE(session.session().read().has_journal);
}

} // namespace
} // namespace retort
