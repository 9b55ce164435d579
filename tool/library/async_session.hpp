#pragma once

#include "session/session.hpp"

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

struct pg_conn;

namespace retort {

/// What a session is to run for a state, set up with these facts.
using AsyncPlanner = std::function<Stream(const Applied&, Surroundings, std::vector<std::string> resets)>;

/// Connects, migrates as Session::migrate, and closes the connection, without blocking `executor`. PostgreSQL's planner
/// and observer are called on a strand of it; SQLite's on a thread of its own. What is given by reference must outlive
/// it. A cancellation has the effect of SessionOptions::stop. Throws Failure.
asio::awaitable<std::size_t> async_migrate(asio::any_io_executor executor, Url url, SessionOptions options,
                                           AsyncPlanner planner, Observer& observer);

/// As async_migrate, on the caller's PostgreSQL connection. `name`: what messages call the database.
asio::awaitable<std::size_t> async_migrate(asio::any_io_executor executor, pg_conn* connection, std::string name,
                                           SessionOptions options, AsyncPlanner planner, Observer& observer);

} // namespace retort
