#include "cli/tool.hpp"
#include "faults/kill_points.hpp"

#include <sqlite3.h>

#include <memory>

namespace retort {
namespace {

/// kill -9 at every system call of a migration of an SQLite file.
class KillSqliteTest : public testing::TestWithParam<std::string> {
protected:
  void SetUp() override {
    tool_.environment["DATABASE_URL"] = "sqlite:app.db";
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x);\nINSERT INTO a VALUES (1), (2);\n"
                             "-- migrate:down\nDROP TABLE a;\n");
    tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nCREATE TABLE b (x);\nINSERT INTO b SELECT x FROM a;\n"
                             "UPDATE a SET x = x + 10;\n-- migrate:down\nDROP TABLE b;\nUPDATE a SET x = x - 10;\n");
    tool_.revision("0003_c", "-- C.\n\n-- migrate:up\nALTER TABLE b ADD COLUMN y;\nCREATE TABLE c (x);\n"
                             "-- migrate:down\nDROP TABLE c;\nALTER TABLE b DROP COLUMN y;\n");
  }

  std::string run(const std::string& sql) const {
    sqlite3* raw = nullptr;
    sqlite3_open((tool_.folder / "app.db").c_str(), &raw);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
    std::string text;
    const auto append = [](void* out, int columns, char** values, char**) {
      for (int i = 0; i < columns; ++i) {
        *static_cast<std::string*>(out) += values[i] == nullptr ? " " : std::string(values[i]) + " ";
      }
      return 0;
    };
    if (sqlite3_exec(raw, sql.c_str(), append, &text, nullptr) != SQLITE_OK) {
      return std::string("error: ") + sqlite3_errmsg(raw);
    }
    return text;
  }

  /// How many revisions are applied, by the revision table; or what contradicts it.
  std::string state() const {
    const std::string tables = run("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                                   "ORDER BY name");
    const std::string ids =
        tables.find("retort_revisions") == std::string::npos ? "" : run("SELECT id FROM retort_revisions ORDER BY id");
    const bool has_a = tables.find("a ") == 0;
    const bool has_b = tables.find("b ") != std::string::npos;
    const bool has_c = tables.find("c ") != std::string::npos;
    const std::string data = (has_a ? run("SELECT sum(x) FROM a") : "-") + (has_b ? run("SELECT sum(x) FROM b") : "-");
    const std::string found = ids + "| " + data + (has_c ? "c" : "-");
    for (const char* consistent : {"| ---", "0001 | 3 --", "0001 0002 | 23 3 -", "0001 0002 0003 | 23 3 c"}) {
      if (found == consistent) {
        return std::to_string(std::count(ids.begin(), ids.end(), ' '));
      }
    }
    return "inconsistent: " + found;
  }

  void remove_database() const {
    for (const char* name : {"app.db", "app.db-journal", "app.db-wal", "app.db-shm"}) {
      std::filesystem::remove(tool_.folder / name);
    }
  }

  /// A new file, in the journal mode of this test, at the state `applied`.
  void prepare(const std::string& applied) const {
    remove_database();
    const std::filesystem::path made = tool_.folder / (applied + ".made");
    if (!std::filesystem::exists(made)) {
      run("PRAGMA journal_mode = " + GetParam() + "; CREATE TABLE z (x); DROP TABLE z");
      if (applied != "base") {
        ASSERT_EQ(tool_.run({"upgrade", applied}).status, 0);
      }
      std::filesystem::rename(tool_.folder / "app.db", made);
    }
    std::filesystem::copy_file(made, tool_.folder / "app.db");
  }

  Tool tool_;
};

INSTANTIATE_TEST_SUITE_P(modes, KillSqliteTest, testing::Values("delete", "wal"),
                         [](const auto& info) { return info.param; });

TEST_P(KillSqliteTest, F9_AnUpgradeIsWholeOrNotThere) {
  const int killed = for_each_kill_point(
      tool_.invocation({"upgrade", "head"}), [&] { prepare("base"); },
      [&] {
        const std::string left = state();
        EXPECT_TRUE(left == "0" || left == "3") << left;
        EXPECT_EQ(tool_.run({"upgrade", "head"}).text().substr(0, 7), "exit 0\n");
        EXPECT_EQ(state(), "3");
      });
  EXPECT_GT(killed, 5);
}

TEST_P(KillSqliteTest, F9_EveryRevisionIsWholeOrNotThere) {
  const int killed = for_each_kill_point(
      tool_.invocation({"upgrade", "head", "--transaction", "each"}), [&] { prepare("base"); },
      [&] {
        EXPECT_EQ(state().size(), 1U) << state();
        EXPECT_EQ(tool_.run({"upgrade", "head"}).text().substr(0, 7), "exit 0\n");
        EXPECT_EQ(state(), "3");
      });
  EXPECT_GT(killed, 10);
}

TEST_P(KillSqliteTest, F9_ADowngradeIsWholeOrNotThere) {
  const int killed = for_each_kill_point(
      tool_.invocation({"downgrade", "base"}), [&] { prepare("head"); },
      [&] {
        const std::string left = state();
        EXPECT_TRUE(left == "0" || left == "3") << left;
        EXPECT_EQ(tool_.run({"downgrade", "base"}).text().substr(0, 7), "exit 0\n");
        EXPECT_EQ(state(), "0");
      });
  EXPECT_GT(killed, 5);
}

TEST_P(KillSqliteTest, F16_WhatRunsOutsideOfTransactionsIsTakenUpAgain) {
  tool_.revision("0004_d", "-- D.\n\n-- migrate:up\nCREATE TABLE d (x);\nINSERT INTO d VALUES (1);\n"
                           "-- migrate:up transaction:false\nVACUUM;\n-- migrate:up\nINSERT INTO d VALUES (2);\n");
  const int killed = for_each_kill_point(
      tool_.invocation({"upgrade", "head"}), [&] { prepare("0003"); },
      [&] {
        EXPECT_EQ(tool_.run({"upgrade", "head"}).text().substr(0, 7), "exit 0\n");
        EXPECT_EQ(run("SELECT x FROM d ORDER BY x"), "1 2 ");
        EXPECT_EQ(run("SELECT id FROM retort_revisions ORDER BY id"), "0001 0002 0003 0004 ");
        EXPECT_EQ(run("SELECT count(*) FROM sqlite_schema WHERE name = 'retort_journal'"), "0 ");
      });
  EXPECT_GT(killed, 10);
}

TEST_P(KillSqliteTest, F9_AStampIsWholeOrNotThere) {
  const int killed = for_each_kill_point(
      tool_.invocation({"stamp", "--purge", "0002"}), [&] { prepare("head"); },
      [&] {
        const std::string ids = run("SELECT id FROM retort_revisions ORDER BY id");
        EXPECT_TRUE(ids == "0001 0002 0003 " || ids == "0001 0002 ") << ids;
      });
  EXPECT_GT(killed, 3);
}

/// The positive control: what has no transaction must be caught by the same means.
TEST(KillPoints, FindWhatAutocommitBreaks) {
  if (!std::filesystem::exists("/usr/bin/sqlite3")) {
    GTEST_SKIP() << "no sqlite3: install the package sqlite3";
  }
  const Folder folder;
  const Invocation shell{
      "/usr/bin/sqlite3", {"app.db", "CREATE TABLE a (x); CREATE TABLE b (x);"}, folder.path(), {}, {}};
  const Invocation count{"/usr/bin/sqlite3", {"app.db", "SELECT count(*) FROM sqlite_schema"}, folder.path(), {}, {}};
  bool found = false;
  for_each_kill_point(
      shell, [&] { std::filesystem::remove(folder / "app.db"); },
      [&] { found = found || run_process(count).out == "1\n"; });
  EXPECT_TRUE(found);
}

} // namespace
} // namespace retort
