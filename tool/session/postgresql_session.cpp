#include "session/postgresql_session.hpp"

#include "dialect/revision_table.hpp"
#include "dialect/session_settings.hpp"
#include "session/postgresql_lock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace retort {
namespace {

namespace table = revision_table;

constexpr int oldest_server = 130000;
/// A killed client must not leave a statement behind that runs on (F13). Servers before 14 do not have the setting, and
/// those on some platforms refuse it.
constexpr std::string_view client_check = "SET client_connection_check_interval = 2000";
constexpr std::chrono::milliseconds first_pause{200};

/// lock_not_available, deadlock_detected, serialization_failure: the same transaction can succeed a moment later.
bool is_transient(const DatabaseError& error) {
  return error.code == "55P03" || error.code == "40P01" || error.code == "40001";
}

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(Exit::database, {Severity::error, std::move(message), {}, {}, std::move(hint)});
}

} // namespace

std::vector<std::string> PostgresqlSession::settings() const {
  std::vector<std::string> settings = starting_settings_;
  settings.push_back(fmt::format("SET lock_timeout = {}", options_.lock_timeout.count()));
  if (checks_client_) {
    settings.emplace_back(client_check);
  }
  return settings;
}

void PostgresqlSession::connect(Observer& observer) {
  connection_.reset();
  connection_ = std::make_unique<PostgresqlConnection>(url_.target, [&observer](const std::string& notice) {
    observer.warned({Severity::note, notice, {}, {}, {}});
  });
  check_server(observer);
  checks_client_ = false;
  starting_settings_.clear();
  // What a server has from the start, RESET ALL brings back by itself.
  if (!connection_->has_standard_strings()) {
    starting_settings_ = session_settings(Dialect::postgresql);
  }
  for (const std::string& setting : settings()) {
    connection_->query(setting);
  }
  try {
    connection_->query(client_check);
    checks_client_ = true;
  } catch (const PostgresqlFailure& failure) {
    if (failure.error.connection_lost) {
      throw;
    }
  }
}

void PostgresqlSession::check_server(Observer& observer) {
  if (connection_->server_version() < oldest_server) {
    refuse(fmt::format("the server is PostgreSQL {}; Retort needs 13 or newer", connection_->server_version() / 10000),
           "upgrade the server, or run a script (--sql)");
  }
  if (connection_->is_exposed()) {
    observer.warned({Severity::warning,
                     fmt::format("the connection to {} is not encrypted", url_.display()),
                     {},
                     {},
                     "add sslmode=verify-full to the URL"});
  }
  // A pooler that gives every transaction another backend would lose the session's lock (F3).
  const auto pid = connection_->query("SELECT pg_catalog.pg_backend_pid()");
  if (pid.at(0).at(0) != std::to_string(connection_->backend_pid())) {
    refuse("the connection goes through a pooler, which can lose Retort's lock",
           "connect to the server itself, or to a pool in session mode that reports the backend's own pid");
  }
}

Applied PostgresqlSession::read() {
  try {
    connect(silent_);
    return read_state();
  } catch (const PostgresqlFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, fmt::format("cannot read {}", url_.display())));
  }
}

Applied PostgresqlSession::read_state() {
  Applied applied;
  const auto exists = connection_->query("SELECT pg_catalog.to_regclass('public.retort_revisions') IS NOT NULL, "
                                         "pg_catalog.to_regclass('public.retort_journal') IS NOT NULL");
  applied.has_table = exists.at(0).at(0) == "t";
  applied.has_journal = exists.at(0).at(1) == "t";
  if (applied.has_table) {
    check_table(table::qualified_name(Dialect::postgresql));
    for (const auto& row : connection_->query(table::select(Dialect::postgresql))) {
      applied.revisions.push_back(
          {row.at(0).value_or(""), row.at(1).value_or(""), row.at(2).value_or(""), row.at(3).value_or(""), row.at(4),
           row.at(5) ? std::optional(std::stoll(*row.at(5))) : std::nullopt, row.at(6).value_or("")});
    }
  }
  if (applied.has_journal) {
    check_table(table::qualified_journal(Dialect::postgresql));
    for (const auto& row : connection_->query(table::select_journal(Dialect::postgresql))) {
      applied.journal.push_back(
          {row.at(0).value_or(""), row.at(1) == std::string(name(Direction::up)) ? Direction::up : Direction::down,
           static_cast<std::size_t>(std::stoull(row.at(2).value_or("0"))), row.at(3).value_or("")});
    }
  }
  return applied;
}

void PostgresqlSession::check_table(std::string_view name) {
  if (connection_->query(table::own(name)).empty() && connection_->query(table::trusted(name)).empty()) {
    refuse(fmt::format("{} is not the plain table that Retort creates", name),
           "somebody else owns it, or it has triggers, rules, policies, defaults or checks, which would run with your "
           "rights; find out who made it, and drop or repair it");
  }
}

std::size_t PostgresqlSession::migrate(const Planner& planner, Observer& observer) {
  std::size_t committed = 0;
  try {
    connect(observer);
    if (connection_->query("SHOW transaction_read_only").at(0).at(0) == "on") {
      refuse(fmt::format("{} is read-only; nothing was run", url_.display()),
             "connect to the primary, with a role that may write");
    }
    PostgresqlLock lock(*connection_, options_.lock_wait, observer);
    const Stream stream = planner(read_state());
    execute(stream, observer, committed);
    if (!lock.release()) {
      observer.warned({Severity::warning,
                       "a revision released Retort's lock",
                       {},
                       {},
                       "DISCARD ALL and pg_advisory_unlock_all() do that; remove them"});
    }
  } catch (const PostgresqlFailure& failure) {
    connection_.reset(); // whatever is still open on it, a transaction or the lock, ends with it
    throw after_commits(
        Failure(Exit::database, explain(failure.error, fmt::format("cannot migrate {}", url_.display()))), committed);
  } catch (const Failure& failure) {
    connection_.reset();
    throw after_commits(failure, committed);
  }
  return committed;
}

void PostgresqlSession::execute(const Stream& stream, Observer& observer, std::size_t& committed) {
  Executor executor(stream);
  std::size_t attempt = 1;
  std::optional<std::uint32_t> announced;
  for (auto batch = executor.batch(); !batch.empty(); batch = executor.batch()) {
    for (const Command& command : batch) {
      if (command.kind != CommandKind::commit && announced != command.step && command.step < stream.plan.steps.size()) {
        announced = command.step;
        observer.step_started(stream.plan.steps[command.step]);
      }
    }
    const PostgresqlConnection::Outcome outcome = connection_->run(batch);
    if (!outcome.error) {
      for (const std::string& index : invalid_indexes(batch.front(), Mention::index)) {
        refuse(fmt::format("the index {} is invalid: an earlier CREATE INDEX CONCURRENTLY failed", index),
               fmt::format("DROP INDEX {}; then run this again", index));
      }
      executor.succeeded();
      attempt = batch.front().kind == CommandKind::commit ? 1 : attempt;
      report(stream, executor, observer, committed);
      continue;
    }
    const Command& command = batch[outcome.completed];
    const bool retries = is_transient(*outcome.error) && command.transactional && attempt < options_.lock_attempts &&
                         command.kind != CommandKind::commit && !outcome.error->connection_lost;
    if (!retries) {
      stop(stream, executor, command, *outcome.error, observer, committed);
    }
    executor.failed(outcome.completed);
    report(stream, executor, observer, committed);
    if (connection_->in_transaction()) {
      connection_->query("ROLLBACK");
    }
    Diagnostic diagnostic = explain(*outcome.error, command, Dialect::postgresql);
    diagnostic.severity = Severity::warning;
    diagnostic.hint = fmt::format("the transaction was rolled back and is tried again ({} of {})", attempt + 1,
                                  options_.lock_attempts);
    observer.warned(diagnostic);
    std::this_thread::sleep_for(first_pause * (1U << std::min<std::size_t>(attempt - 1, 5)));
    ++attempt;
    executor.retry();
  }
}

void PostgresqlSession::report(const Stream& stream, Executor& executor, Observer& observer,
                               std::size_t& committed) const {
  for (const std::size_t step : executor.take_committed()) {
    ++committed;
    observer.step_committed(stream.plan.steps[step]);
  }
}

void PostgresqlSession::stop(const Stream& stream, Executor& executor, const Command& command,
                             const DatabaseError& error, Observer& observer, std::size_t& committed) {
  const auto failed_at = static_cast<std::size_t>(&command - executor.batch().data());
  const std::vector<std::size_t> pending = executor.uncommitted();
  executor.failed(failed_at);
  report(stream, executor, observer, committed);
  Diagnostic diagnostic = explain(error, command, Dialect::postgresql);
  try {
    if (error.connection_lost) {
      add_outcome(stream, command, pending, diagnostic, observer, committed);
    } else if (connection_->in_transaction()) {
      connection_->query("ROLLBACK");
    } else {
      for (const std::string& index : invalid_indexes(command, Mention::index_or_table)) {
        diagnostic.notes.push_back({fmt::format("the index {} is invalid now", index), {}});
        diagnostic.hint = fmt::format("DROP INDEX {}; then run this again", index);
      }
    }
  } catch (const PostgresqlFailure&) {
    // The connection broke meanwhile; what is to be reported is what came first.
  }
  throw Failure(Exit::database, std::move(diagnostic));
}

/// Says what became of the command during which the connection was lost (F11).
void PostgresqlSession::add_outcome(const Stream& stream, const Command& command,
                                    const std::vector<std::size_t>& pending, Diagnostic& diagnostic, Observer& observer,
                                    std::size_t& committed) const {
  if (!command.transactional) {
    diagnostic.notes.push_back({"the connection was lost while a statement ran outside a transaction: whether it took "
                                "effect is unknown",
                                {}});
  }
  if (command.kind != CommandKind::commit) {
    return;
  }
  if (pending.empty()) {
    diagnostic.notes.push_back({"the connection was lost during COMMIT: whether it took effect is unknown", {}});
    diagnostic.hint = "run the same command again: it goes on from what was committed";
    return;
  }
  try {
    const bool took_effect = was_committed(stream, pending.back());
    committed += took_effect ? pending.size() : 0;
    diagnostic.notes.push_back({fmt::format("the connection was lost during COMMIT; the transaction was {}",
                                            took_effect ? "committed" : "rolled back"),
                                {}});
    if (took_effect) {
      for (const std::size_t step : pending) {
        observer.step_committed(stream.plan.steps[step]);
      }
    }
  } catch (const Failure&) {
    diagnostic.notes.push_back({"the connection was lost during COMMIT, and the server cannot be reached: whether the "
                                "transaction was committed is unknown",
                                {}});
    diagnostic.hint = "'retort current' will tell when the server is back";
  }
}

/// On a connection of its own. The lock is taken first: it is free only when the lost session has ended, and the table
/// is final then. That this waits for the tool's own session is nothing to tell.
bool PostgresqlSession::was_committed(const Stream& stream, std::size_t step) const {
  PostgresqlSession other(url_, options_);
  try {
    other.connect(other.silent_);
    const PostgresqlLock lock(*other.connection_, options_.lock_wait, other.silent_);
    const Applied applied = other.read_state();
    const bool present = std::any_of(applied.revisions.begin(), applied.revisions.end(),
                                     [&](const AppliedRevision& row) { return row.id == stream.revision_of(step).id; });
    return present == (stream.plan.steps[step].direction == Direction::up);
  } catch (const PostgresqlFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, "cannot ask for the outcome"));
  }
}

/// CREATE INDEX CONCURRENTLY leaves an index behind that is not used when it fails, and IF NOT EXISTS then hides it
/// (F17).
std::vector<std::string> PostgresqlSession::invalid_indexes(const Command& command, Mention mention) {
  std::vector<std::string> indexes;
  if (command.transactional || command.kind != CommandKind::statement) {
    return indexes;
  }
  const std::string mentioned =
      mention == Mention::index ? "c.oid = i.indexrelid" : "c.oid IN (i.indexrelid, i.indrelid)";
  for (const auto& row : connection_->query(fmt::format(
           "SELECT DISTINCT i.indexrelid::pg_catalog.regclass::pg_catalog.text FROM pg_catalog.pg_index AS i "
           "JOIN pg_catalog.pg_class AS c ON {} WHERE NOT i.indisvalid AND pg_catalog.strpos(pg_catalog.lower({}), "
           "pg_catalog.lower(c.relname::pg_catalog.text)) > 0",
           mentioned, literal(command.sql())))) {
    indexes.push_back(row.at(0).value_or(""));
  }
  return indexes;
}

} // namespace retort
