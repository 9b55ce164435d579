// Real histories: what autogenerate would write for each of their revisions.
#include "history/history.hpp"
#include "plan/sql_file.hpp"
#include "revision/reader.hpp"
#include "schema/change.hpp"
#include "schema/difference.hpp"
#include "testing/scratch_database.hpp"
#include "testing/testing_test.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace retort {
namespace {

std::string shown(const std::vector<Difference>& differences) {
  std::string text;
  for (const Difference& difference : differences) {
    text += describe(difference) + "\n";
  }
  return text;
}

Command own(CommandKind kind, std::string text) { return {kind, true, 0, nullptr, {}, std::move(text)}; }

/// Fails where a step is none of a transaction.
void run(ScratchDatabase& database, const SchemaChange& change) {
  std::vector<Command> commands = {own(CommandKind::begin, "BEGIN")};
  for (const SchemaChange::Step& step : change.steps) {
    ASSERT_TRUE(step.in_transaction) << step.sql;
    commands.push_back(own(CommandKind::own, step.sql));
  }
  commands.push_back(own(CommandKind::commit, "COMMIT"));
  Observer silent;
  run_commands(database.session(), commands, silent);
}

class CorporaTest : public ConformanceTest {
protected:
  std::unique_ptr<ScratchDatabase> make() { return make_scratch_database(GetParam(), database_->url(), {}); }

  static History load(const std::filesystem::path& folder) {
    Diagnostics diagnostics;
    Reading reading = read_revisions(folder, GetParam(), WayDown::may_fail, diagnostics);
    History history = History::build(std::move(reading.revisions), diagnostics);
    EXPECT_FALSE(diagnostics.has_errors());
    return history;
  }

  /// Whether the change leads there; what is wrong is an error of the test.
  static bool leads(ScratchDatabase& database, const Schema& from, const Schema& to) {
    const SchemaChange change = change_schema(from, to);
    EXPECT_EQ(change.impossible, std::vector<std::string>());
    run(database, change);
    const std::string left = shown(compare(to, database.schema(), ColumnOrder::ignored));
    EXPECT_EQ(left, "");
    return left.empty();
  }
};

INSTANTIATE_TEST_SUITE_P(Dialects, CorporaTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(CorporaTest, EachRevisionOfVaultwardenIsFoundAgain) {
  const std::filesystem::path folder =
      std::filesystem::path(RETORT_CORPORA) / "vaultwarden" / std::string(name(GetParam()));
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "there is no " << folder;
  }
  const History history = load(folder);
  const auto original = make();
  Schema from = original->schema();
  std::size_t changed = 0;
  std::size_t up = 0;
  std::size_t down = 0;
  for (const Index index : history.order()) {
    SCOPED_TRACE(history[index].id);
    original->upgrade(history, history[index].id);
    const Schema to = original->schema();
    if (from != to) {
      ++changed;
      const auto other = make();
      run(*other, change_schema(empty_schema(GetParam()), from));
      up += leads(*other, from, to) ? 1U : 0U;
      down += leads(*other, to, from) ? 1U : 0U;
    }
    from = to;
  }
  fmt::print("| {} | {} | {} | {} | {} |\n", name(GetParam()), history.size(), changed, up, down);
}

} // namespace
} // namespace retort
