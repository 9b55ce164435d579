#include "session/postgresql_link.hpp"

#include <libpq-fe.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace retort {
namespace {

using Clock = Wait::Clock;

constexpr std::chrono::milliseconds between_questions{500};
constexpr std::chrono::seconds longest_silence{10};
constexpr const char* silent = "the server did not answer for 10 s when it was to stop; the connection was closed";

} // namespace

void PostgresqlLink::begin(AtStop at_stop) {
  at_stop_ = at_stop;
  ends_ = false;
  silent_since_.reset();
  next_question_ = {};
}

bool PostgresqlLink::is_lost() const { return PQstatus(connection_) == CONNECTION_BAD; }

bool PostgresqlLink::is_busy() const { return PQisBusy(connection_) == 1 && !is_lost(); }

void PostgresqlLink::give_up(std::string why) {
  given_up_ = std::move(why);
  ::shutdown(PQsocket(connection_), SHUT_RDWR);
  while (!is_lost() && PQconsumeInput(connection_) == 1) {
  }
}

/// Meanwhile hands over what is still to be sent.
Task<void> PostgresqlLink::input() {
  const int unsent = PQflush(connection_);
  Wait wait{PQsocket(connection_), unsent == 1 ? Wait::For::both : Wait::For::reading};
  const bool stops = ends_ || waiter_.stop().stop_requested();
  if (stops && at_stop_ != AtStop::nothing) {
    co_await wait_at_stop(wait);
  } else {
    wait.at_stop = at_stop_ == AtStop::nothing ? Wait::AtStop::goes_on : Wait::AtStop::ends;
    co_await waiter_(wait);
  }
  PQconsumeInput(connection_);
}

/// A question that arrives while the server still reads the statement does nothing, so that it is repeated.
Task<void> PostgresqlLink::wait_at_stop(Wait wait) {
  const Clock::time_point now = Clock::now();
  if (!silent_since_) {
    silent_since_ = now;
  }
  wait.until = *silent_since_ + longest_silence;
  if (now >= wait.until) {
    give_up(silent);
    co_return;
  }
  if (at_stop_ == AtStop::cancels) {
    if (now >= next_question_) {
      if (!cancel_) {
        cancel_.emplace(connection_);
      }
      cancel_->ask();
      next_question_ = now + between_questions;
    }
    wait.until = std::min(wait.until, next_question_);
  }
  wait.at_stop = Wait::AtStop::goes_on;
  co_await waiter_(wait);
  if (is_ready(wait)) {
    silent_since_.reset();
  }
}

Task<void> PostgresqlLink::settle() {
  const Clock::time_point end = Clock::now() + longest_silence;
  while (cancel_ && cancel_->asks() && !is_lost()) {
    if (Clock::now() >= end) {
      give_up(silent);
    } else {
      co_await waiter_({cancel_->file(), Wait::For::reading, end, Wait::AtStop::goes_on});
    }
  }
  cancel_.reset();
}

} // namespace retort
