#include "async/loop.hpp"
#include "dialect/revision_table.hpp"
#include "session/postgresql_test_database.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <libpq-fe.h>

#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;

constexpr const char* stopped = "stopped: error: stopped, as asked\nnote: no revision was committed\n"
                                "hint: run it again: it goes on from what was committed\n";

/// Operations on a PostgreSQL database that end early, or must not block.
class CancellationTest : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    slow_.emplace(std::vector<RevisionText>{{"0001", "-- Slow.\n\n-- migrate:up\nCREATE TABLE one (a integer);\n"
                                                     "SELECT pg_sleep(30);\n"}},
                  Dialect::postgresql);
    short_.emplace(std::vector<RevisionText>{{"0001", "-- Short.\n\n-- migrate:up\nSELECT pg_sleep(0.5);\n"}},
                   Dialect::postgresql);
  }

  /// What the operation left: tables, sessions that still run, locks.
  std::string left() {
    return database_->run("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") +
           database_->run("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = "
                          "'active' AND pid <> pg_backend_pid()");
  }

  std::optional<PostgresqlTestDatabase> database_;
  std::optional<ProgramHistory> slow_;
  std::optional<ProgramHistory> short_;
  Loop loop_;
};

TEST_F(CancellationTest, ACancellationSlotCancelsTheStatementOnTheServer) {
  asio::cancellation_signal signal;
  std::string result;
  asio::co_spawn(
      loop_.context(), async_upgrade(loop_.executor(), database_->url(), slow_->view()),
      asio::bind_cancellation_slot(
          signal.slot(), [&](const std::exception_ptr& thrown, const Report& /*report*/) { result = shown(thrown); }));
  asio::steady_timer timer(loop_.context(), 300ms);
  timer.async_wait([&](std::error_code) { signal.emit(asio::cancellation_type::terminal); });
  loop_.run();
  EXPECT_EQ(result, stopped);
  EXPECT_EQ(left(), "0\n0\n");
}

TEST_F(CancellationTest, ADeadlineEndsIt) {
  using namespace asio::experimental::awaitable_operators;
  std::string result;
  const auto with_deadline = [&]() -> asio::awaitable<void> {
    asio::steady_timer timer(loop_.context(), 300ms);
    const auto winner = co_await (async_upgrade(loop_.executor(), database_->url(), slow_->view()) ||
                                  timer.async_wait(asio::use_awaitable));
    result = winner.index() == 0 ? "upgraded" : "too late";
  };
  asio::co_spawn(loop_.context(), with_deadline(),
                 [](const std::exception_ptr& thrown) { EXPECT_EQ(thrown, nullptr); });
  loop_.run();
  EXPECT_EQ(result, "too late");
  EXPECT_EQ(left(), "0\n0\n");
}

TEST_F(CancellationTest, AStopTokenOfAnotherThreadEndsIt) {
  std::stop_source stop;
  Options options;
  options.stop = stop.get_token();
  const std::jthread thread([&] {
    std::this_thread::sleep_for(300ms);
    stop.request_stop();
  });
  EXPECT_EQ(loop_.run(async_upgrade(loop_.executor(), database_->url(), slow_->view(), options)), stopped);
  EXPECT_EQ(left(), "0\n0\n");
}

TEST_F(CancellationTest, EndsWhileItWaitsForTheLock) {
  PostgresqlClient holder(database_->url());
  holder.run("SELECT pg_advisory_lock(" + std::to_string(revision_table::lock_key()) + ")");
  std::stop_source stop;
  Options options;
  options.stop = stop.get_token();
  options.progress = [&](const Event& event) {
    if (std::holds_alternative<WaitingForLock>(event)) {
      stop.request_stop();
    }
  };
  EXPECT_EQ(loop_.run(async_upgrade(loop_.executor(), database_->url(), slow_->view(), options)), stopped);
}

TEST_F(CancellationTest, TheThreadGoesOnMeanwhile) {
  std::string result;
  loop_.start(async_upgrade(loop_.executor(), database_->url(), short_->view()), result);
  std::size_t ticks = 0;
  const auto tick = [&]() -> asio::awaitable<void> {
    asio::steady_timer timer(loop_.context());
    while (result.empty()) {
      timer.expires_after(5ms);
      co_await timer.async_wait(asio::use_awaitable);
      ++ticks;
    }
  };
  asio::co_spawn(loop_.context(), tick(), [](const std::exception_ptr& thrown) { EXPECT_EQ(thrown, nullptr); });
  loop_.run();
  EXPECT_EQ(result, "up 0001\nat 0001\n");
  EXPECT_GT(ticks, 20U);
}

TEST_F(CancellationTest, WorksOnTheCallersConnection) {
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(database_->url().c_str()), PQfinish);
  ASSERT_EQ(PQstatus(connection.get()), CONNECTION_OK);
  std::stop_source stop;
  Options options;
  options.stop = stop.get_token();
  const std::jthread thread([&] {
    std::this_thread::sleep_for(300ms);
    stop.request_stop();
  });
  EXPECT_EQ(loop_.run(async_upgrade(loop_.executor(), connection.get(), slow_->view(), options)), stopped);
  EXPECT_EQ(PQtransactionStatus(connection.get()), PQTRANS_IDLE);
  EXPECT_EQ(left(), "0\n0\n");
  Loop second;
  EXPECT_EQ(second.run(async_upgrade(second.executor(), connection.get(), short_->view())), "up 0001\nat 0001\n");
  Loop third;
  EXPECT_EQ(third.run(async_downgrade(third.executor(), connection.get(), short_->view(), "base")).substr(0, 9),
            "request: ");
  EXPECT_EQ(PQisnonblocking(connection.get()), 0);
}

TEST_F(CancellationTest, AServerThatIsNotThereIsNamed) {
  EXPECT_EQ(loop_.run(async_upgrade(loop_.executor(), "postgresql://nobody@127.0.0.1:1/none", short_->view())),
            "database: error: cannot connect: connection to server at \"127.0.0.1\", port 1 failed: "
            "Connection refused\nnote: Is the server running on that host and accepting TCP/IP connections?\n"
            "note: no revision was committed\nhint: check that the server runs and that the URL names it\n");
}

} // namespace
} // namespace retort
