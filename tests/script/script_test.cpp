#include "dialect/session_settings.hpp"
#include "history/walk.hpp"
#include "revision/reader.hpp"
#include "script/script.hpp"
#include "text/file.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <ostream>

namespace retort {

void PrintTo(Dialect dialect, std::ostream* out) { *out << name(dialect); }

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(RETORT_TESTS_DIR) / "script";

History load(const fs::path& directory, Dialect dialect) {
  Diagnostics diagnostics;
  Reading reading = read_revisions(directory, dialect, WayDown::must_work, diagnostics);
  History history = History::build(std::move(reading.revisions), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  return history;
}

/// Writes scripts of the history in migrations/ as the command line does.
class Writer {
public:
  explicit Writer(Dialect dialect, const fs::path& directory = folder / "migrations")
      : history_(load(directory, dialect)) {
    options.dialect = dialect;
    stream_options.dialect = dialect;
    stream_options.transactions = default_transactions(dialect);
    stream_options.resets = session_reset(dialect);
    stream_options.resets.insert(stream_options.resets.end(), session_settings(dialect).begin(),
                                 session_settings(dialect).end());
  }

  ScriptOptions options;
  StreamOptions stream_options;

  std::string upgrade(std::string_view start, std::string_view target) const {
    return write(plan_upgrade(history_, resolve_state(history_, start), target));
  }
  std::string downgrade(std::string_view start, std::string_view target) const {
    return write(plan_downgrade(history_, resolve_state(history_, start), target));
  }
  std::string stamp(std::string_view start, std::string_view target) const {
    return write(plan_stamp(history_, resolve_state(history_, start), target, {}));
  }
  std::string table() const { return write(plan_table(history_)); }
  std::string purge(std::string_view target) const { return write(plan_purge(history_, target)); }

  /// As `downgrade` of the command line: goes down as far as it can, and says so.
  std::string reversible_downgrade(std::string_view start, std::string_view target) {
    std::optional<Index> stopped_at;
    Plan plan = plan_reversible_downgrade(history_, resolve_state(history_, start), target, stopped_at);
    if (stopped_at) {
      options.remarks = {"This goes down to " + history_[*stopped_at].id + " only: that revision is irreversible."};
    }
    return write(std::move(plan));
  }

private:
  std::string write(Plan plan) const {
    return write_script(render_stream(history_, std::move(plan), stream_options), options);
  }

  History history_;
};

/// Compares with golden/NAME byte for byte. With RETORT_UPDATE_GOLDEN=1 in the environment the file is written instead:
/// look at its difference before you commit it.
void expect_golden(const std::string& name, const std::string& script) {
  const fs::path path = folder / "golden" / name;
  if (std::getenv("RETORT_UPDATE_GOLDEN") != nullptr) {
    write_file(path, script);
    return;
  }
  EXPECT_EQ(script, read_file(path)) << "golden/" << name;
}

TEST(SqliteScript, Upgrade) { expect_golden("sqlite_upgrade.sql", Writer(Dialect::sqlite).upgrade("base", "head")); }

TEST(SqliteScript, UpgradeWithATransactionForEachRevision) {
  Writer writer(Dialect::sqlite);
  writer.stream_options.transactions = Transactions::each;
  expect_golden("sqlite_upgrade_each.sql", writer.upgrade("0003", "head"));
}

TEST(SqliteScript, UpgradeFromTwoHeads) {
  expect_golden("sqlite_upgrade_merge.sql", Writer(Dialect::sqlite).upgrade("0004,0005", "head"));
}

TEST(SqliteScript, PlainUpgrade) {
  Writer writer(Dialect::sqlite);
  writer.options.client = Client::plain;
  expect_golden("sqlite_plain.sql", writer.upgrade("0005", "0004,0005"));
}

TEST(SqliteScript, Downgrade) {
  expect_golden("sqlite_downgrade.sql", Writer(Dialect::sqlite).downgrade("0002", "base"));
}

TEST(SqliteScript, DowngradeStopsAtAnIrreversibleRevision) {
  expect_golden("sqlite_downgrade_stops.sql", Writer(Dialect::sqlite).reversible_downgrade("head", "base"));
}

TEST(SqliteScript, Stamp) { expect_golden("sqlite_stamp.sql", Writer(Dialect::sqlite).stamp("0004", "0003,0005")); }

TEST(SqliteScript, StampPurge) { expect_golden("sqlite_stamp_purge.sql", Writer(Dialect::sqlite).purge("0002")); }

TEST(SqliteScript, Table) { expect_golden("sqlite_table.sql", Writer(Dialect::sqlite).table()); }

TEST(SqliteScript, NothingToDo) {
  expect_golden("sqlite_nothing.sql", Writer(Dialect::sqlite).upgrade("head", "head"));
}

TEST(PostgresqlScript, Upgrade) {
  expect_golden("postgresql_upgrade.sql", Writer(Dialect::postgresql).upgrade("base", "head"));
}

TEST(PostgresqlScript, UpgradeInOneTransaction) {
  Writer writer(Dialect::postgresql);
  writer.stream_options.transactions = Transactions::all;
  expect_golden("postgresql_upgrade_all.sql", writer.upgrade("base", "head"));
}

TEST(PostgresqlScript, UpgradeFromTwoHeads) {
  expect_golden("postgresql_upgrade_merge.sql", Writer(Dialect::postgresql).upgrade("0004,0005", "head"));
}

TEST(PostgresqlScript, PlainUpgrade) {
  Writer writer(Dialect::postgresql);
  writer.options.client = Client::plain;
  expect_golden("postgresql_plain.sql", writer.upgrade("0005", "0004,0005"));
}

TEST(PostgresqlScript, IdempotentUpgrade) {
  Writer writer(Dialect::postgresql);
  writer.options.guard = Guard::idempotent;
  writer.stream_options.creates_table = false;
  expect_golden("postgresql_idempotent.sql", writer.upgrade("0001", "0004"));
}

TEST(PostgresqlScript, Downgrade) {
  expect_golden("postgresql_downgrade.sql", Writer(Dialect::postgresql).downgrade("0002", "base"));
}

TEST(PostgresqlScript, DowngradeStopsAtAnIrreversibleRevision) {
  expect_golden("postgresql_downgrade_stops.sql", Writer(Dialect::postgresql).reversible_downgrade("head", "base"));
}

TEST(PostgresqlScript, Stamp) {
  expect_golden("postgresql_stamp.sql", Writer(Dialect::postgresql).stamp("0004", "0003,0005"));
}

TEST(PostgresqlScript, StampPurge) {
  expect_golden("postgresql_stamp_purge.sql", Writer(Dialect::postgresql).purge("0002"));
}

TEST(PostgresqlScript, Table) { expect_golden("postgresql_table.sql", Writer(Dialect::postgresql).table()); }

TEST(PostgresqlScript, NothingToDo) {
  expect_golden("postgresql_nothing.sql", Writer(Dialect::postgresql).upgrade("head", "head"));
}

// A tag of dollar quotes that stands in the body would end it.
TEST(PostgresqlScript, QuotesABodyWithATagThatIsNotInIt) {
  const std::string script = Writer(Dialect::postgresql).stamp("0002", "0003");
  EXPECT_NE(script.find("\nDO $retort2$ BEGIN\nINSERT INTO public.retort_revisions "), std::string::npos);
  EXPECT_NE(script.find("'It''s sealed: $retort$ and $retort1$ are no quotes.'"), std::string::npos);
  EXPECT_NE(script.find("\nEND $retort2$;\n"), std::string::npos);
}

class Determinism : public testing::TestWithParam<Dialect> {
protected:
  /// The same history in another place.
  static fs::path copy() {
    const fs::path path = fs::path(testing::TempDir()) / ("retort_script_test_" + std::string(name(GetParam())));
    fs::remove_all(path);
    fs::copy(folder / "migrations", path, fs::copy_options::recursive);
    return path;
  }
};

TEST_P(Determinism, SameScriptTwiceAndFromAnotherFolder) {
  const Writer writer(GetParam());
  const fs::path elsewhere = copy();
  const Writer other(GetParam(), elsewhere);
  EXPECT_EQ(writer.upgrade("base", "head"), writer.upgrade("base", "head"));
  EXPECT_EQ(writer.upgrade("base", "head"), other.upgrade("base", "head"));
  EXPECT_EQ(writer.downgrade("head", "0003"), other.downgrade("head", "0003"));
  EXPECT_EQ(writer.stamp("base", "head"), other.stamp("base", "head"));
  EXPECT_EQ(writer.purge("head"), other.purge("head"));
  fs::remove_all(elsewhere);
}

INSTANTIATE_TEST_SUITE_P(BothDialects, Determinism, testing::ValuesIn(all_dialects),
                         [](const auto& info) { return std::string(name(info.param)); });

} // namespace
} // namespace retort
