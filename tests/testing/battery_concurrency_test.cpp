#include "testing/battery_test.hpp"

namespace retort {
namespace {

class TwoAtOnce : public BatteryTest {};
INSTANTIATE_TEST_SUITE_P(Dialects, TwoAtOnce, testing::ValuesIn(conforming_dialects()), name_of_parameter);

/// On SQLite nothing in a history can tell whether somebody waits.
TEST_P(TwoAtOnce, LeadWhereOneLeads) {
  if (GetParam() == Dialect::sqlite) {
    GTEST_SKIP();
  }
  EXPECT_EQ(run("two_at_once", {{"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\nSELECT pg_sleep(0.5);\n"
                                        "INSERT INTO a SELECT 1 FROM pg_stat_activity WHERE datname = "
                                        "current_database() AND pid <> pg_backend_pid() AND backend_type = 'client "
                                        "backend';\n"}}),
            "exit 1\n"
            "error: two processes that upgrade at the same time lead elsewhere than one\n"
            "note: table a has 1 row instead of 0\n"
            "hint: a revision must not release Retort's lock\n"
            "kept: ~.two_at_once.2\n"
            "kept: ~.two_at_once\n");
}

} // namespace
} // namespace retort
