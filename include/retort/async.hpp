#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <retort/migration.hpp>

#include <string>

struct pg_conn; // libpq's PGconn

namespace retort {

// Migrations on an event loop (standalone Asio, C++20 coroutines). They run on `executor`, and never block its thread:
// PostgreSQL is spoken with through libpq's non-blocking interface, SQLite runs on a thread of its own.
//
// Cancellation, as by a cancellation slot, has the effect of a request to stop (Options::stop): PostgreSQL's running
// statement is cancelled on the server, what is not committed is rolled back, and the operation ends with Error
// (stopped). For a deadline, let a timer emit the cancellation or request the stop: `||` with a timer works, too, but
// waits for the timer when the migration fails.
//
// They throw Error, and nothing else but std::bad_alloc and what the progress callback throws. The callback is called
// on the executor; SQLite's, on the thread that migrates. What is given by reference or pointer must outlive the
// operation.

/// Connects to the database of `url` (docs/configuration.md), applies what is pending, and closes the connection.
asio::awaitable<Report> async_upgrade(asio::any_io_executor executor, const std::string& url,
                                      const EmbeddedHistory& history, const Options& options = {});

/// As async_upgrade, down to `target`.
asio::awaitable<Report> async_downgrade(asio::any_io_executor executor, const std::string& url,
                                        const EmbeddedHistory& history, const std::string& target,
                                        const Options& options = {});

/// As upgrade(pg_conn*, …) of <retort/postgresql.hpp>, on the caller's connection.
asio::awaitable<Report> async_upgrade(asio::any_io_executor executor, pg_conn* connection,
                                      const EmbeddedHistory& history, const Options& options = {});

/// As downgrade(pg_conn*, …) of <retort/postgresql.hpp>.
asio::awaitable<Report> async_downgrade(asio::any_io_executor executor, pg_conn* connection,
                                        const EmbeddedHistory& history, const std::string& target,
                                        const Options& options = {});

} // namespace retort
