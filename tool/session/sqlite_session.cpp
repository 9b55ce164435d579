#include "session/sqlite_session.hpp"

#include "dialect/revision_table.hpp"
#include "dialect/session_settings.hpp"
#include "session/deadline.hpp"
#include "session/sqlite_impatience.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <thread>
#include <vector>

namespace retort {
namespace {

namespace table = revision_table;

constexpr std::chrono::milliseconds busy_pause{20};

bool has_table(SqliteConnection& connection, std::string_view name) {
  return connection.integer(fmt::format("SELECT count(*) FROM main.sqlite_master WHERE type = 'table' AND name = {}",
                                        literal(name))) > 0;
}

/// The connection's PRAGMAs that a run changes, or its revisions can, as they are found.
class Pragmas {
public:
  explicit Pragmas(SqliteConnection& connection) : connection_(connection) {
    for (const std::string_view name : session_pragmas()) {
      found_.emplace_back(name, connection.integer(fmt::format("PRAGMA {}", name)));
    }
  }

  /// `foreign_keys` cannot change in a transaction, and needs none of this there.
  void restore() {
    for (const auto& [name, value] : found_) {
      if (connection_.integer(fmt::format("PRAGMA {}", name)) != value) {
        connection_.run(fmt::format("PRAGMA {} = {}", name, value));
      }
    }
  }

private:
  SqliteConnection& connection_;
  std::vector<std::pair<std::string_view, std::int64_t>> found_;
};

} // namespace

/// Runs `attempt` until another process lets it, at most as long as a lock may be waited for.
template <typename Try>
void SqliteSession::retry_while_busy(Observer& observer, Try attempt) {
  const SqliteImpatience impatience(connection_);
  const auto deadline = deadline_in(options_.lock_wait);
  for (bool told = false;; told = true) {
    try {
      return attempt();
    } catch (const SqliteFailure& failure) {
      if (failure.code != SQLITE_BUSY || std::chrono::steady_clock::now() > deadline) {
        throw;
      }
    }
    if (options_.stop.stop_requested()) {
      throw stopped();
    }
    if (!told) {
      observer.waiting_for_lock("another connection");
    }
    std::this_thread::sleep_for(busy_pause);
  }
}

Applied SqliteSession::read() {
  Observer silent;
  try {
    return read_unlocked(silent);
  } catch (const SqliteFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, fmt::format("cannot read {}", name_)));
  }
}

Applied SqliteSession::read_unlocked(Observer& observer) {
  joins_ = connection_.in_transaction();
  if (joins_) {
    return read_state();
  }
  Applied applied;
  retry_while_busy(observer, [&] {
    try {
      connection_.run("BEGIN"); // both tables as they are at one moment
      applied = read_state();
      connection_.run("COMMIT"); // a rollback would call the caller's hook
    } catch (const SqliteFailure&) {
      roll_back();
      throw;
    }
  });
  return applied;
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

void SqliteSession::begin(Observer& observer) {
  // Inside a transaction the PRAGMA would do nothing, and a table rebuild would delete the children (F22).
  connection_.run("PRAGMA foreign_keys = OFF");
  if (connection_.integer("PRAGMA foreign_keys") != 0) {
    throw Failure(Exit::database,
                  {Severity::error, "SQLite did not switch foreign keys off; nothing was run", {}, {}, {}});
  }
  retry_while_busy(observer, [&] { connection_.run("BEGIN IMMEDIATE"); });
}

void SqliteSession::roll_back() {
  try {
    if (!connection_.in_transaction()) {
      return;
    }
    if (!joins_) {
      connection_.run("ROLLBACK");
    } else if (opened_) {
      connection_.run("ROLLBACK TO retort");
      connection_.run("RELEASE retort");
    }
  } catch (const SqliteFailure&) {
    // The error that led here is the one to report.
  }
  opened_ = false;
}

/// In the caller's transaction foreign keys are as they are.
void SqliteSession::check_joined(const Stream& stream) {
  if (connection_.integer("PRAGMA foreign_keys") == 0) {
    return;
  }
  for (const Command& command : stream.commands) {
    if (command.source != nullptr && command.statement.kind == StatementKind::drops_table) {
      throw Failure(Exit::database,
                    {Severity::error,
                     "a table cannot be dropped in the caller's transaction while foreign keys are on",
                     locate(*command.source, command.statement.offset, command.statement.length),
                     {},
                     "nothing was run; SQLite would delete the rows that refer to it: migrate outside of the "
                     "transaction, or switch foreign keys off before it begins"});
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
  std::size_t committed = 0;
  std::optional<Pragmas> pragmas;
  const auto leave = [&] {
    roll_back();
    try {
      if (pragmas) {
        pragmas->restore();
      }
    } catch (const SqliteFailure&) {
      // What led here is the error to report.
    }
  };
  try {
    // Where nothing is to be done, no lock is taken: others may go on writing.
    Applied applied = read_unlocked(observer);
    Stream stream = planner(applied);
    if (stream.commands.empty()) {
      return 0;
    }
    if (connection_.is_read_only()) {
      throw Failure(Exit::database, {Severity::error,
                                     fmt::format("{} is read-only; nothing was run", name_),
                                     {},
                                     {},
                                     "the file or its folder cannot be written by this user"});
    }
    pragmas.emplace(connection_);
    for (Outcome outcome = Outcome::changed_by_another; outcome != Outcome::finished;) {
      if (!joins_) {
        begin(observer);
        data_version_ = connection_.integer("PRAGMA data_version");
      }
      if (Applied now = read_state(); now != applied) {
        stream = planner(now);
        applied = std::move(now);
      }
      outcome = stream.commands.empty() ? Outcome::finished : execute(stream, observer, committed);
      roll_back();
    }
  } catch (const SqliteFailure& failure) {
    leave();
    throw after_commits(Failure(Exit::database, explain(failure.error, fmt::format("cannot migrate {}", name_))),
                        committed);
  } catch (const Failure& failure) {
    leave();
    throw after_commits(failure, committed);
  } catch (...) {
    leave();
    throw;
  }
  leave();
  return committed;
}

SqliteSession::Outcome SqliteSession::execute(const Stream& stream, Observer& observer, std::size_t& committed) {
  if (joins_) {
    check_joined(stream);
  }
  Executor executor(stream);
  before_ = violations(observer);
  step_began_ = std::chrono::steady_clock::now();
  // The transaction of the first begin is open, to read the state in it.
  bool begun = !joins_ && stream.commands.front().kind == CommandKind::begin;
  if (!begun) {
    roll_back(); // the first statement runs outside of any transaction
  }
  std::optional<std::size_t> announced;
  for (auto batch = executor.batch(); !batch.empty(); batch = executor.batch()) {
    const Command& command = batch.front();
    if (options_.stop.stop_requested()) {
      throw stopped();
    }
    const bool announces = command.kind != CommandKind::commit && command.step < stream.plan.steps.size();
    if (announces && announced != command.step) {
      announced = command.step;
      observer.step_started(stream.plan.steps[command.step]);
    }
    if (!std::exchange(begun, false) && run(command, observer) == Outcome::changed_by_another) {
      return Outcome::changed_by_another;
    }
    executor.ran();
    if (command.kind == CommandKind::statement) {
      observer.statement_ran(stream.plan.steps[command.step], command);
    }
    for (const std::size_t step : executor.take_committed()) {
      ++committed;
      observer.step_committed(stream.plan.steps[step]);
    }
  }
  return Outcome::finished;
}

SqliteSession::Outcome SqliteSession::run(const Command& command, Observer& observer) {
  if (command.kind == CommandKind::begin && !joins_) {
    begin(observer);
    if (connection_.integer("PRAGMA data_version") != data_version_) {
      return Outcome::changed_by_another;
    }
    before_ = violations(observer);
  } else if (command.kind == CommandKind::commit) {
    commit(command, observer);
    opened_ = false;
  } else {
    run_statement(command, observer);
    opened_ = opened_ || command.kind == CommandKind::begin;
  }
  return Outcome::finished;
}

void SqliteSession::run_statement(const Command& command, Observer& observer) {
  std::optional<std::int64_t> duration;
  if (command.kind == CommandKind::record) {
    const auto elapsed = std::chrono::steady_clock::now() - step_began_;
    duration = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
  }
  const auto attempt = [&] { connection_.run(command.sql(), {}, duration); };
  try {
    if (connection_.in_transaction()) {
      attempt();
    } else {
      retry_while_busy(observer, attempt); // a statement that is its own transaction has done nothing then
    }
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
  // A reader can keep the COMMIT waiting; the transaction stays open and only the COMMIT is tried again (F28).
  retry_while_busy(observer, [&] {
    try {
      connection_.run(command.sql());
    } catch (SqliteFailure& failure) {
      if (!connection_.in_transaction()) {
        failure.code = SQLITE_ABORT;
      }
      throw;
    }
  });
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
