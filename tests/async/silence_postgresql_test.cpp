#include "async/loop.hpp"
#include "session/proxy.hpp"

#include <libpq-fe.h>

#include <atomic>
#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Swallows everything while it is frozen.
class Freezing : public Relay {
public:
  explicit Freezing(const std::atomic<bool>& frozen) : frozen_(frozen) {}
  bool to_server(std::string& bytes) override { return pass(bytes); }
  bool to_client(std::string& bytes) override { return pass(bytes); }

private:
  bool pass(std::string& bytes) const {
    if (frozen_) {
      bytes.clear();
    }
    return true;
  }
  const std::atomic<bool>& frozen_;
};

/// Passes on what goes to the server so much later.
class Slow : public Relay {
public:
  explicit Slow(Clock::duration pause) : pause_(pause) {}
  bool to_server(std::string& /*bytes*/) override {
    std::this_thread::sleep_for(pause_);
    return true;
  }

private:
  Clock::duration pause_;
};

/// Operations that are to stop on links that are slow or dead.
class SilenceTest : public testing::Test {
protected:
  using Connection = std::unique_ptr<PGconn, void (*)(PGconn*)>;

  void SetUp() override {
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    options_.stop = stop_.get_token();
  }

  static ProgramHistory history(const std::string& statements) {
    return ProgramHistory({{"0001", "-- One.\n\n-- migrate:up\n" + statements}}, Dialect::postgresql);
  }

  static Connection connect(const std::string& url) { return {PQconnectdb(url.c_str()), PQfinish}; }

  /// Requests the stop so much later.
  void stop_after(
      Clock::duration time, const std::function<void()>& before = [] {}) {
    timer_.expires_after(time);
    timer_.async_wait([this, before](std::error_code) {
      before();
      stop_.request_stop();
    });
  }

  std::optional<PostgresqlTestDatabase> database_;
  Loop loop_;
  asio::steady_timer timer_{loop_.context()};
  std::stop_source stop_;
  Options options_;
};

constexpr const char* stopped = "stopped: error: stopped, as asked\nnote: no revision was committed\n"
                                "hint: run it again: it goes on from what was committed\n";

TEST_F(SilenceTest, AStatementThatTheServerStillReadsIsCancelledLater) {
  const ProgramHistory slow = history("CREATE TABLE one (a text);\nINSERT INTO one SELECT '" +
                                      std::string(2'000'000, 'x') + "' FROM pg_sleep(30);\n");
  const Proxy proxy(*database_, [](std::size_t) { return std::make_unique<Slow>(50ms); });
  stop_after(500ms);
  const auto begin = Clock::now();
  EXPECT_EQ(loop_.run(async_upgrade(loop_.executor(), proxy.url(), slow.view(), options_)), stopped);
  EXPECT_LT(Clock::now() - begin, 15s);
  EXPECT_EQ(database_->run("SELECT count(*) FROM pg_class WHERE relname = 'one'"), "0\n");
}

TEST_F(SilenceTest, ADeadServerIsGivenUpAndKeepsNobodyElse) {
  const ProgramHistory slow = history("SELECT pg_sleep(30);\n");
  std::atomic<bool> frozen = false;
  const Proxy proxy(*database_, [&](std::size_t) { return std::make_unique<Freezing>(frozen); });
  const PostgresqlTestDatabase second;
  const PostgresqlTestDatabase third;
  const Proxy second_proxy(second, [&](std::size_t) { return std::make_unique<Freezing>(frozen); });
  const Connection callers = connect(second_proxy.url());
  std::string own_result;
  std::string callers_result;
  std::string good_result;
  Clock::time_point good_end;
  const auto begin = Clock::now();
  loop_.start(async_upgrade(loop_.executor(), proxy.url(), slow.view(), options_), own_result);
  loop_.start(async_upgrade(loop_.executor(), callers.get(), slow.view(), options_), callers_result);
  asio::co_spawn(loop_.context(), async_upgrade(loop_.executor(), third.url(), slow.view(), options_),
                 [&](const std::exception_ptr& thrown, const Report& /*report*/) {
                   good_result = shown(thrown);
                   good_end = Clock::now();
                 });
  stop_after(700ms, [&] { frozen = true; });
  loop_.run();
  const std::string given_up =
      "database: error: the server did not answer for 10 s when it was to stop; the connection was closed\n"
      "note: while running: BEGIN\n"
      "note: the connection was lost during COMMIT, and the server cannot be reached: whether the transaction was "
      "committed is unknown\n"
      "note: no revision was committed\n"
      "hint: 'current' will tell when the server is back\n";
  EXPECT_EQ(own_result, given_up);
  EXPECT_EQ(callers_result, given_up);
  EXPECT_EQ(PQstatus(callers.get()), CONNECTION_BAD);
  EXPECT_EQ(good_result, stopped);
  EXPECT_LT(good_end - begin, 8s);
  EXPECT_LT(Clock::now() - begin, 20s);
}

TEST_F(SilenceTest, ACancellationDoesNotHitWhatTheCallerRunsNext) {
  const ProgramHistory brief = history("SELECT pg_sleep(1);\n");
  const Proxy proxy(*database_, [](std::size_t number) {
    return std::make_unique<Slow>(number == 0 ? Clock::duration() : Clock::duration(1500ms));
  });
  const Connection callers = connect(proxy.url());
  stop_after(700ms);
  const std::string result = loop_.run(async_upgrade(loop_.executor(), callers.get(), brief.view(), options_));
  EXPECT_EQ(result, "up 0001\nat 0001\n");
  const std::unique_ptr<PGresult, void (*)(PGresult*)> next(PQexec(callers.get(), "SELECT pg_sleep(2)"), PQclear);
  EXPECT_STREQ(PQresultErrorMessage(next.get()), "");
}

} // namespace
} // namespace retort
