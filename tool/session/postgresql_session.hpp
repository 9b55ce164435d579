#pragma once

#include "session/postgresql_driver.hpp"

namespace retort {

/// A session on a PostgreSQL database that blocks its thread.
class PostgresqlSession : public Session {
public:
  /// On connections of its own.
  PostgresqlSession(Url url, SessionOptions options);

  /// On the caller's connection, which it leaves as it found it; joins the transaction that is open on it. `name`: what
  /// messages call the database.
  PostgresqlSession(pg_conn* connection, std::string name, SessionOptions options);

  Applied read() override;
  std::size_t migrate(const Planner& planner, Observer& observer) override;
  std::vector<std::string> resets() const override { return driver_.resets(); }
  bool joins() const override { return driver_.joins(); }

private:
  Waiter waiter_;
  PostgresqlDriver driver_;
};

} // namespace retort
