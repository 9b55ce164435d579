#include "session/postgresql_execution.hpp"

#include "session/postgresql_lock.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

constexpr std::chrono::milliseconds first_pause{200};
constexpr std::string_view query_canceled = "57014"; // SQLSTATE

/// lock_not_available, deadlock_detected, serialization_failure: the same transaction can succeed a moment later.
bool is_transient(const DatabaseError& error) {
  return error.code == "55P03" || error.code == "40P01" || error.code == "40001";
}

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(Exit::database, {Severity::error, std::move(message), {}, {}, std::move(hint)});
}

} // namespace

PostgresqlExecution::PostgresqlExecution(PostgresqlConnection& connection, Waiter& waiter, const Stream& stream,
                                         Observer& observer, std::size_t& committed, Options options)
    : connection_(connection), waiter_(waiter), stream_(stream), executor_(stream, options.batching),
      observer_(observer), committed_(committed), options_(std::move(options)) {}

Task<void> PostgresqlExecution::run() {
  std::size_t attempt = 1;
  std::optional<std::uint32_t> announced;
  const auto announce = [&](std::span<const Command> batch) {
    if (!batch.empty() && batch.front().kind != CommandKind::commit && announced != batch.front().step &&
        batch.front().step < stream_.plan.steps.size()) {
      announced = batch.front().step;
      observer_.step_started(stream_.plan.steps[batch.front().step]);
    }
  };
  const auto ran = [&] {
    const Command& command = executor_.batch().front();
    executor_.ran();
    if (command.kind == CommandKind::statement) {
      observer_.statement_ran(stream_.plan.steps[command.step], command);
    } else if (command.kind == CommandKind::commit) {
      attempt = 1;
      report();
    }
    announce(executor_.batch());
  };
  using enum PostgresqlConnection::Delivery;
  for (auto batch = executor_.batch(); !batch.empty(); batch = executor_.batch()) {
    if (waiter_.stop().stop_requested()) {
      throw stopped();
    }
    announce(batch);
    std::string last = &batch.back() == &stream_.commands.back() ? unlock(options_.schema) : std::string();
    const std::optional<DatabaseError> error =
        co_await connection_.run(batch, ran, std::move(last), observer_.follows() ? prompt : together);
    if (!error) {
      const std::vector<std::string> invalid = co_await invalid_indexes(batch.front(), Mention::index);
      if (!invalid.empty()) {
        refuse(fmt::format("the index {} is invalid: an earlier CREATE INDEX CONCURRENTLY failed", invalid.front()),
               fmt::format("DROP INDEX {}; then run this again", invalid.front()));
      }
      continue;
    }
    if (executor_.batch().empty()) {
      throw PostgresqlFailure{*error}; // only giving the lock back failed
    }
    const Command& command = executor_.batch().front();
    const bool retries = is_transient(*error) && command.transactional && attempt < options_.attempts &&
                         command.kind != CommandKind::commit && !error->connection_lost;
    if (!retries) {
      const Failure failure = co_await explain_failure(*error);
      throw failure;
    }
    executor_.failed();
    co_await connection_.query("ROLLBACK");
    Diagnostic diagnostic = explain(*error, command, Dialect::postgresql);
    diagnostic.severity = Severity::warning;
    diagnostic.hint =
        fmt::format("the transaction was rolled back and is tried again ({} of {})", attempt + 1, options_.attempts);
    observer_.warned(diagnostic);
    co_await waiter_.sleep(first_pause * (1U << std::min<std::size_t>(attempt - 1, 5)));
    ++attempt;
    executor_.retry();
  }
  if (stream_.commands.empty()) {
    co_await connection_.query(unlock(options_.schema));
  }
}

void PostgresqlExecution::report() {
  for (const std::size_t step : executor_.take_committed()) {
    ++committed_;
    observer_.step_committed(stream_.plan.steps[step]);
  }
}

Task<Failure> PostgresqlExecution::explain_failure(const DatabaseError& error) {
  const std::span<const Command> failed = executor_.batch();
  const Command& command = failed.front();
  Diagnostic diagnostic = explain(error, command, Dialect::postgresql);
  const bool stops = waiter_.stop().stop_requested() && error.code == query_canceled;
  if (stops) {
    diagnostic = stopped().diagnostics().front();
  }
  const std::vector<std::size_t> uncommitted = executor_.uncommitted();
  executor_.failed();
  try {
    if (error.connection_lost) {
      // Where the server said why, it ran nothing of what follows.
      const std::span<const Command> lost = error.code.empty() ? failed : failed.first(1);
      co_await add_outcome(lost, uncommitted, diagnostic);
    } else if (!command.transactional) {
      for (const std::string& index : co_await invalid_indexes(command, Mention::index_or_table)) {
        diagnostic.notes.push_back({fmt::format("the index {} is invalid now", index), {}});
        diagnostic.hint = fmt::format("DROP INDEX {}; then run this again", index);
      }
    }
  } catch (const PostgresqlFailure&) {
    // The connection broke meanwhile; what is to be reported is what came first.
  }
  co_return Failure(Exit::database, std::move(diagnostic), stops ? Cause::stopped : Cause::any);
}

/// Says what became of the commands during which the connection was lost (F11).
Task<void> PostgresqlExecution::add_outcome(std::span<const Command> lost, std::vector<std::size_t> uncommitted,
                                            Diagnostic& diagnostic) {
  if (!lost.front().transactional) {
    diagnostic.notes.push_back({"the connection was lost while a statement ran outside a transaction: whether it took "
                                "effect is unknown",
                                {}});
  }
  std::size_t commits = 0;
  std::vector<std::size_t> pending; // the steps that the commits would have committed
  for (const Command& command : lost) {
    if (command.kind == CommandKind::record) {
      uncommitted.push_back(command.step);
    } else if (command.kind == CommandKind::commit) {
      ++commits;
      pending.insert(pending.end(), uncommitted.begin(), uncommitted.end());
      uncommitted.clear();
    }
  }
  if (commits == 0) {
    co_return;
  }
  const std::string when = commits == 1
                               ? "the connection was lost during COMMIT"
                               : fmt::format("the connection was lost with {} revisions under way", pending.size());
  std::optional<Applied> applied;
  if (!pending.empty()) {
    applied = co_await options_.read_after_loss();
  }
  if (!applied && !pending.empty()) {
    diagnostic.notes.push_back({fmt::format("{}, and the server cannot be reached: whether {} committed is unknown",
                                            when, commits == 1 ? "the transaction was" : "they were"),
                                {}});
    diagnostic.hint = "'current' will tell when the server is back";
    co_return;
  }
  if (!applied) {
    diagnostic.notes.push_back({fmt::format("{}: whether it took effect is unknown", when), {}});
    diagnostic.hint = "run the same command again: it goes on from what was committed";
    co_return;
  }
  std::size_t took_effect = 0;
  for (const std::size_t step : pending) {
    const bool present =
        std::any_of(applied->revisions.begin(), applied->revisions.end(),
                    [&](const AppliedRevision& row) { return row.id == stream_.revision_of(step).id; });
    if (present == (stream_.plan.steps[step].direction == Direction::up)) {
      ++took_effect;
      ++committed_;
      observer_.step_committed(stream_.plan.steps[step]);
    }
  }
  diagnostic.notes.push_back(
      {commits == 1 ? fmt::format("{}; the transaction was {}", when, took_effect > 0 ? "committed" : "rolled back")
                    : fmt::format("{}; {} of them were committed", when, took_effect),
       {}});
}

/// CREATE INDEX CONCURRENTLY leaves an index behind that is not used when it fails, and IF NOT EXISTS then hides it
/// (F17).
Task<std::vector<std::string>> PostgresqlExecution::invalid_indexes(const Command& command, Mention mention) {
  std::vector<std::string> indexes;
  if (command.transactional || command.kind != CommandKind::statement) {
    co_return indexes;
  }
  const std::string mentioned =
      mention == Mention::index ? "c.oid = i.indexrelid" : "c.oid IN (i.indexrelid, i.indrelid)";
  for (const auto& row : co_await connection_.query(fmt::format(
           "SELECT DISTINCT i.indexrelid::pg_catalog.regclass::pg_catalog.text FROM pg_catalog.pg_index AS i "
           "JOIN pg_catalog.pg_class AS c ON {} WHERE NOT i.indisvalid AND pg_catalog.strpos(pg_catalog.lower({}), "
           "pg_catalog.lower(c.relname::pg_catalog.text)) > 0",
           mentioned, literal(command.sql())))) {
    indexes.push_back(row.at(0).value_or(""));
  }
  co_return indexes;
}

} // namespace retort
