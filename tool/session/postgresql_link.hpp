#pragma once

#include "session/postgresql_cancel.hpp"
#include "session/task.hpp"
#include "session/waiter.hpp"

#include <optional>
#include <string>

struct pg_conn;

namespace retort {

/// The waiting for what a server says on a connection, and the end of it when the run is to stop. Not thread-safe.
class PostgresqlLink {
public:
  /// What a request to stop does while the server has something to answer.
  enum class AtStop {
    nothing, ///< the answer is waited for
    limits,  ///< the answer is waited for, but not for longer than a server may be silent
    cancels  ///< what runs is cancelled, again and again; the answer is waited for as with `limits`
  };

  PostgresqlLink(pg_conn* connection, Waiter& waiter) : connection_(connection), waiter_(waiter) {}

  /// Something else is sent: a silence begins anew, and this is what a request to stop does to it.
  void begin(AtStop at_stop);

  /// Does from now on as if a stop had been requested.
  void end() { ends_ = true; }

  /// Whether an answer is still to come; input() waits for more of it.
  bool is_busy() const;
  Task<void> input();

  /// Waits until nothing can cancel what is sent next.
  Task<void> settle();

  bool is_lost() const;

  /// Closes the connection without asking the server.
  void give_up(std::string why);

  /// Why it was closed; empty where it was not.
  const std::string& given_up() const { return given_up_; }

private:
  Task<void> wait_at_stop(Wait wait);

  pg_conn* connection_;
  Waiter& waiter_;
  AtStop at_stop_ = AtStop::limits;
  bool ends_ = false;
  std::optional<Wait::Clock::time_point> silent_since_; ///< known when the run is to stop
  std::optional<PostgresqlCancel> cancel_;
  Wait::Clock::time_point next_question_;
  std::string given_up_;
};

} // namespace retort
