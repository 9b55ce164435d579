#include "session/migrator.hpp"
#include "session/sqlite_session.hpp"
#include "support/folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <thread>

namespace retort {
namespace {

/// An application's own connection, on a database in memory.
class SqliteSessionTest : public testing::Test {
protected:
  SqliteSessionTest() { EXPECT_EQ(sqlite3_open(":memory:", &handle_), SQLITE_OK); }
  ~SqliteSessionTest() override { EXPECT_EQ(sqlite3_close(handle_), SQLITE_OK) << "nothing is left open"; }

  std::string upgrade(const std::string& up) {
    const std::vector<RevisionText> revisions = {{"0001", "-- One.\n\n-- migrate:up\n" + up}};
    return Migrator(Dialect::sqlite, revisions, std::make_unique<SqliteSession>(handle_, "the file", SessionOptions()))
        .upgrade();
  }

  SqliteConnection connection() { return SqliteConnection(handle_); }

private:
  sqlite3* handle_ = nullptr;
};

TEST_F(SqliteSessionTest, F22_ForeignKeysAreAsTheyWereAgain) {
  for (const std::int64_t keys : {1, 0}) {
    connection().run(keys == 1 ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
    EXPECT_EQ(upgrade("SELECT nothing;\n").substr(0, 6), "exit 3");
    EXPECT_EQ(connection().integer("PRAGMA foreign_keys"), keys) << "behind a mistake";
  }
  connection().run("PRAGMA foreign_keys = ON");
  EXPECT_EQ(upgrade("CREATE TABLE a (b);\n"), "committed: upgrade base -> 0001  One.\n1 steps\n");
  EXPECT_EQ(connection().integer("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(upgrade("CREATE TABLE a (b);\n"), "0 steps\n");
  EXPECT_EQ(connection().integer("PRAGMA foreign_keys"), 1) << "with nothing to do";
  EXPECT_FALSE(connection().in_transaction());
}

/// A session on a file that somebody else writes to.
class LockedFileTest : public testing::Test {
protected:
  void SetUp() override {
    options_.stop = stop_.get_token();
    ASSERT_EQ(sqlite3_open(path_.c_str(), &writer_), SQLITE_OK);
    SqliteConnection(writer_).run("CREATE TABLE a (b)");
    SqliteConnection(writer_).run("BEGIN IMMEDIATE");
  }
  ~LockedFileTest() override { sqlite3_close(writer_); }

  std::string upgrade(const std::string& section) {
    const std::vector<RevisionText> revisions = {{"0001", "-- One.\n\n-- migrate:up" + section}};
    return Migrator({Dialect::sqlite, path_}, revisions, options_).upgrade();
  }

  Folder folder_;
  std::string path_ = (folder_ / "app.db").string();
  sqlite3* writer_ = nullptr;
  std::stop_source stop_;
  SessionOptions options_;
};

const std::string stopped_there = "exit 3\nerror: stopped, as asked\nnote: no revision was committed\n"
                                  "hint: run it again: it goes on from what was committed\n";

TEST_F(LockedFileTest, AStopEndsTheWaitingOfWhichItTold) {
  for (const std::string section : {"\nCREATE TABLE c (d);\n", " transaction:false\nVACUUM;\n"}) {
    stop_ = {};
    options_.stop = stop_.get_token();
    const std::jthread stopping([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      stop_.request_stop();
    });
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(upgrade(section), "waiting\n" + stopped_there);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  }
}

TEST_F(LockedFileTest, AStatementOutsideOfATransactionWaitsForItsTurn) {
  const std::jthread leaving([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    SqliteConnection(writer_).run("COMMIT");
  });
  EXPECT_EQ(upgrade(" transaction:false\nVACUUM;\n"), "waiting\ncommitted: upgrade base -> 0001  One.\n1 steps\n");
}

} // namespace
} // namespace retort
