#include "session/executor.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

/// The batch's commands by their kinds: `begin`, `step.statement`, …; statements outside of transactions with a `!`.
std::string shown(std::span<const Command> batch) {
  std::string text;
  for (const Command& command : batch) {
    constexpr const char* names[] = {"begin", "statement", "own", "record", "journal", "commit"};
    text += (text.empty() ? "" : " ") + std::string(command.transactional ? "" : "!") +
            names[static_cast<std::size_t>(command.kind)];
  }
  return text;
}

std::string numbers(const std::vector<std::size_t>& steps) {
  std::string text;
  for (const std::size_t step : steps) {
    text += (text.empty() ? "" : " ") + std::to_string(step);
  }
  return text;
}

void run(Executor& executor, std::size_t commands) {
  for (; commands > 0; --commands) {
    executor.ran();
  }
}

class ExecutorTest : public testing::Test {
protected:
  Stream stream(const std::vector<RevisionText>& texts, Transactions transactions, bool creates_table = false) {
    history_ = history_of(texts);
    StreamOptions options;
    options.transactions = transactions;
    options.creates_table = creates_table;
    return render_stream(history_, plan_upgrade(history_, State(history_.size()), "heads"), options);
  }

  History history_;
};

const std::vector<RevisionText> two = {{"0001", "-- One.\n\n-- migrate:up\nSELECT 1;\nSELECT 2;\n"},
                                       {"0002", "-- Two.\n\n-- migrate:up\nSELECT 3;\n"}};

TEST_F(ExecutorTest, HasNoBatchForAnEmptyStream) {
  const Stream empty = stream({}, Transactions::all);
  Executor executor(empty);
  EXPECT_TRUE(executor.batch().empty());
}

TEST_F(ExecutorTest, KnowsWhatIsCommitted) {
  const Stream all = stream(two, Transactions::all, true);
  Executor executor(all);
  EXPECT_EQ(shown(executor.batch()), "begin own statement statement record statement record commit");
  run(executor, 7);
  EXPECT_EQ(numbers(executor.uncommitted()), "0 1");
  EXPECT_EQ(numbers(executor.take_committed()), "");
  EXPECT_EQ(shown(executor.batch()), "commit");
  executor.ran();
  EXPECT_EQ(numbers(executor.uncommitted()), "");
  EXPECT_EQ(numbers(executor.take_committed()), "0 1");
  EXPECT_EQ(numbers(executor.take_committed()), "");
  EXPECT_TRUE(executor.batch().empty());
}

TEST_F(ExecutorTest, ABatchHoldsSeveralTransactions) {
  const Stream each = stream(two, Transactions::each);
  Executor executor(each);
  EXPECT_EQ(shown(executor.batch()), "begin statement statement record commit begin statement record commit");
  run(executor, 8);
  EXPECT_EQ(numbers(executor.take_committed()), "0");
  EXPECT_EQ(numbers(executor.uncommitted()), "1");
}

TEST_F(ExecutorTest, RunsAStatementOutsideOfTransactionsAlone) {
  const Stream parts = stream({{"0001", "-- P.\n\n-- migrate:up\nSELECT 1;\n-- migrate:up transaction:false\nVACUUM;\n"
                                        "-- migrate:up\nSELECT 2;\n"}},
                              Transactions::all);
  Executor executor(parts);
  std::string batches;
  while (!executor.batch().empty()) {
    batches += shown(executor.batch()) + "\n";
    run(executor, executor.batch().size());
  }
  EXPECT_EQ(batches,
            "begin statement own journal commit\n!statement\nbegin journal commit begin statement own record commit\n");
}

TEST_F(ExecutorTest, GoesBackToTheBeginOfTheTransaction) {
  const Stream each = stream(two, Transactions::each);
  Executor executor(each);
  run(executor, 6);
  executor.failed(); // the statement behind the second begin
  EXPECT_EQ(numbers(executor.take_committed()), "0");
  EXPECT_EQ(numbers(executor.uncommitted()), "");
  executor.retry();
  EXPECT_EQ(shown(executor.batch()), "begin statement record commit");
  run(executor, 4);
  EXPECT_EQ(numbers(executor.take_committed()), "1");
}

TEST_F(ExecutorTest, ForgetsTheRowsOfATransactionWhoseCommitFailed) {
  const Stream each = stream(two, Transactions::each);
  Executor executor(each);
  run(executor, 4);
  EXPECT_EQ(numbers(executor.uncommitted()), "0");
  executor.failed();
  EXPECT_EQ(numbers(executor.uncommitted()), "");
  EXPECT_EQ(numbers(executor.take_committed()), "");
  executor.retry();
  EXPECT_EQ(shown(executor.batch()), "begin statement statement record commit begin statement record commit");
}

TEST_F(ExecutorTest, SendsOneByOne) {
  const Stream one = stream({{"0001", "-- One.\n\n-- migrate:up\nSELECT 1;\n"}}, Transactions::all);
  Executor executor(one, Batching::single);
  std::string batches;
  for (; !executor.batch().empty(); executor.ran()) {
    batches += shown(executor.batch()) + "\n";
  }
  EXPECT_EQ(batches, "begin\nstatement\nrecord\ncommit\n");
}

TEST_F(ExecutorTest, KeepsBatchesSmall) {
  std::string text = "-- Many.\n\n-- migrate:up\n";
  for (int i = 0; i < 1000; ++i) {
    text += "SELECT 1;\n";
  }
  const Stream many = stream({{"0001", text}}, Transactions::all);
  Executor executor(many);
  std::vector<std::size_t> sizes;
  while (!executor.batch().empty()) {
    sizes.push_back(executor.batch().size());
    run(executor, executor.batch().size());
  }
  EXPECT_EQ(numbers(sizes), "512 491");
}

TEST_F(ExecutorTest, KeepsBatchesShort) {
  const std::string statement = "SELECT '" + std::string(600'000, 'x') + "';\n";
  const Stream large = stream(
      {{"0001", "-- Large.\n\n-- migrate:up\n" + statement + statement + statement + statement}}, Transactions::all);
  Executor executor(large);
  std::string batches;
  while (!executor.batch().empty()) {
    batches += shown(executor.batch()) + "\n";
    run(executor, executor.batch().size());
  }
  EXPECT_EQ(batches, "begin statement statement\nstatement statement\nrecord commit\n");
}

} // namespace
} // namespace retort
