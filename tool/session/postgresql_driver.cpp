#include "session/postgresql_driver.hpp"

#include "dialect/revision_table.hpp"
#include "dialect/session_settings.hpp"
#include "session/postgresql_execution.hpp"
#include "session/postgresql_lock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace retort {
namespace {

namespace table = revision_table;
using Result = PostgresqlCaller::Result;

constexpr int oldest_server = 130000;
/// A killed client must not leave a statement behind that runs on (F13). Servers before 14 do not have the setting, and
/// those on some platforms refuse it.
constexpr std::string_view client_check = "SET client_connection_check_interval = 2000";

/// In milliseconds, as far as the server can count.
std::string timeout(std::chrono::milliseconds wait) {
  return std::to_string(std::min<std::chrono::milliseconds::rep>(wait.count(), std::numeric_limits<int>::max()));
}

std::string search_path(const std::string& schema) { return fmt::format("{}, public", quoted(schema)); }

PostgresqlCaller::Settings settings_for(const SessionOptions& options) {
  PostgresqlCaller::Settings settings = {{"client_encoding", "UTF8"},
                                         {"standard_conforming_strings", "on"},
                                         {"lock_timeout", timeout(options.lock_timeout)},
                                         {"statement_timeout", timeout(options.statement_timeout)}};
  if (options.schema != table::default_schema) {
    settings.emplace("search_path", search_path(options.schema));
  }
  return settings;
}

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(Exit::database, {Severity::error, std::move(message), {}, {}, std::move(hint)});
}

} // namespace

PostgresqlDriver::PostgresqlDriver(std::string name, SessionOptions options, Waiter& waiter, Connect connect)
    : name_(std::move(name)), options_(std::move(options)), waiter_(waiter), connect_(std::move(connect)) {}

PostgresqlDriver::PostgresqlDriver(std::string name, SessionOptions options, Waiter& waiter, pg_conn* connection)
    : name_(std::move(name)), options_(std::move(options)), waiter_(waiter),
      connection_(std::make_unique<PostgresqlConnection>(connection, waiter, PostgresqlConnection::OnNotice())),
      caller_(std::in_place, *connection_, settings_for(options_)) {}

PostgresqlDriver::~PostgresqlDriver() = default;

table::Place PostgresqlDriver::place() const { return {Dialect::postgresql, options_.schema}; }

std::vector<std::string> PostgresqlDriver::settings() const {
  if (caller_) {
    return caller_->settings();
  }
  std::vector<std::string> settings;
  // What a server has from the start, RESET ALL brings back by itself.
  if (!has_standard_strings_) {
    settings = session_settings(Dialect::postgresql);
  }
  if (options_.schema != table::default_schema) {
    settings.push_back(fmt::format("SET search_path = {}", search_path(options_.schema)));
  }
  settings.push_back(fmt::format("SET lock_timeout = {}", timeout(options_.lock_timeout)));
  if (options_.statement_timeout.count() > 0) {
    settings.push_back(fmt::format("SET statement_timeout = {}", timeout(options_.statement_timeout)));
  }
  return settings;
}

std::vector<std::string> PostgresqlDriver::resets() const {
  std::vector<std::string> resets = caller_ ? caller_->resets() : session_reset(Dialect::postgresql);
  for (std::string& setting : settings()) {
    resets.push_back(std::move(setting));
  }
  if (checks_client_) {
    resets.emplace_back(client_check);
  }
  return resets;
}

Task<void> PostgresqlDriver::open(Observer& observer) {
  if (caller_) {
    co_await caller_->enter();
  } else {
    connection_.reset();
    handle_ = co_await connect_();
    connection_ =
        std::make_unique<PostgresqlConnection>(handle_.get(), waiter_, [&observer](const std::string& notice) {
          observer.warned({Severity::note, notice, {}, {}, {}});
        });
    has_standard_strings_ = connection_->has_standard_strings();
  }
  check_server(observer);
}

/// What is still open on a connection of its own, a transaction or the lock, ends with it. The caller's may be broken:
/// what led here is the error to report.
Task<void> PostgresqlDriver::close(Result result) {
  std::optional<DatabaseError> error;
  try {
    if (caller_) {
      co_await caller_->leave(result);
    } else if (locked_ && connection_->transaction() != PostgresqlConnection::Transaction::none) {
      co_await connection_->query("ROLLBACK");
    }
  } catch (const PostgresqlFailure& failure) {
    error = failure.error;
  }
  try {
    // The lock would end with the connection, too, but a moment later than this run.
    if (std::exchange(locked_, false)) {
      co_await connection_->query(unlock(options_.schema));
    }
  } catch (const PostgresqlFailure& failure) {
    error = failure.error;
  }
  if (!caller_) {
    connection_.reset();
    handle_.reset();
  } else if (error && result == Result::succeeded) {
    throw Failure(Exit::database, explain(*error, "cannot set the connection's session back"));
  }
}

void PostgresqlDriver::check_server(Observer& observer) const {
  if (connection_->server_version() < oldest_server) {
    refuse(fmt::format("the server is PostgreSQL {}; Retort needs 13 or newer", connection_->server_version() / 10000),
           "upgrade the server, or run a script (--sql)");
  }
  if (connection_->is_exposed()) {
    observer.warned({Severity::warning,
                     fmt::format("the connection to {} is not encrypted", name_),
                     {},
                     {},
                     "add sslmode=verify-full to the URL"});
  }
}

/// In one round trip.
Task<PostgresqlDriver::Greeting> PostgresqlDriver::greet(Locking locking) {
  std::vector<std::string> statements = settings();
  // In the caller's transaction a statement that is refused would be fatal.
  const bool tries_check = !caller_;
  if (tries_check) {
    statements.emplace_back(client_check);
  }
  const std::size_t first = statements.size();
  statements.emplace_back("SELECT pg_catalog.pg_backend_pid(), pg_catalog.current_setting('transaction_read_only')");
  statements.push_back(locking == Locking::none ? "SELECT false"
                       : joins()                ? try_transaction_lock(options_.schema)
                                                : try_lock(options_.schema));
  statements.push_back(
      fmt::format("SELECT pg_catalog.to_regclass({}) IS NOT NULL, pg_catalog.to_regclass({}) IS NOT NULL",
                  literal(table::qualified_name(place())), literal(table::qualified_journal(place()))));
  const auto answers = co_await connection_->query_all(std::move(statements));
  checks_client_ = tries_check && !answers[first - 1].error;
  const PostgresqlConnection::Answer& lock = answers[first + 1];
  const bool locks = !lock.error && lock.rows.at(0).at(0) == "t";
  locked_ = locked_ || locks;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].error && !(tries_check && i + 1 == first)) {
      throw PostgresqlFailure{*answers[i].error};
    }
  }
  const auto& session = answers[first].rows.at(0);
  // A pooler that gives every transaction another backend would lose the session's lock (F3).
  if (session.at(0) != std::to_string(connection_->backend_pid())) {
    refuse("the connection goes through a pooler, which can lose Retort's lock",
           "connect to the server itself, or to a pool in session mode that reports the backend's own pid");
  }
  Greeting greeting;
  greeting.writable = session.at(1) == "off";
  greeting.locked = locks;
  const auto& tables = answers[first + 2].rows.at(0);
  greeting.applied.has_table = tables.at(0) == "t";
  greeting.applied.has_journal = tables.at(1) == "t";
  co_return greeting;
}

Task<void> PostgresqlDriver::check_table(std::string name) {
  const auto own = co_await connection_->query(table::own(name));
  if (!own.empty()) {
    co_return;
  }
  const auto trusted = co_await connection_->query(table::trusted(name));
  if (trusted.empty()) {
    refuse(fmt::format("{} is not the plain table that Retort creates", name),
           "somebody else owns it, or it has triggers, rules, policies, defaults or checks, which would run with your "
           "rights; find out who made it, and drop or repair it");
  }
}

Task<void> PostgresqlDriver::read_rows(Applied& applied) {
  if (applied.has_table) {
    co_await check_table(table::qualified_name(place()));
    for (const auto& row : co_await connection_->query(table::select(place()))) {
      applied.revisions.push_back(
          {row.at(0).value_or(""), row.at(1).value_or(""), row.at(2).value_or(""), row.at(3).value_or(""), row.at(4),
           row.at(5) ? std::optional(std::stoll(*row.at(5))) : std::nullopt, row.at(6).value_or("")});
    }
  }
  if (applied.has_journal) {
    co_await check_table(table::qualified_journal(place()));
    for (const auto& row : co_await connection_->query(table::select_journal(place()))) {
      applied.journal.push_back(
          {row.at(0).value_or(""), row.at(1) == std::string(name(Direction::up)) ? Direction::up : Direction::down,
           static_cast<std::size_t>(std::stoull(row.at(2).value_or("0"))), row.at(3).value_or("")});
    }
  }
}

Task<Applied> PostgresqlDriver::read_state() {
  Greeting greeting = co_await greet(Locking::none);
  co_await read_rows(greeting.applied);
  co_return std::move(greeting.applied);
}

Task<Applied> PostgresqlDriver::read(Observer& observer) {
  std::exception_ptr thrown;
  Applied applied;
  try {
    co_await open(observer);
    applied = co_await read_state();
  } catch (const PostgresqlFailure& failure) {
    thrown =
        std::make_exception_ptr(Failure(Exit::database, explain(failure.error, fmt::format("cannot read {}", name_))));
  } catch (...) {
    thrown = std::current_exception();
  }
  co_await close(thrown ? Result::failed : Result::succeeded);
  if (thrown) {
    std::rethrow_exception(thrown);
  }
  co_return applied;
}

Task<std::size_t> PostgresqlDriver::migrate(const Session::Planner& planner, Observer& observer) {
  std::exception_ptr thrown;
  std::size_t committed = 0;
  try {
    co_await open(observer);
    co_await migrate(planner, observer, committed);
  } catch (const PostgresqlFailure& failure) {
    thrown = std::make_exception_ptr(after_commits(
        Failure(Exit::database, explain(failure.error, fmt::format("cannot migrate {}", name_))), committed));
  } catch (const Failure& failure) {
    thrown = std::make_exception_ptr(after_commits(failure, committed));
  } catch (...) {
    thrown = std::current_exception();
  }
  co_await close(thrown ? Result::failed : Result::succeeded);
  if (thrown) {
    std::rethrow_exception(thrown);
  }
  co_return committed;
}

Task<void> PostgresqlDriver::migrate(const Session::Planner& planner, Observer& observer, std::size_t& committed) {
  Greeting greeting = co_await greet(Locking::tried);
  if (!greeting.writable) {
    refuse(fmt::format("{} is read-only; nothing was run", name_),
           "connect to the primary, with a role that may write");
  }
  if (greeting.locked) {
    co_await read_rows(greeting.applied);
  } else {
    std::string query = joins() ? try_transaction_lock(options_.schema) : try_lock(options_.schema);
    co_await wait_for_lock(*connection_, waiter_, options_.schema, std::move(query), options_.lock_wait, observer);
    locked_ = true;
    greeting.applied = co_await read_state();
  }
  const Stream stream = planner(greeting.applied);
  PostgresqlExecution execution(
      *connection_, waiter_, stream, observer, committed,
      {options_.schema, joins() ? 1 : options_.lock_attempts, options_.batching, [this] { return read_after_loss(); }});
  co_await execution.run();
  locked_ = false;
}

/// On a connection of its own. The lock is taken first: it is free only when the lost session has ended, and the table
/// is final then. That this waits for the tool's own session is nothing to tell. Nothing when the database cannot be
/// asked.
Task<std::optional<Applied>> PostgresqlDriver::read_after_loss() {
  if (caller_) {
    co_return std::nullopt;
  }
  Observer silent;
  PostgresqlDriver other(name_, options_, waiter_, connect_);
  std::optional<Applied> applied;
  try {
    co_await other.open(silent);
    co_await wait_for_lock(*other.connection_, waiter_, options_.schema, try_lock(options_.schema), options_.lock_wait,
                           silent);
    applied = co_await other.read_state();
  } catch (const PostgresqlFailure&) {
  } catch (const Failure&) {
  }
  co_return applied;
}

} // namespace retort
