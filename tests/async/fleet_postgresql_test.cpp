#include "async/fleet.hpp"
#include "session/postgresql_test_database.hpp"

namespace retort {
namespace {

/// The same on a PostgreSQL server.
class PostgresqlFleetTest : public FleetTest {
protected:
  void SetUp() override {
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
  }

  std::optional<PostgresqlTestDatabase> database_;
};

TEST_F(PostgresqlFleetTest, UpgradesTheSchemasOfOneDatabase) {
  database_->run("CREATE SCHEMA a; CREATE SCHEMA b");
  const ProgramHistory history(two, Dialect::postgresql);
  EXPECT_EQ(run({{database_->url(), "a"}, {database_->url(), "b"}}, history, FleetOptions()),
            "up 0001\nup 0002\nat 0002\nup 0001\nup 0002\nat 0002\n");
  EXPECT_EQ(
      database_->run(
          "SELECT string_agg(schemaname || '.' || tablename, ' ' ORDER BY schemaname, tablename) FROM pg_tables WHERE "
          "schemaname IN ('a', 'b', 'public')"),
      "a.one a.retort_revisions a.two b.one b.retort_revisions b.two\n");
}

TEST_F(PostgresqlFleetTest, ACancellationRollsBackWhatIsInFlight) {
  database_->run("CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA c");
  const ProgramHistory slow(
      {{"0001", "-- Slow.\n\n-- migrate:up\nCREATE TABLE one (a integer);\nSELECT pg_sleep(30);\n"}},
      Dialect::postgresql);
  FleetOptions options;
  options.jobs = 2;
  asio::steady_timer timer(loop_.context(), std::chrono::milliseconds(400));
  timer.async_wait([&](std::error_code) { signal_.emit(asio::cancellation_type::terminal); });
  EXPECT_EQ(run({{database_->url(), "a"}, {database_->url(), "b"}, {database_->url(), "c"}}, slow, options),
            "failed behind 0\nfailed behind 0\nnot begun\n");
  EXPECT_EQ(database_->run("SELECT count(*) FROM pg_tables WHERE schemaname IN ('a', 'b', 'c')"), "0\n");
}

} // namespace
} // namespace retort
