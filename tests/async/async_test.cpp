#include "async/loop.hpp"

#include <optional>

namespace retort {
namespace {

using namespace std::chrono_literals;

/// Operations on an event loop, in both dialects.
class AsyncTest : public testing::TestWithParam<Dialect> {
protected:
  void SetUp() override {
    if (const auto reason = missing(GetParam())) {
      GTEST_SKIP() << *reason;
    }
    database_ = make_test_database(GetParam());
  }

  std::string applied() { return database_->run("SELECT id FROM retort_revisions ORDER BY id"); }

  const std::vector<RevisionText> texts_ = {
      {"0001", "-- One.\n\n-- migrate:up\nCREATE TABLE one (a integer);\n-- migrate:down\nDROP TABLE one;\n"},
      {"0002", "-- Two.\n\n-- migrate:up\nCREATE TABLE two (a integer);\n-- migrate:down\nDROP TABLE two;\n"}};
  ProgramHistory history_{texts_, GetParam()};
  std::unique_ptr<TestDatabase> database_;
  Loop loop_;
};

INSTANTIATE_TEST_SUITE_P(dialects, AsyncTest, testing::ValuesIn(all_dialects),
                         [](const auto& info) { return std::string(name(info.param)); });

TEST_P(AsyncTest, UpgradesAndDowngrades) {
  EXPECT_EQ(loop_.run(async_upgrade(loop_.executor(), database_->url(), history_.view())),
            "up 0001\nup 0002\nat 0002\n");
  EXPECT_EQ(applied(), "0001\n0002\n");
  Loop second;
  EXPECT_EQ(second.run(async_upgrade(second.executor(), database_->url(), history_.view())), "at 0002\n");
  Loop third;
  EXPECT_EQ(third.run(async_downgrade(third.executor(), database_->url(), history_.view(), "-1")),
            "down 0002\nat 0001\n");
  EXPECT_EQ(applied(), "0001\n");
}

TEST_P(AsyncTest, ShowsAMistakeAtItsPlace) {
  const ProgramHistory broken({texts_[0], {"0002", "-- Bad.\n\n-- migrate:up\nDROP TABLE nowhere;\n"}}, GetParam());
  const bool sqlite = GetParam() == Dialect::sqlite;
  EXPECT_EQ(loop_.run(async_upgrade(loop_.executor(), database_->url(), broken.view())),
            std::string("database: migrations/0002.sql:4:1: error: ") +
                (sqlite ? "no such table: nowhere" : "table \"nowhere\" does not exist [42P01]") +
                "\n    4 | DROP TABLE nowhere;\n      | ^~~~~~~~~~~~~~~~~~\n" +
                (sqlite ? "note: no revision was committed\n" : "note: 1 revision was committed before this\n"));
}

TEST_P(AsyncTest, RefusesAUrlOfAnotherDialect) {
  const std::string other = GetParam() == Dialect::sqlite ? "postgresql://nobody@127.0.0.1:1/none" : "sqlite:none.db";
  const std::string dialect = GetParam() == Dialect::sqlite ? "postgresql" : "sqlite";
  EXPECT_EQ(loop_.run(async_upgrade(loop_.executor(), other, history_.view())),
            "request: error: the program's history was not built for " + dialect + "\nhint: add " + dialect +
                " to the DIALECTS of migrations_add\n");
}

TEST_P(AsyncTest, SeveralAtOnceOnOneThread) {
  constexpr std::size_t count = 8;
  std::vector<std::unique_ptr<TestDatabase>> databases;
  std::vector<std::string> results(count);
  for (std::string& result : results) {
    databases.push_back(make_test_database(GetParam()));
    loop_.start(async_upgrade(loop_.executor(), databases.back()->url(), history_.view()), result);
  }
  loop_.run();
  EXPECT_THAT(results, testing::Each("up 0001\nup 0002\nat 0002\n"));
}

TEST_P(AsyncTest, OneOfSeveralAppliesAndNoneFails) {
  std::vector<std::string> results(6);
  for (std::string& result : results) {
    loop_.start(async_upgrade(loop_.executor(), database_->url(), history_.view()), result);
  }
  loop_.run();
  std::ranges::sort(results);
  EXPECT_EQ(results.back(), "up 0001\nup 0002\nat 0002\n");
  results.pop_back();
  EXPECT_THAT(results, testing::Each("at 0002\n"));
}

TEST_P(AsyncTest, TellsHowItGoes) {
  std::string told;
  Options options;
  options.progress = [&](const Event& event) {
    if (const auto* started = std::get_if<RevisionStarted>(&event)) {
      told += "started " + started->revision.revision.id + " " + std::to_string(started->number) + "/" +
              std::to_string(started->count) + "\n";
    } else if (const auto* statement = std::get_if<StatementRan>(&event)) {
      told += "ran " + std::string(statement->id) + " " + std::string(statement->sql) + "\n";
    } else if (const auto* committed = std::get_if<RevisionCommitted>(&event)) {
      told += "committed " + committed->revision.revision.id + "\n";
    } else if (std::holds_alternative<Finished>(event)) {
      told += "finished\n";
    }
  };
  loop_.run(async_upgrade(loop_.executor(), database_->url(), history_.view(), options));
  EXPECT_EQ(told, GetParam() == Dialect::sqlite
                      ? "started 0001 1/2\nran 0001 CREATE TABLE one (a integer)\n"
                        "started 0002 2/2\nran 0002 CREATE TABLE two (a integer)\n"
                        "committed 0001\ncommitted 0002\nfinished\n"
                      : "started 0001 1/2\nran 0001 CREATE TABLE one (a integer)\ncommitted 0001\n"
                        "started 0002 2/2\nran 0002 CREATE TABLE two (a integer)\ncommitted 0002\nfinished\n");
}

} // namespace
} // namespace retort
