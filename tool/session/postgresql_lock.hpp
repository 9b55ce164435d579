#pragma once

#include "session/postgresql_connection.hpp"
#include "session/session.hpp"

#include <chrono>

namespace retort {

/// A query that takes the session-level advisory lock of Retort's tables in `schema`, if it is free: true or false. It
/// is asked outside of any transaction: a process that waits inside the server would block CREATE INDEX CONCURRENTLY in
/// the one that holds it (F1, F2). A process that dies gives the lock back with its connection (F9).
std::string try_lock(std::string_view schema);

/// As try_lock, for the rest of the transaction that is open as well.
std::string try_transaction_lock(std::string_view schema);

std::string unlock(std::string_view schema);

/// Asks `query` until it says that the lock is taken. Throws Failure (Exit::database), which names who holds the lock,
/// when it is not free within `wait`; PostgresqlFailure.
Task<void> wait_for_lock(PostgresqlConnection& connection, Waiter& waiter, std::string_view schema, std::string query,
                         std::chrono::milliseconds wait, Observer& observer);

} // namespace retort
