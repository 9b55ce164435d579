#include "plan/shown_stream.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(JoinedStream, JoinsATransactionWithASavepoint) {
  const std::vector<RevisionText> two = {{"1", "-- migrate:up\nA;\n"}, {"2", "-- migrate:up\nB;\n"}};
  for (const StreamOptions* base : {&sqlite_all, &postgresql_each}) {
    StreamOptions options = *base;
    options.surroundings = Surroundings::transaction;
    const std::string table = options.dialect == Dialect::sqlite ? "main" : "public";
    EXPECT_EQ(upgrade(history_of(two, options.dialect), options),
              "begin 0 SAVEPOINT retort\nstatement 0 A\nrecord 0 INSERT INTO " + table +
                  ".retort_revisions\nstatement 1 B\nrecord 1 INSERT INTO " + table +
                  ".retort_revisions\ncommit 2 RELEASE SAVEPOINT retort\n");
  }
}

TEST(JoinedStream, RefusesToJoinWithWhatRunsOutsideOfTransactions) {
  StreamOptions options = postgresql_each;
  options.surroundings = Surroundings::transaction;
  const auto refusal = [&](const std::vector<RevisionText>& texts) -> std::string {
    try {
      return upgrade(history_of(texts, Dialect::postgresql), options);
    } catch (const Failure& failure) {
      return rendered(failure.diagnostics());
    }
  };
  EXPECT_EQ(refusal({{"1", "-- migrate:up\nA;\n"}, {"2", "-- migrate:up transaction:false\nVACUUM;\n"}}),
            "2.sql: error: 2 runs outside of any transaction, and a transaction of the caller's is open\n"
            "hint: nothing was run; migrate outside of the transaction\n");
  EXPECT_EQ(refusal({{"1", "-- One.\n--\n-- Transaction: cut\n\n-- migrate:up\nA;\n"}, {"2", "-- migrate:up\nB;\n"}}),
            "1.sql: error: 1 needs a commit behind it, and a transaction of the caller's is open\n"
            "hint: nothing was run; migrate outside of the transaction\n");
  EXPECT_EQ(refusal({{"1", "-- One.\n--\n-- Transaction: cut\n\n-- migrate:up\nA;\n"}}).substr(0, 26),
            "begin 0 SAVEPOINT retort\ns");
}

} // namespace
} // namespace retort
