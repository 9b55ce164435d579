#pragma once

#include "session/postgresql_connection.hpp"
#include "session/session.hpp"

#include <chrono>

namespace retort {

/// Retort's session-level advisory lock, held from construction to release(). It is polled for outside of any
/// transaction: a process that waits inside the server would block CREATE INDEX CONCURRENTLY in the one that holds it
/// (F1, F2). A process that dies gives it back with its connection (F9).
class PostgresqlLock {
public:
  /// Throws Failure (Exit::database), which names who holds the lock, when it is not free within `wait`.
  PostgresqlLock(PostgresqlConnection& connection, std::chrono::milliseconds wait, Observer& observer);
  ~PostgresqlLock();
  PostgresqlLock(const PostgresqlLock&) = delete;
  PostgresqlLock& operator=(const PostgresqlLock&) = delete;

  /// False when this session does not hold the lock any more: a revision gave it back, or a pooler changed the backend
  /// (F3).
  bool release();

private:
  PostgresqlConnection* connection_;
};

} // namespace retort
