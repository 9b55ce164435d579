#include "session/sqlite_session.hpp"

#include "dialect/revision_table.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <thread>

namespace retort {
namespace {

namespace table = revision_table;

constexpr std::chrono::milliseconds busy_pause{20};

bool has_table(SqliteConnection& connection, std::string_view name) {
  return connection.integer(fmt::format("SELECT count(*) FROM main.sqlite_master WHERE type = 'table' AND name = {}",
                                        literal(name))) > 0;
}

/// Leaves foreign keys as it found them.
class ForeignKeys {
public:
  explicit ForeignKeys(SqliteConnection& connection)
      : connection_(connection), were_on_(connection.integer("PRAGMA foreign_keys") != 0) {}
  ForeignKeys(const ForeignKeys&) = delete;
  ForeignKeys& operator=(const ForeignKeys&) = delete;

  ~ForeignKeys() {
    try {
      if (were_on_) {
        connection_.run("PRAGMA foreign_keys = ON");
      }
    } catch (const SqliteFailure&) {
      // What led here is the error to report.
    }
  }

private:
  SqliteConnection& connection_;
  bool were_on_;
};

} // namespace

Applied SqliteSession::read() {
  try {
    connection_.run("BEGIN"); // both tables as they are at one moment
    Applied applied = read_state();
    roll_back();
    return applied;
  } catch (const SqliteFailure& failure) {
    roll_back();
    throw Failure(Exit::database, explain(failure.error, fmt::format("cannot read {}", name_)));
  }
}

Applied SqliteSession::read_state() {
  Applied applied;
  applied.has_table = has_table(connection_, "retort_revisions");
  if (applied.has_table) {
    connection_.run(table::select(Dialect::sqlite), [&](const SqliteRow& row) {
      applied.revisions.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.optional_text(4),
                                   row.optional_integer(5), row.text(6)});
    });
  }
  applied.has_journal = has_table(connection_, "retort_journal");
  if (applied.has_journal) {
    connection_.run(table::select_journal(Dialect::sqlite), [&](const SqliteRow& row) {
      applied.journal.push_back({row.text(0), row.text(1) == name(Direction::up) ? Direction::up : Direction::down,
                                 static_cast<std::size_t>(row.integer(2)), row.text(3)});
    });
  }
  return applied;
}

void SqliteSession::begin() {
  // Inside a transaction the PRAGMA would do nothing, and a table rebuild would delete the children (F22).
  connection_.run("PRAGMA foreign_keys = OFF");
  if (connection_.integer("PRAGMA foreign_keys") != 0) {
    throw Failure(Exit::database,
                  {Severity::error, "SQLite did not switch foreign keys off; nothing was run", {}, {}, {}});
  }
  connection_.run("BEGIN IMMEDIATE");
}

void SqliteSession::roll_back() {
  if (connection_.in_transaction()) {
    try {
      connection_.run("ROLLBACK");
    } catch (const SqliteFailure&) {
      // The error that led here is the one to report.
    }
  }
}

void SqliteSession::count_violations(std::string_view pragma, Violations& violations) {
  connection_.run(pragma, [&](const SqliteRow& row) { ++violations.counts[{row.text(0), row.text(2)}]; });
}

SqliteSession::Violations SqliteSession::violations(Observer& observer) {
  Violations violations;
  try {
    count_violations("PRAGMA main.foreign_key_check", violations);
    return violations;
  } catch (const SqliteFailure& failure) {
    if (failure.code != SQLITE_ERROR) {
      throw;
    }
  }
  // A key that cannot be checked would hide what is wrong with all the others.
  std::vector<std::string> tables;
  connection_.run("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name",
                  [&](const SqliteRow& row) { tables.push_back(row.text(0)); });
  for (const std::string& table : tables) {
    try {
      count_violations(fmt::format("PRAGMA main.foreign_key_check({})", literal(table)), violations);
    } catch (const SqliteFailure& failure) {
      if (failure.code != SQLITE_ERROR) {
        throw;
      }
      violations.unchecked.insert(table);
      if (told_.insert(failure.error.message).second) {
        observer.warned({Severity::warning,
                         fmt::format("foreign keys cannot be checked: {}", failure.error.message),
                         {},
                         {},
                         "a foreign key must refer to a primary key or to columns with a unique index"});
      }
    }
  }
  return violations;
}

std::size_t SqliteSession::migrate(const Planner& planner, Observer& observer) {
  const ForeignKeys restored(connection_); // behind the transaction: inside, the PRAGMA does nothing
  std::size_t committed = 0;
  try {
    if (connection_.is_read_only()) {
      throw Failure(Exit::database, {Severity::error,
                                     fmt::format("{} is read-only; nothing was run", name_),
                                     {},
                                     {},
                                     "the file or its folder cannot be written by this user"});
    }
    for (Outcome outcome = Outcome::changed_by_another; outcome != Outcome::finished;) {
      begin();
      data_version_ = connection_.integer("PRAGMA data_version");
      const Stream stream = planner(read_state());
      outcome = stream.commands.empty() ? Outcome::finished : execute(stream, observer, committed);
      roll_back();
    }
  } catch (const SqliteFailure& failure) {
    roll_back();
    throw after_commits(Failure(Exit::database, explain(failure.error, fmt::format("cannot migrate {}", name_))),
                        committed);
  } catch (const Failure& failure) {
    roll_back();
    throw after_commits(failure, committed);
  }
  return committed;
}

SqliteSession::Outcome SqliteSession::execute(const Stream& stream, Observer& observer, std::size_t& committed) {
  Executor executor(stream);
  before_ = violations(observer);
  step_began_ = std::chrono::steady_clock::now();
  opened_ = stream.commands.front().kind == CommandKind::begin;
  if (!opened_) {
    roll_back(); // the first statement runs outside of any transaction
  }
  std::optional<std::size_t> announced;
  const auto report = [&] {
    for (const std::size_t step : executor.take_committed()) {
      ++committed;
      observer.step_committed(stream.plan.steps[step]);
    }
  };
  for (auto batch = executor.batch(); !batch.empty(); batch = executor.batch()) {
    std::size_t done = 0;
    Outcome outcome = Outcome::finished;
    try {
      for (; done < batch.size() && outcome == Outcome::finished; ++done) {
        const Command& command = batch[done];
        const bool announces = command.kind != CommandKind::commit && command.step < stream.plan.steps.size();
        if (announces && announced != command.step) {
          announced = command.step;
          observer.step_started(stream.plan.steps[command.step]);
        }
        outcome = run(command, observer);
      }
    } catch (...) {
      executor.failed(done);
      report();
      throw;
    }
    if (outcome == Outcome::changed_by_another) {
      executor.failed(done);
      report();
      return outcome;
    }
    executor.succeeded();
    report();
  }
  return Outcome::finished;
}

SqliteSession::Outcome SqliteSession::run(const Command& command, Observer& observer) {
  if (command.kind == CommandKind::begin && opened_) {
    opened_ = false;
    return Outcome::finished;
  }
  if (opened_) {
    // The plan begins with a statement that must stand outside of a transaction.
    roll_back();
    opened_ = false;
  }
  if (command.kind == CommandKind::begin) {
    begin();
    if (connection_.integer("PRAGMA data_version") != data_version_) {
      return Outcome::changed_by_another;
    }
    before_ = violations(observer);
  } else if (command.kind == CommandKind::commit) {
    commit(command, observer);
  } else {
    run_statement(command);
  }
  return Outcome::finished;
}

void SqliteSession::run_statement(const Command& command) {
  std::optional<std::int64_t> duration;
  if (command.kind == CommandKind::record) {
    const auto elapsed = std::chrono::steady_clock::now() - step_began_;
    duration = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
  }
  try {
    connection_.run(command.sql(), {}, duration);
  } catch (const SqliteFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, command, Dialect::sqlite));
  }
  const bool is_row = command.kind == CommandKind::record || command.kind == CommandKind::journal;
  if (is_row && connection_.changes() != 1) {
    throw Failure(
        Exit::database,
        {Severity::error,
         fmt::format("a row of retort_revisions is missing or already there, while running: {}", command.sql()),
         {},
         {},
         "a revision must not write to retort_revisions"});
  }
  if (command.kind == CommandKind::record) {
    step_began_ = std::chrono::steady_clock::now();
  }
}

void SqliteSession::commit(const Command& command, Observer& observer) {
  check_foreign_keys(observer);
  const auto deadline = std::chrono::steady_clock::now() + options_.lock_wait;
  for (;;) {
    try {
      connection_.run(command.sql());
      return;
    } catch (const SqliteFailure& failure) {
      // A reader can keep the COMMIT waiting; the transaction stays open and only the COMMIT is tried again (F28).
      const bool waits = failure.code == SQLITE_BUSY && connection_.in_transaction();
      if (!waits || std::chrono::steady_clock::now() > deadline) {
        throw;
      }
    }
    std::this_thread::sleep_for(busy_pause);
  }
}

void SqliteSession::check_foreign_keys(Observer& observer) {
  std::vector<Note> notes;
  for (const auto& [tables, count] : violations(observer).counts) {
    const auto& [child, parent] = tables;
    const auto found = before_.counts.find(tables);
    const std::size_t old = found == before_.counts.end() ? 0 : found->second;
    if (count > old && !before_.unchecked.contains(child)) {
      notes.push_back(
          {fmt::format("rows of {} refer to rows of {} that do not exist: {}", child, parent, count - old), {}});
    }
  }
  if (!notes.empty()) {
    throw Failure(Exit::database, {Severity::error,
                                   "the revisions break foreign keys; they were rolled back",
                                   {},
                                   std::move(notes),
                                   "foreign keys are off while Retort upgrades, so ON DELETE and ON UPDATE do not act: "
                                   "change the child rows in the revision, too"});
  }
}

} // namespace retort
