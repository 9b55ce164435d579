#include "session/waiter.hpp"

#include <poll.h>

namespace retort {

short poll_events(Wait::For readiness) {
  switch (readiness) {
  case Wait::For::reading: return POLLIN;
  case Wait::For::writing: return POLLOUT;
  default: return POLLIN | POLLOUT;
  }
}

bool is_ready(const Wait& wait) {
  pollfd file{wait.socket, poll_events(wait.readiness), 0};
  return ::poll(&file, 1, 0) > 0;
}

} // namespace retort
