#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#include "session/postgresql_test_database.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>

namespace retort {
namespace {

/// What a connection does with answers that no revision should lead to.
class PostgresqlConnectionTest : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    database_->run("CREATE TABLE a (b integer)");
    connection_.reset();
    handle_ = connect_postgresql(database_->url());
    connection_.emplace(handle_.get(), waiter_, PostgresqlConnection::OnNotice());
  }

  static Command command(std::string sql) {
    Command command;
    command.text = std::move(sql);
    return command;
  }

  std::optional<PostgresqlTestDatabase> database_;
  PostgresqlHandle handle_;
  Waiter waiter_;
  std::optional<PostgresqlConnection> connection_;
};

constexpr const char* no_data = "COPY … FROM STDIN: there is no data to send, and the connection was closed";

TEST_F(PostgresqlConnectionTest, CopyDataThatAQueryAsksForEndsIt) {
  try {
    run_blocking(waiter_, connection_->query("COPY a FROM STDIN"));
    FAIL();
  } catch (const PostgresqlFailure& failure) {
    EXPECT_EQ(failure.error.message, no_data);
    EXPECT_TRUE(failure.error.connection_lost);
  }
  EXPECT_EQ(PQstatus(handle_.get()), CONNECTION_BAD);
}

TEST_F(PostgresqlConnectionTest, CopyDataThatAPipelineAsksForEndsIt) {
  for (const std::vector<Command>& batch :
       {std::vector<Command>{command("BEGIN"), command("COPY a FROM STDOUT"), command("COMMIT")},
        std::vector<Command>{command("BEGIN"), command("COPY a FROM STDIN")}}) {
    SetUp();
    std::size_t ran = 0;
    const auto error = run_blocking(waiter_, connection_->run(
                                                 batch, [&] { ++ran; }, {}, PostgresqlConnection::Delivery::together));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->message, no_data);
    EXPECT_TRUE(error->connection_lost);
    EXPECT_EQ(ran, 1U);
  }
}

} // namespace
} // namespace retort
