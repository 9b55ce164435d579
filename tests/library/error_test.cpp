#include "library/application.hpp"
#include "library/connection.hpp"
#include "session/conformance.hpp"

#include <gmock/gmock.h>

namespace retort {
namespace {

/// What programs are told of a failure.
class ErrorTest : public ConformanceTest {
protected:
  void SetUp() override {
    ConformanceTest::SetUp();
    if (database_) {
      connection_ = connect(*database_);
    }
  }

  Dialect other() const { return GetParam() == Dialect::sqlite ? Dialect::postgresql : Dialect::sqlite; }

  /// What each of the functions says of the database.
  std::vector<std::string> everything(const Application& application) {
    return {outcome([&] { return connection_->upgrade(application); }),
            outcome([&] { return connection_->downgrade(application, "base"); }),
            outcome([&] { return connection_->stamp(application, "base"); }),
            outcome([&] { return connection_->current(application); }),
            outcome([&] { return connection_->pending(application); })};
  }

  std::unique_ptr<Connection> connection_;
};

const std::vector<RevisionText> two = {
    {"1_a", "-- migrate:up\nCREATE TABLE a (b INTEGER);\n-- migrate:down\nDROP TABLE a;\n"},
    {"2_c", "-- migrate:up\nCREATE TABLE c (d INTEGER);\n-- migrate:down\nDROP TABLE c;\n"}};

TEST_P(ErrorTest, PointsAtTheStatement) {
  const Application application(
      {{"1", "-- migrate:up\nCREATE TABLE a (b INTEGER UNIQUE);\n"},
       {"2", "-- migrate:up\nCREATE TABLE c (d INTEGER);\n  INSERT INTO a VALUES (1), (1);\n"}});
  Options each;
  each.transactions = Transactions::each;
  try {
    connection_->upgrade(application, each);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.reason(), Error::Reason::database);
    const Diagnostic& diagnostic = error.diagnostic();
    EXPECT_EQ(diagnostic.message, either("UNIQUE constraint failed: a.b",
                                         "duplicate key value violates unique constraint \"a_b_key\" [23505]"));
    EXPECT_EQ(diagnostic.code, either("2067", "23505"));
    EXPECT_EQ(diagnostic.location->path, "migrations/2.sql");
    EXPECT_EQ(diagnostic.location->position, (Position{3, 3}));
    EXPECT_EQ(diagnostic.location->line, "  INSERT INTO a VALUES (1), (1);");
    EXPECT_EQ(shown(error.report()), "up 1, at \n");
    EXPECT_EQ(error.diagnostics().size(), 1U);
    EXPECT_EQ(error.what() + std::string("\n"), render(diagnostic));
  }
  EXPECT_EQ(tables(), "a\n");
}

TEST_P(ErrorTest, NeedsTheDialect) {
  const Application application(two, {other()});
  const std::string refusal = "request, at \nerror: the program's history was not built for " +
                              std::string(name(GetParam())) + "\nhint: add " + std::string(name(GetParam())) +
                              " to the DIALECTS of migrations_add\n";
  EXPECT_THAT(everything(application), testing::Each(refusal));
  EXPECT_EQ(outcome([&] { return connection_->check(application); }), refusal);
}

TEST_P(ErrorTest, NeedsATargetThatThereIs) {
  const Application application(two);
  Options options;
  options.target = "7";
  const std::string refusal =
      "request, at \nerror: there is no revision or label '7'\nhint: 'history' lists the revisions\n";
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), refusal);
  EXPECT_EQ(outcome([&] { return connection_->pending(application, options); }), refusal);
  EXPECT_EQ(outcome([&] { return connection_->check(application, options); }), refusal);
  EXPECT_EQ(outcome([&] { return connection_->downgrade(application, "7"); }), refusal);
  EXPECT_EQ(outcome([&] { return connection_->stamp(application, "7"); }), refusal);
  EXPECT_EQ(database_->run("SELECT count(*) FROM " + either("sqlite_schema", "pg_tables WHERE schemaname = 'public'")),
            "0\n");
}

TEST_P(ErrorTest, LeavesANewerDatabaseAlone) {
  connection_->upgrade(Application(two));
  const Application old({two.front()});
  const std::string rows = database_->run("SELECT * FROM retort_revisions ORDER BY id");
  const std::string refusal = "error: the database is newer than this program, which does not know 1 of its revisions\n"
                              "note: 2  c\n"
                              "hint: use the newer program, or let it downgrade the database\n";
  EXPECT_THAT(everything(old), testing::Each("newer, at \n" + refusal));
  EXPECT_EQ(outcome([&] { return connection_->check(old); }), "newer at 1\n" + refusal);
  EXPECT_EQ(database_->run("SELECT * FROM retort_revisions ORDER BY id"), rows);
  EXPECT_EQ(tables(), "a\nc\n");
}

TEST_P(ErrorTest, TellsOfEditedRevisions) {
  connection_->upgrade(Application(two));
  std::vector<RevisionText> texts = two;
  texts[0].second = "-- migrate:up\nCREATE TABLE a (b INTEGER, x INTEGER);\n-- migrate:down\nDROP TABLE a;\n";
  texts.push_back({"3", "-- migrate:up\nCREATE TABLE e (f INTEGER);\n"});
  const Application edited(texts);
  const std::string refusal =
      "migrations/1_a.sql: error: 1 was edited after it was applied\n"
      "hint: undo the edit and write a new revision; or accept the new text with 'stamp' to the "
      "current state\n";
  EXPECT_EQ(outcome([&] { return connection_->upgrade(edited); }), "drifted, at \n" + refusal);
  EXPECT_EQ(outcome([&] { return connection_->pending(edited); }), "drifted, at \n" + refusal);
  EXPECT_EQ(outcome([&] { return connection_->check(edited); }), "drifted at 2\n3\n" + refusal);
  EXPECT_EQ(outcome([&] { return connection_->current(edited); }), "2\n");
  EXPECT_EQ(outcome([&] { return connection_->stamp(edited, "2"); }), "down 1 a, up 1 a, at 2\n");
  EXPECT_EQ(outcome([&] { return connection_->upgrade(edited); }), "up 3, at 3\n");
}

TEST_P(ErrorTest, AppliesLateOnlyWhenAsked) {
  connection_->upgrade(Application({two.front(), {"3", "-- migrate:up\nCREATE TABLE e (f INTEGER);\n"}}));
  std::vector<RevisionText> texts = {two.front(), two.back(), {"3", "-- migrate:up\nCREATE TABLE e (f INTEGER);\n"}};
  const Application application(texts);
  EXPECT_THAT(outcome([&] { return connection_->upgrade(application); }), testing::StartsWith("drifted, at \n"));
  EXPECT_THAT(outcome([&] { return connection_->check(application); }), testing::StartsWith("drifted at 1 3\n2 c\n"));
  Options options;
  options.out_of_order = true;
  EXPECT_EQ(outcome([&] { return connection_->check(application, options); }), "behind at 1 3\n2 c\n");
  EXPECT_EQ(outcome([&] { return connection_->pending(application, options); }), "2 c\n");
  EXPECT_EQ(outcome([&] { return connection_->upgrade(application, options); }), "up 2 c, at 3\n");
  EXPECT_EQ(outcome([&] { return connection_->check(application); }), "current at 3\n");
}

TEST_P(ErrorTest, ResumesWhatWasInterrupted) {
  const std::string begin = "-- migrate:up transaction:false\n" + either("VACUUM", "VACUUM") +
                            ";\n-- migrate:up\nCREATE TABLE a (b INTEGER);\n-- migrate:up transaction:false\n";
  const Application failing({{"1", begin + "VACUUM nowhere;\n"}});
  EXPECT_THAT(outcome([&] { return connection_->upgrade(failing); }), testing::StartsWith("database, at \n"));
  EXPECT_EQ(outcome([&] { return connection_->check(failing); }),
            "drifted at \n1\nerror: 1 was interrupted on its way up behind part 1\n"
            "hint: run the same command again: it goes on where it stopped\n"
            "error: 1 was interrupted on its way up behind part 2\n"
            "hint: run the same command again: it goes on where it stopped\n");
  EXPECT_THAT(outcome([&] { return connection_->pending(failing); }), testing::StartsWith("drifted, at \n"));
  const Application repaired({{"1", begin + "VACUUM;\n"}});
  EXPECT_EQ(outcome([&] { return connection_->upgrade(repaired); }), "up 1, at 1\n");
  EXPECT_EQ(outcome([&] { return connection_->check(repaired); }), "current at 1\n");
}

INSTANTIATE_TEST_SUITE_P(Any, ErrorTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

} // namespace
} // namespace retort
