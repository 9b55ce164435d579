#include "session/postgresql_caller.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

using Transaction = PostgresqlConnection::Transaction;

constexpr std::string_view found =
    "SELECT name, pg_catalog.current_setting(name) FROM pg_catalog.pg_settings WHERE source = 'session' ORDER BY name";

std::string set_back(std::string_view name, std::string_view value) {
  return fmt::format("SELECT pg_catalog.set_config({0}, {1}, false) WHERE pg_catalog.current_setting({0}) IS DISTINCT "
                     "FROM {1}",
                     literal(name), literal(value));
}

} // namespace

Task<void> PostgresqlCaller::enter() {
  const Transaction transaction = connection_.transaction();
  if (transaction == Transaction::failed || transaction == Transaction::busy) {
    throw Failure(Exit::database,
                  {Severity::error,
                   transaction == Transaction::failed ? "the connection's transaction has failed; nothing was run"
                                                      : "the connection is busy; nothing was run",
                   {},
                   {},
                   transaction == Transaction::failed
                       ? "roll it back first"
                       : "read the results of what was sent, leave pipeline mode, and close what is still running"});
  }
  has_transaction_ = transaction == Transaction::open;
  if (has_transaction_) {
    co_await connection_.query("SAVEPOINT retort_caller");
  }
  // The numbers in reset_val have the setting's own unit, as set_config reads them.
  const auto user = co_await connection_.query("SELECT session_user, pg_catalog.current_setting('role')");
  resets_ = {set_back("session_authorization", user.at(0).at(0).value_or("")),
             set_back("role", user.at(0).at(1).value_or("none"))};
  std::string names;
  for (const auto& row : co_await connection_.query(std::string(found))) {
    const std::string& name = row.at(0).value();
    names += fmt::format("{}{}", names.empty() ? "" : ", ", literal(name));
    resets_.push_back(set_back(name, row.at(1).value_or("")));
  }
  resets_.push_back(fmt::format("SELECT pg_catalog.set_config(name, reset_val, false) FROM pg_catalog.pg_settings "
                                "WHERE source = 'session'{}",
                                names.empty() ? "" : fmt::format(" AND name NOT IN ({})", names)));
}

Task<void> PostgresqlCaller::leave(Result result) {
  if (result == Result::failed && connection_.transaction() != Transaction::none) {
    std::string back = has_transaction_ ? "ROLLBACK TO SAVEPOINT retort_caller" : "ROLLBACK";
    co_await connection_.query(std::move(back));
  }
  for (const std::string& reset : resets_) {
    co_await connection_.query(reset);
  }
  if (has_transaction_) {
    co_await connection_.query("RELEASE SAVEPOINT retort_caller");
  }
}

} // namespace retort
