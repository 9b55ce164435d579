#include "session/postgresql_caller.hpp"

#include <fmt/format.h>

#include <utility>

namespace retort {
namespace {

using Transaction = PostgresqlConnection::Transaction;

constexpr std::string_view found =
    "SELECT name, pg_catalog.current_setting(name) FROM pg_catalog.pg_settings WHERE source = 'session' AND NOT "
    "pg_catalog.starts_with(name, 'transaction_') ORDER BY name";

/// What did not change is not set again: a SET LOCAL stays one.
std::string set_back(std::string_view name, std::string_view value) {
  return fmt::format("SELECT pg_catalog.set_config({0}, {1}, false) WHERE pg_catalog.current_setting({0}) IS DISTINCT "
                     "FROM {1}",
                     literal(name), literal(value));
}

/// Of a setting that the run needs otherwise. `value`: as SQL.
std::string set_back(std::string_view name, std::string_view value, std::string_view needed) {
  return fmt::format("SELECT pg_catalog.set_config(name, {1}, false) FROM pg_catalog.pg_settings WHERE name = {0} AND "
                     "setting IS DISTINCT FROM {2}",
                     literal(name), value, literal(needed));
}

constexpr std::string_view encoding = "client_encoding";
constexpr const char* own_encoding =
    "SELECT setting FROM pg_catalog.pg_settings WHERE source = 'session' AND name = 'client_encoding'";

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(Exit::database, {Severity::error, std::move(message), {}, {}, std::move(hint)});
}

} // namespace

Task<void> PostgresqlCaller::enter() {
  is_inside_ = false;
  switch (connection_.transaction()) {
  case Transaction::unknown:
    refuse("the connection is not open; nothing was run", "connect first, and look at PQstatus");
  case Transaction::failed: refuse("the connection's transaction has failed; nothing was run", "roll it back first");
  case Transaction::busy:
    refuse("the connection is busy; nothing was run",
           "read the results of what was sent, leave pipeline mode, and close what is still running");
  case Transaction::open:
    co_await connection_.query("SAVEPOINT retort_caller");
    has_transaction_ = true;
    break;
  case Transaction::none: has_transaction_ = false;
  }
  is_inside_ = true;
  co_await look();
}

/// Values are read, and sent again, in UTF-8, which the caller need not speak: its encoding is the first that a run
/// changes, and the last that it sets back.
Task<void> PostgresqlCaller::look() {
  resets_.clear();
  last_resets_.clear();
  const auto set_encoding = co_await connection_.query(own_encoding);
  const std::string own = set_encoding.empty() ? "NULL" : literal(set_encoding.at(0).at(0).value_or(""));
  const std::string& needed_encoding = settings_.at(std::string(encoding));
  resets_ = {set_back(encoding, own, needed_encoding), set(encoding, needed_encoding)};
  co_await connection_.query(resets_.back());
  const auto user = co_await connection_.query("SELECT session_user, pg_catalog.current_setting('role')");
  resets_.push_back(set_back("session_authorization", user.at(0).at(0).value_or("")));
  resets_.push_back(set_back("role", user.at(0).at(1).value_or("none")));
  std::string names = literal(encoding);
  for (const auto& row : co_await connection_.query(std::string(found))) {
    const std::string& name = row.at(0).value();
    const std::string value = row.at(1).value_or("");
    if (name == encoding) {
      continue;
    }
    names += fmt::format(", {}", literal(name));
    const auto needed = settings_.find(name);
    if (needed == settings_.end()) {
      resets_.push_back(set_back(name, value));
      continue;
    }
    resets_.push_back(set_back(name, literal(value), needed->second));
    last_resets_.push_back(set(name, value));
  }
  // The rest is nobody's. What is of one transaction alone cannot be set behind its beginning.
  resets_.push_back(
      fmt::format("SELECT pg_catalog.set_config(name, NULL, false) FROM pg_catalog.pg_settings WHERE "
                  "source = 'session' AND NOT pg_catalog.starts_with(name, 'transaction_') AND name NOT IN ({})",
                  names));
  last_resets_.push_back(fmt::format("SELECT pg_catalog.set_config({}, {}, {})", literal(encoding), own,
                                     has_transaction_ && !set_encoding.empty()));
}

/// In the caller's transaction it ends with it.
std::string PostgresqlCaller::set(std::string_view name, std::string_view value) const {
  return fmt::format("SELECT pg_catalog.set_config({}, {}, {})", literal(name), literal(value), has_transaction_);
}

std::vector<std::string> PostgresqlCaller::settings() const {
  std::vector<std::string> statements;
  for (const auto& [name, value] : settings_) {
    statements.push_back(set(name, value));
  }
  return statements;
}

Task<void> PostgresqlCaller::leave(Result result) {
  if (!std::exchange(is_inside_, false)) {
    co_return;
  }
  if (result == Result::failed && has_transaction_) {
    co_await connection_.query("ROLLBACK TO SAVEPOINT retort_caller"); // the settings, too
    co_await connection_.query("RELEASE SAVEPOINT retort_caller");
    co_return;
  }
  if (connection_.transaction() != Transaction::none && !has_transaction_) {
    co_await connection_.query("ROLLBACK");
  }
  for (const std::vector<std::string>& resets : {resets_, last_resets_}) {
    for (const std::string& reset : resets) {
      co_await connection_.query(reset);
    }
  }
  if (has_transaction_) {
    co_await connection_.query("RELEASE SAVEPOINT retort_caller");
  }
}

} // namespace retort
