#include "library/application.hpp"
#include "library/connection.hpp"
#include "session/conformance.hpp"

#include <gmock/gmock.h>
#include <retort/script.hpp>

namespace retort {
namespace {

/// A program whose 3 stands for 2 and an older 3; and the one before it, whose databases it upgrades.
class SquashedTest : public ConformanceTest {
protected:
  void SetUp() override {
    ConformanceTest::SetUp();
    if (database_) {
      connection_ = connect(*database_);
    }
  }

  const RevisionText first_ = {"1", "-- migrate:up\nCREATE TABLE a (b INTEGER);\n-- migrate:down\nDROP TABLE a;\n"};
  const RevisionText second_ = {"2", "-- migrate:up\nCREATE TABLE c (d INTEGER);\n-- migrate:down\nDROP TABLE c;\n"};
  const RevisionText third_ = {"3", "-- migrate:up\nALTER TABLE c RENAME TO e;\n-- migrate:down\n"
                                    "ALTER TABLE e RENAME TO c;\n"};
  const RevisionText squashed_ = {"3_squashed", "-- Revises: 1\n-- Replaces: 2\n-- migrate:up\n"
                                                "CREATE TABLE e (d INTEGER);\n-- migrate:down\nDROP TABLE e;\n"};
  const RevisionText fourth_ = {"4", "-- migrate:up\nCREATE TABLE f (g INTEGER);\n-- migrate:down\nDROP TABLE f;\n"};
  const Application older_{{first_, second_, third_, fourth_}};
  const Application program_{{first_, squashed_, fourth_}, {Dialect::sqlite, Dialect::postgresql}, {second_, third_}};
  std::unique_ptr<Connection> connection_;
};

TEST_P(SquashedTest, UpgradesANewDatabase) {
  EXPECT_EQ(shown(connection_->upgrade(program_)), "up 1, up 3 squashed, up 4, at 4\n");
  EXPECT_EQ(tables(), "a\ne\nf\n");
  EXPECT_EQ(applied(), "1 3 4");
  EXPECT_EQ(shown(connection_->upgrade(program_)), "at 4\n");
  EXPECT_EQ(shown(connection_->downgrade(program_, "1")), "down 4, down 3 squashed, at 1\n");
}

TEST_P(SquashedTest, UpgradesADatabaseOfTheOlderProgram) {
  const std::vector<std::pair<std::string, std::string>> reports = {
      {"1", "up 2, up 3, up 4, at 4\n"}, {"2", "up 3, up 4, at 4\n"}, {"3", "up 4, at 4\n"}, {"4", "at 4\n"}};
  for (const auto& [target, report] : reports) {
    Options options;
    options.target = target;
    connection_->upgrade(older_, options);
    EXPECT_EQ(shown(connection_->current(program_)), target + "\n");
    EXPECT_EQ(shown(connection_->upgrade(program_)), report);
    EXPECT_EQ(shown(connection_->check(program_)), "current at 4\n");
    EXPECT_EQ(tables(), "a\ne\nf\n");
    EXPECT_EQ(applied(), "1 2 3 4");
    connection_->downgrade(program_, "base");
    EXPECT_EQ(tables(), "");
  }
}

TEST_P(SquashedTest, ScriptsKnowWhereTheyStart) {
  EXPECT_EQ(upgrade_script(program_, GetParam(), {"2", "heads"}), upgrade_script(older_, GetParam(), {"2", "heads"}));
  EXPECT_THAT(upgrade_script(program_, GetParam(), {"base", "heads"}),
              testing::HasSubstr("CREATE TABLE e (d INTEGER)"));
}

INSTANTIATE_TEST_SUITE_P(Any, SquashedTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

} // namespace
} // namespace retort
