#include "faults/kill_points.hpp"
#include "faults/postgresql_fault.hpp"

#include <random>

namespace retort {
namespace {

/// kill -9 at everything that the tool sends to the server, and at any time.
class PostgresqlKillTest : public PostgresqlFault {
protected:
  void SetUp() override {
    PostgresqlFault::SetUp();
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\nINSERT INTO a VALUES (1), (2);\n"
                             "-- migrate:down\nDROP TABLE a;\n");
    tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nCREATE TABLE b AS SELECT x FROM a;\nUPDATE a SET x = x + 10;\n"
                             "-- migrate:down\nDROP TABLE b;\nUPDATE a SET x = x - 10;\n");
    tool_.revision("0003_c", "-- C.\n\n-- migrate:up\nCREATE TABLE c (x integer);\n-- migrate:up transaction:false\n"
                             "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_x ON a (x);\n"
                             "-- migrate:up\nINSERT INTO c VALUES (1);\n"
                             "-- migrate:down\nDROP TABLE c;\nDROP INDEX a_x;\n");
  }

  void prepare(const std::string& applied) {
    end_sessions();
    run("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    if (applied != "base") {
      ASSERT_EQ(tool_.run({"upgrade", applied}).status, 0);
    }
  }

  /// What a killed tool left at work on the server.
  void end_sessions() {
    run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'retort' AND datname = "
        "current_database()");
  }

  std::string or_none(const std::string& table, const std::string& query) {
    return run("SELECT to_regclass('public." + table + "')") == "\n" ? "-" : run(query);
  }

  /// How many revisions are applied in full, by the revision table; or what contradicts it.
  std::string state() {
    const std::string ids = or_none("retort_revisions", "SELECT string_agg(id, ' ' ORDER BY id) FROM retort_revisions");
    std::string found = (ids == "-" ? "\n" : ids) + or_none("a", "SELECT sum(x) FROM a") +
                        or_none("b", "SELECT sum(x) FROM b") + or_none("c", "SELECT count(*) FROM c") +
                        or_none("a_x", "SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_x'::regclass");
    std::replace(found.begin(), found.end(), '\n', ' ');
    const std::vector<std::string> consistent = {" ----", "0001 3 ---", "0001 0002 23 3 --",
                                                 "0001 0002 0003 23 3 1 t "};
    const auto number = std::find(consistent.begin(), consistent.end(), found) - consistent.begin();
    return number < 4 ? std::to_string(number) : "inconsistent: " + found;
  }
};

TEST_F(PostgresqlKillTest, F9_AnUpgradeGoesOnFromWhereItWasKilled) {
  const int killed = for_each_kill_point(
      tool_.invocation({"upgrade", "head"}), [&] { prepare("base"); },
      [&] {
        EXPECT_EQ(tool_.run({"upgrade", "head"}).text().substr(0, 7), "exit 0\n");
        EXPECT_EQ(state(), "3");
      });
  EXPECT_GE(killed, 8);
}

TEST_F(PostgresqlKillTest, F9_EveryRevisionInATransactionIsWholeOrNotThere) {
  const int killed = for_each_kill_point(
      tool_.invocation({"upgrade", "0002"}), [&] { prepare("base"); },
      [&] {
        end_sessions();
        EXPECT_EQ(state().size(), 1U) << state();
      });
  EXPECT_GE(killed, 6);
}

TEST_F(PostgresqlKillTest, F9_EveryStepDownIsWholeOrNotThere) {
  const int killed = for_each_kill_point(
      tool_.invocation({"downgrade", "base"}), [&] { prepare("head"); },
      [&] {
        end_sessions();
        EXPECT_EQ(state().size(), 1U) << state();
        EXPECT_EQ(tool_.run({"downgrade", "base"}).text().substr(0, 7), "exit 0\n");
        EXPECT_EQ(state(), "0");
      });
  EXPECT_GE(killed, 6);
}

TEST_F(PostgresqlKillTest, F9_AtAnyTime) {
  prepare("base");
  std::mt19937 random(20261122);
  for (int round = 0; round < 15; ++round) {
    const bool up = round % 2 == 0;
    const std::vector<std::string> arguments = {up ? "upgrade" : "downgrade", up ? "head" : "base"};
    {
      Process tool(tool_.invocation(arguments));
      tool.ends_within(std::chrono::microseconds(random() % 120'000));
      tool.kill();
    }
    const Output output = tool_.run(arguments);
    ASSERT_EQ(output.status, 0) << output.text();
    ASSERT_EQ(state(), up ? "3" : "0");
  }
}

} // namespace
} // namespace retort
