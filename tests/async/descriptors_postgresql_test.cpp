#include "async/loop.hpp"
#include "session/postgresql_test_database.hpp"

#include <libpq-fe.h>
#include <sys/resource.h>
#include <unistd.h>

#include <optional>
#include <string>

namespace retort {
namespace {

/// While it lives, the process can open so many files more.
class FewDescriptors {
public:
  explicit FewDescriptors(rlim_t left) {
    ::getrlimit(RLIMIT_NOFILE, &usual_);
    const int next = ::dup(0);
    ::close(next);
    rlimit few = usual_;
    few.rlim_cur = static_cast<rlim_t>(next) + left;
    ::setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &usual_); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;

private:
  rlimit usual_{};
};

/// Why there can be no such test; nothing when there can.
std::optional<std::string> missing() {
#ifdef RETORT_SANITIZE
  // Before it looks at an object's type, it writes to a pipe from there.
  return "the sanitizer opens files of its own";
#else
  return PostgresqlTestServer::missing();
#endif
}

TEST(Descriptors, AProcessThatHasNoneLeftFailsAsAnError) {
  if (const auto reason = missing()) {
    GTEST_SKIP() << *reason;
  }
  const ProgramHistory history({{"0001", "-- One.\n\n-- migrate:up\nSELECT pg_sleep(0.5);\n"}}, Dialect::postgresql);
  std::vector<PostgresqlTestDatabase> databases(6);
  std::vector<std::string> results(databases.size());
  Loop loop;
  const asio::steady_timer reactor(loop.context());
  for (std::size_t i = 0; i < databases.size(); ++i) {
    loop.start(async_upgrade(loop.executor(), databases[i].url(), history.view()), results[i]);
  }
  {
    const FewDescriptors few(5);
    loop.run();
  }
  EXPECT_THAT(results, testing::Contains("up 0001\nat 0001\n").Times(testing::Ge(1)));
  EXPECT_THAT(results,
              testing::Contains(testing::StartsWith("database: error: cannot connect: ")).Times(testing::Ge(1)));
  for (const std::string& result : results) {
    EXPECT_THAT(result, testing::AnyOf("up 0001\nat 0001\n", testing::StartsWith("database: error: ")));
  }
}

TEST(Descriptors, AnEventLoopThatHasNoneIsAnError) {
  if (const auto reason = missing()) {
    GTEST_SKIP() << *reason;
  }
  const ProgramHistory history({{"0001", "-- One.\n\n-- migrate:up\nSELECT pg_sleep(0.1);\n"}}, Dialect::postgresql);
  const PostgresqlTestDatabase database;
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(database.url().c_str()), PQfinish);
  const FewDescriptors few(0);
  Loop dead;
  EXPECT_THAT(dead.run(async_upgrade(dead.executor(), connection.get(), history.view())),
              testing::MatchesRegex("database: error: cannot begin: .*Too many open files\n"));
  EXPECT_EQ(PQtransactionStatus(connection.get()), PQTRANS_IDLE);
}

TEST(Descriptors, ACallersConnectionNeedsNone) {
  if (const auto reason = missing()) {
    GTEST_SKIP() << *reason;
  }
  const ProgramHistory history({{"0001", "-- One.\n\n-- migrate:up\nSELECT pg_sleep(0.1);\n"}}, Dialect::postgresql);
  const PostgresqlTestDatabase database;
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(database.url().c_str()), PQfinish);
  Loop loop;
  const asio::steady_timer reactor(loop.context());
  const FewDescriptors few(0);
  EXPECT_EQ(loop.run(async_upgrade(loop.executor(), connection.get(), history.view())), "up 0001\nat 0001\n");
}

} // namespace
} // namespace retort
