#include "session/migrator.hpp"
#include "session/sqlite_session.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

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

} // namespace
} // namespace retort
