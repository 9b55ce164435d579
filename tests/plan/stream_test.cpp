#include "history/walk.hpp"
#include "plan/shown_stream.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

namespace table = revision_table;

const std::string add = "INSERT INTO main.retort_revisions";
const std::string forget = "DELETE FROM main.retort_revisions WHERE id = ";

const History two = history_of(
    {{"1", "-- migrate:up\nA; B\n-- migrate:down\nY;\n"}, {"2", "-- migrate:up\nC;\n-- migrate:down\nZ;\n"}});

TEST(Stream, DialectsHaveTheirDefaults) {
  EXPECT_EQ(default_transactions(Dialect::sqlite), Transactions::all);
  EXPECT_EQ(default_transactions(Dialect::postgresql), Transactions::each);
}

TEST(Stream, HasOneTransactionForAll) {
  EXPECT_EQ(upgrade(two, sqlite_all), "begin 0 BEGIN IMMEDIATE\n"
                                      "statement 0 A\n"
                                      "statement 0 B\n"
                                      "record 0 " +
                                          add +
                                          "\n"
                                          "statement 1 C\n"
                                          "record 1 " +
                                          add +
                                          "\n"
                                          "commit 2 COMMIT\n");
}

TEST(Stream, HasATransactionForEach) {
  EXPECT_EQ(upgrade(two, sqlite_each), "begin 0 BEGIN IMMEDIATE\n"
                                       "statement 0 A\n"
                                       "statement 0 B\n"
                                       "record 0 " +
                                           add +
                                           "\n"
                                           "commit 0 COMMIT\n"
                                           "begin 1 BEGIN IMMEDIATE\n"
                                           "statement 1 C\n"
                                           "record 1 " +
                                           add +
                                           "\n"
                                           "commit 1 COMMIT\n");
}

TEST(Stream, F36_ResetsAPostgresqlSessionBehindEachRevision) {
  StreamOptions options = postgresql_each;
  options.resets = {"RESET ALL", "SET a = 1"};
  const History one = history_of({{"1", "-- migrate:up\nA; B;\n"}}, Dialect::postgresql);
  EXPECT_EQ(upgrade(one, options), "begin 0 BEGIN\n"
                                   "statement 0 A\n"
                                   "statement 0 B\n"
                                   "own 0 RESET ALL\n"
                                   "own 0 SET a = 1\n"
                                   "record 0 INSERT INTO public.retort_revisions\n"
                                   "commit 0 COMMIT\n");
}

TEST(Stream, F36_ASessionThatNothingCanHaveChangedIsNotReset) {
  StreamOptions options = postgresql_each;
  options.resets = {"RESET ALL"};
  const History one =
      history_of({{"1", "-- migrate:up\nCREATE TABLE a (b int); DROP TABLE a;\n"}}, Dialect::postgresql);
  EXPECT_EQ(upgrade(one, options), "begin 0 BEGIN\n"
                                   "statement 0 CREATE TABLE a\n"
                                   "statement 0 DROP TABLE a\n"
                                   "record 0 INSERT INTO public.retort_revisions\n"
                                   "commit 0 COMMIT\n");
  const History mixed = history_of({{"1", "-- migrate:up\nCREATE TABLE a (b int); A;\n"}}, Dialect::postgresql);
  EXPECT_NE(upgrade(mixed, options).find("own 0 RESET ALL\n"), std::string::npos);
}

TEST(Stream, F36_ResetsThePragmasThatARevisionSets) {
  const History one = history_of({{"1", "-- migrate:up\nPRAGMA legacy_alter_table=on; A; PRAGMA user_version=3;\n"
                                        "-- migrate:up transaction:false\nPRAGMA foreign_keys=on;\n"}});
  EXPECT_EQ(upgrade(one, sqlite_all), "begin 0 BEGIN IMMEDIATE\n"
                                      "statement 0 PRAGMA legacy_alter_table=on\n"
                                      "statement 0 A\n"
                                      "statement 0 PRAGMA user_version=3\n"
                                      "own 0 PRAGMA legacy_alter_table = OFF\n"
                                      "own 0 CREATE TABLE IF NOT EXISTS main.retort_journal\n"
                                      "journal 0 INSERT INTO main.retort_journal\n"
                                      "commit 0 COMMIT\n"
                                      "statement 0 !PRAGMA foreign_keys=on\n"
                                      "own 0 PRAGMA foreign_keys = OFF\n"
                                      "begin 0 BEGIN IMMEDIATE\n"
                                      "own 0 DROP TABLE IF EXISTS main.retort_journal\n"
                                      "record 0 " +
                                          add +
                                          "\n"
                                          "commit 1 COMMIT\n");
}

// ---- statements outside a transaction ----

const History outside =
    history_of({{"1", "-- migrate:up\nA;\n"},
                {"2", "-- migrate:up\nB;\n-- migrate:up transaction:false\nC;\n-- migrate:up\nD;\n"},
                {"3", "-- migrate:up\nE;\n"}});

TEST(Stream, F16_WhatRunsOutsideATransactionIsJournalled) {
  EXPECT_EQ(upgrade(outside, sqlite_all), "begin 0 BEGIN IMMEDIATE\n"
                                          "statement 0 A\n"
                                          "record 0 " +
                                              add +
                                              "\n"
                                              "statement 1 B\n"
                                              "own 1 CREATE TABLE IF NOT EXISTS main.retort_journal\n"
                                              "journal 1 INSERT INTO main.retort_journal\n"
                                              "commit 1 COMMIT\n"
                                              "statement 1 !C\n"
                                              "begin 1 BEGIN IMMEDIATE\n"
                                              "journal 1 INSERT INTO main.retort_journal\n"
                                              "commit 1 COMMIT\n"
                                              "begin 1 BEGIN IMMEDIATE\n"
                                              "statement 1 D\n"
                                              "own 1 DROP TABLE IF EXISTS main.retort_journal\n"
                                              "record 1 " +
                                              add +
                                              "\n"
                                              "statement 2 E\n"
                                              "record 2 " +
                                              add +
                                              "\n"
                                              "commit 3 COMMIT\n");
}

TEST(Stream, F16_ASingleStatementNeedsNoJournal) {
  const History one = history_of({{"1", "-- migrate:up transaction:false\nA;\n"}});
  EXPECT_EQ(upgrade(one, sqlite_each), "statement 0 !A\n"
                                       "begin 0 BEGIN IMMEDIATE\n"
                                       "record 0 " +
                                           add +
                                           "\n"
                                           "commit 0 COMMIT\n");
}

TEST(Stream, F16_TheJournalNamesWhatIsDone) {
  const Stream stream = render_stream(outside, plan_upgrade(outside, resolve_state(outside, "1"), "2"), sqlite_each);
  std::vector<std::string> written;
  for (const Command& command : stream.commands) {
    if (command.kind == CommandKind::journal) {
      written.push_back(command.text);
    }
  }
  const std::vector<Unit>& units = outside[1].up.units;
  EXPECT_EQ(written, (std::vector<std::string>{
                         table::insert_journal(Dialect::sqlite, "2", "up", 0, units[0].checksum, table::Writer::script),
                         table::insert_journal(Dialect::sqlite, "2", "up", 1, units[1].checksum, table::Writer::script),
                     }));
}

TEST(Stream, F16_AnInterruptedRevisionGoesOnBehindWhatIsDone) {
  Plan plan = plan_upgrade(outside, resolve_state(outside, "1"), "2");
  resume(outside, {{"2", Direction::up, 0, outside[1].up.units[0].checksum}}, plan);
  EXPECT_EQ(shown(render_stream(outside, plan, sqlite_each)), "statement 0 !C\n"
                                                              "begin 0 BEGIN IMMEDIATE\n"
                                                              "journal 0 INSERT INTO main.retort_journal\n"
                                                              "commit 0 COMMIT\n"
                                                              "begin 0 BEGIN IMMEDIATE\n"
                                                              "statement 0 D\n"
                                                              "own 0 DROP TABLE IF EXISTS main.retort_journal\n"
                                                              "record 0 " +
                                                                  add +
                                                                  "\n"
                                                                  "commit 0 COMMIT\n");
}

// ---- cuts ----

TEST(Stream, ARevisionMayAskForACommitBehindIt) {
  const History cut = history_of({{"1", "-- Transaction: cut\n-- migrate:up\nA;\n"},
                                  {"2", "-- migrate:up\nB;\n"},
                                  {"3", "-- Transaction: cut\n-- migrate:up\nC;\n"}});
  EXPECT_EQ(upgrade(cut, sqlite_all), "begin 0 BEGIN IMMEDIATE\n"
                                      "statement 0 A\n"
                                      "record 0 " +
                                          add +
                                          "\n"
                                          "commit 0 COMMIT\n"
                                          "begin 1 BEGIN IMMEDIATE\n"
                                          "statement 1 B\n"
                                          "record 1 " +
                                          add +
                                          "\n"
                                          "statement 2 C\n"
                                          "record 2 " +
                                          add +
                                          "\n"
                                          "commit 3 COMMIT\n"
                                          "cut behind 0\n");
  EXPECT_EQ(upgrade(cut, sqlite_each).find("cut"), std::string::npos) << "each has its own commit anyway";
}

TEST(Stream, F19_ANewEnumValueCutsTheTransaction) {
  const History cut = history_of({{"1", "-- migrate:up\nALTER TYPE t ADD VALUE 'x';\n"}, {"2", "-- migrate:up\nA;\n"}},
                                 Dialect::postgresql);
  const Stream stream =
      render_stream(cut, plan_upgrade(cut, State(2), "head"), options(Dialect::postgresql, Transactions::all));
  EXPECT_EQ(stream.cuts, std::vector<std::size_t>{0});
  EXPECT_EQ(std::ranges::count(stream.commands, CommandKind::commit, &Command::kind), 2);
}

// ---- down, stamp, purge ----

TEST(Stream, GoesDown) {
  EXPECT_EQ(shown(render_stream(two, plan_downgrade(two, resolve_state(two, "2"), "base"), sqlite_all)),
            "begin 0 BEGIN IMMEDIATE\n"
            "statement 0 Z\n"
            "record 0 " +
                forget +
                "'2'\n"
                "statement 1 Y\n"
                "record 1 " +
                forget +
                "'1'\n"
                "commit 2 COMMIT\n");
}

TEST(Stream, AStampRunsNoRevision) {
  for (const StreamOptions& options : {sqlite_all, sqlite_each}) {
    EXPECT_EQ(shown(render_stream(two, plan_stamp(two, resolve_state(two, "1"), "2", {0}), options)),
              "begin 0 BEGIN IMMEDIATE\n"
              "record 0 " +
                  forget +
                  "'1'\n"
                  "record 1 " +
                  add +
                  "\n"
                  "record 2 " +
                  add +
                  "\n"
                  "commit 3 COMMIT\n");
  }
}

TEST(Stream, APurgeForgetsFirst) {
  StreamOptions options = sqlite_each;
  options.creates_table = true;
  EXPECT_EQ(shown(render_stream(two, plan_purge(two, "1"), options)), "begin 0 BEGIN IMMEDIATE\n"
                                                                      "own 0 CREATE TABLE IF NOT EXISTS "
                                                                      "main.retort_revisions\n"
                                                                      "own 0 DELETE FROM main.retort_revisions\n"
                                                                      "own 0 DROP TABLE IF EXISTS main.retort_journal\n"
                                                                      "record 0 " +
                                                                          add +
                                                                          "\n"
                                                                          "commit 1 COMMIT\n");
  EXPECT_EQ(shown(render_stream(two, plan_purge(two, "base"), sqlite_each)),
            "begin 0 BEGIN IMMEDIATE\n"
            "own 0 DELETE FROM main.retort_revisions\n"
            "own 0 DROP TABLE IF EXISTS main.retort_journal\n"
            "commit 0 COMMIT\n");
}

TEST(Stream, ATableAloneIsCreatedWhereItIsMissing) {
  StreamOptions options = postgresql_each;
  EXPECT_EQ(shown(render_stream(two, plan_table(two), options)), "");
  options.creates_table = true;
  EXPECT_EQ(shown(render_stream(two, plan_table(two), options)), "begin 0 BEGIN\n"
                                                                 "own 0 CREATE TABLE IF NOT EXISTS "
                                                                 "public.retort_revisions\n"
                                                                 "commit 0 COMMIT\n");
}

// ---- the rest ----

TEST(Stream, NothingToDoIsNoCommand) {
  StreamOptions options = sqlite_all;
  options.creates_table = true;
  EXPECT_EQ(upgrade(two, options, "2"), "");
}

TEST(Stream, TheTableIsCreatedInTheFirstTransaction) {
  const History one = history_of({{"1", "-- migrate:up\n"}});
  StreamOptions options = sqlite_each;
  options.creates_table = true;
  EXPECT_EQ(upgrade(one, options), "begin 0 BEGIN IMMEDIATE\n"
                                   "own 0 CREATE TABLE IF NOT EXISTS main.retort_revisions\n"
                                   "record 0 " +
                                       add +
                                       "\n"
                                       "commit 0 COMMIT\n");
}

TEST(Stream, RowsAreThoseOfTheRevisionTable) {
  StreamOptions options = sqlite_each;
  options.writer = table::Writer::session;
  options.user = "somebody";
  const Stream run = render_stream(two, plan_upgrade(two, State(2), "1"), options);
  table::Row row{"1", two[0].checksum, two[0].message, table::Duration::measured};
  EXPECT_EQ(run.commands.at(3).text, table::insert(Dialect::sqlite, row, options.writer, "somebody"));
  const Stream stamp = render_stream(two, plan_stamp(two, State(2), "1", {}), options);
  row.duration = table::Duration::unknown;
  EXPECT_EQ(stamp.commands.at(1).text, table::insert(Dialect::sqlite, row, options.writer, "somebody"))
      << "a stamp takes no time";
}

TEST(Stream, StatementsAreViewsIntoTheirSources) {
  const Stream stream = render_stream(two, plan_upgrade(two, State(2), "2"), sqlite_all);
  const Command& b = stream.commands.at(2);
  EXPECT_EQ(b.source, two[0].head.get());
  EXPECT_EQ(b.sql().data(), two[0].head->text().data() + b.statement.offset);
  EXPECT_EQ(b.source->position(b.statement.offset), (Position{2, 4}));
  EXPECT_EQ(&stream.revision_of(1), &two[1]);
}

TEST(Stream, IsTheSameForTheSameArguments) { EXPECT_EQ(upgrade(outside, sqlite_all), upgrade(outside, sqlite_all)); }

} // namespace
} // namespace retort
