#include "library/application.hpp"
#include "library/connection.hpp"
#include "support/folder.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <gtest/gtest.h>
#include <retort/sqlite.hpp>
#include <sqlite3.h>

#include <stdexcept>

namespace retort {
namespace {

/// What a program has set up on its connection stays as it is.
class SqliteCallerTest : public testing::Test {
protected:
  std::string pragmas() {
    std::string text;
    for (const char* name : {"foreign_keys", "recursive_triggers", "query_only", "ignore_check_constraints",
                             "legacy_alter_table", "reverse_unordered_selects", "defer_foreign_keys", "journal_mode",
                             "synchronous", "locking_mode", "busy_timeout", "cache_size"}) {
      const std::string value = client_.run(std::string("PRAGMA ") + name);
      text += std::string(name) + " " + (value.empty() ? "\n" : value);
    }
    return text + (sqlite3_get_autocommit(client_.get()) != 0 ? "autocommit\n" : "in a transaction\n");
  }

  void set_up() {
    client_.run("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA legacy_alter_table = ON; "
                "PRAGMA reverse_unordered_selects = ON; PRAGMA synchronous = 3; PRAGMA cache_size = 77");
    sqlite3_busy_timeout(client_.get(), 1234);
  }

  std::string path() const { return (folder_ / "app.db").string(); }
  std::string schema() {
    return client_.run("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name");
  }

  Folder folder_;
  SqliteClient client_{path()};
};

const std::string unsettling = "PRAGMA recursive_triggers = OFF;\nPRAGMA legacy_alter_table = OFF;\n"
                               "PRAGMA ignore_check_constraints = ON;\nPRAGMA reverse_unordered_selects = OFF;\n";
const std::vector<RevisionText> unsettled = {{"1", "-- migrate:up\nCREATE TABLE a (b);\n"},
                                             {"2", "-- migrate:up\n" + unsettling + "CREATE TABLE c (d);\n"},
                                             {"3", "-- migrate:up\nCREATE TABLE e (f);\n"}};

TEST_F(SqliteCallerTest, KeepsItsPragmasOnSuccess) {
  set_up();
  const std::string before = pragmas();
  const Application application(unsettled);
  EXPECT_EQ(shown(client_.upgrade(application)), "up 1, up 2, up 3, at 3\n");
  EXPECT_EQ(pragmas(), before);
  EXPECT_EQ(shown(client_.upgrade(application)), "at 3\n");
  EXPECT_EQ(shown(client_.check(application)), "current at 3\n");
  EXPECT_EQ(pragmas(), before);
}

TEST_F(SqliteCallerTest, KeepsItsPragmasInItsTransaction) {
  set_up();
  client_.run("BEGIN");
  const std::string before = pragmas();
  client_.upgrade(Application(unsettled));
  EXPECT_EQ(pragmas(), before);
  client_.run("ROLLBACK; BEGIN");
  const Application failing({{"1", "-- migrate:up\n" + unsettling + "SELECT * FROM nowhere;\n"}}, {Dialect::sqlite});
  EXPECT_THROW(client_.upgrade(failing), Error);
  EXPECT_EQ(pragmas(), before);
}

TEST_F(SqliteCallerTest, KeepsItsPragmasWhenAStatementFails) {
  set_up();
  const std::string before = pragmas();
  const Application application(
      {{"1", "-- migrate:up\nCREATE TABLE a (b);\n"}, {"2", "-- migrate:up\n" + unsettling + "SELECT abs();\n"}},
      {Dialect::sqlite});
  EXPECT_EQ(outcome([&] { return client_.upgrade(application); }),
            "database, at \n"
            "migrations/2.sql:6:8: error: wrong number of arguments to function abs()\n"
            "    6 | SELECT abs();\n"
            "      |        ^~~\n"
            "note: no revision was committed\n");
  EXPECT_EQ(pragmas(), before);
  EXPECT_EQ(schema(), "");
}

TEST_F(SqliteCallerTest, KeepsItsPragmasWhenItsCallbackThrows) {
  set_up();
  const std::string before = pragmas();
  const Application application(unsettled);
  int thrown = 0;
  for (bool finished = false; !finished; ++thrown) {
    Options options;
    options.progress = [left = thrown](const Event&) mutable {
      if (left-- == 0) {
        throw std::out_of_range("enough");
      }
    };
    try {
      client_.upgrade(application, options);
      finished = true;
    } catch (const std::out_of_range&) {
    }
    EXPECT_EQ(pragmas(), before) << thrown;
    EXPECT_EQ(schema(), thrown < 10 ? "" : "a\nc\ne\nretort_revisions\n") << thrown;
  }
  EXPECT_EQ(thrown, 12); // 3 started, 7 statements; what the next one saw was committed
}

TEST_F(SqliteCallerTest, KeepsItsBusyHandler) {
  int calls = 0;
  sqlite3_busy_handler(
      client_.get(), [](void* count, int) { return static_cast<int>(++*static_cast<int*>(count) < 3); }, &calls);
  const Application application(unsettled);
  SqliteClient other(path());
  other.run("BEGIN IMMEDIATE");
  Options options;
  options.lock_wait = std::chrono::milliseconds(0);
  EXPECT_THROW(client_.upgrade(application, options), Error);
  const int during = calls;
  EXPECT_GE(during, 3);
  EXPECT_THROW(client_.run("BEGIN IMMEDIATE"), std::runtime_error);
  EXPECT_GT(calls, during);
}

TEST_F(SqliteCallerTest, ItsBusyTimeoutDoesNotCount) {
  sqlite3_busy_timeout(client_.get(), 30'000);
  SqliteClient other(path());
  other.run("BEGIN IMMEDIATE");
  std::string log;
  Options options = logging(log);
  options.lock_wait = std::chrono::milliseconds(100);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THROW(client_.upgrade(Application(unsettled), options), Error);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(log, "waiting for another connection\n");
  EXPECT_EQ(client_.run("PRAGMA busy_timeout"), "30000\n");
}

TEST_F(SqliteCallerTest, LeavesAnOpenStatementReadable) {
  client_.run("CREATE TABLE own (a INTEGER); INSERT INTO own VALUES (1), (2), (3)");
  sqlite3_stmt* statement = nullptr;
  ASSERT_EQ(sqlite3_prepare_v2(client_.get(), "SELECT a FROM own ORDER BY rowid", -1, &statement, nullptr), SQLITE_OK);
  ASSERT_EQ(sqlite3_step(statement), SQLITE_ROW);
  const Application application(unsettled);
  EXPECT_EQ(shown(client_.pending(application)), "1\n2\n3\n");
  ASSERT_EQ(sqlite3_step(statement), SQLITE_ROW);
  EXPECT_EQ(outcome([&] { return client_.upgrade(application); }), "up 1, up 2, up 3, at 3\n");
  EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(statement, 0), 3);
  EXPECT_EQ(sqlite3_step(statement), SQLITE_DONE);
  sqlite3_finalize(statement);
}

TEST_F(SqliteCallerTest, RollsNothingBackToRead) {
  const Application application(unsettled);
  client_.upgrade(application);
  int rollbacks = 0;
  sqlite3_rollback_hook(
      client_.get(), [](void* count) { ++*static_cast<int*>(count); }, &rollbacks);
  client_.upgrade(application);
  client_.check(application);
  EXPECT_EQ(rollbacks, 0);
}

TEST_F(SqliteCallerTest, TakesNoLockWhenNothingIsPending) {
  const Application application(unsettled);
  client_.upgrade(application);
  SqliteClient other(path());
  for (const char* mode : {"DELETE", "WAL"}) {
    other.run(std::string("PRAGMA journal_mode = ") + mode);
    other.run("BEGIN IMMEDIATE; CREATE TABLE x (y)");
    std::string log;
    Options options = logging(log);
    options.lock_wait = std::chrono::milliseconds(0);
    EXPECT_EQ(outcome([&] { return client_.upgrade(application, options); }), "at 3\n") << mode;
    EXPECT_EQ(log, "finished: at 3\n");
    other.run("ROLLBACK");
  }
}

TEST_F(SqliteCallerTest, RefusesToDropATableInATransactionWithForeignKeys) {
  const Application application(
      {{"1", "-- migrate:up\nCREATE TABLE p (a INTEGER PRIMARY KEY);\n"}, {"2", "-- migrate:up\nDROP TABLE p;\n"}});
  const std::string refusal =
      "database, at \n"
      "migrations/2.sql:2:1: error: a table cannot be dropped in the caller's transaction while foreign keys are on\n"
      "    2 | DROP TABLE p;\n"
      "      | ^~~~~~~~~~~~\n"
      "note: no revision was committed\n"
      "hint: nothing was run; SQLite would delete the rows that refer to it: migrate outside of the transaction, or "
      "switch foreign keys off before it begins\n";
  client_.run("PRAGMA foreign_keys = ON; BEGIN; CREATE TABLE own (a)");
  EXPECT_EQ(outcome([&] { return client_.upgrade(application); }), refusal);
  EXPECT_EQ(schema(), "own\n");
  client_.run("COMMIT; PRAGMA foreign_keys = OFF; BEGIN");
  EXPECT_EQ(outcome([&] { return client_.upgrade(application); }), "up 1, up 2, at 2\n");
  client_.run("COMMIT");
}

TEST_F(SqliteCallerTest, MayBeOfSqliteCpp) {
  const Application application(unsettled);
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  EXPECT_EQ(shown(upgrade(database, application)), "up 1, up 2, up 3, at 3\n");
  const SQLite::Database& constant = database;
  EXPECT_EQ(shown(check(constant, application)), "current at 3\n");
  EXPECT_EQ(shown(current(database, application)), "3\n");
  EXPECT_EQ(shown(pending(database, application)), "");
  EXPECT_EQ(shown(stamp(database, application, "2")), "down 3, at 2\n");
  {
    SQLite::Transaction transaction(database); // rolls back
    EXPECT_EQ(shown(stamp(database, application, "base")), "down 2, down 1, at \n");
  }
  EXPECT_EQ(outcome([&] { return downgrade(database, application, "base"); }),
            "request, at \n"
            "migrations/2.sql: error: 2 is irreversible: it has no way down\n"
            "hint: nothing was run; add a '-- migrate:down' section (an empty one if nothing has to be undone), or go "
            "down to this revision at most\n");
}

} // namespace
} // namespace retort
