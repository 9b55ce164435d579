#include "session/blocking.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <optional>
#include <system_error>

namespace retort {
namespace {

/// Can be read from as soon as a stop is requested.
class StopSignal {
public:
  explicit StopSignal(const std::stop_token& stop) {
    if (::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
      throw std::system_error(errno, std::generic_category(), "pipe");
    }
    callback_.emplace(stop, Write{ends_[1]});
  }
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;
  ~StopSignal() {
    callback_.reset();
    ::close(ends_[0]);
    ::close(ends_[1]);
  }

  int file() const { return ends_[0]; }

private:
  struct Write {
    int file;
    void operator()() const { [[maybe_unused]] const ssize_t written = ::write(file, "", 1); }
  };

  std::array<int, 2> ends_{};
  std::optional<std::stop_callback<Write>> callback_;
};

short events(Wait::For readiness) {
  switch (readiness) {
  case Wait::For::reading: return POLLIN;
  case Wait::For::writing: return POLLOUT;
  default: return POLLIN | POLLOUT;
  }
}

/// In milliseconds, rounded up, as poll wants it; -1 without end.
int time_left(const Wait& wait) {
  if (wait.until == Wait::Clock::time_point::max()) {
    return -1;
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(wait.until - Wait::Clock::now()).count();
  return static_cast<int>(std::clamp<decltype(left)>(left, 0, std::numeric_limits<int>::max()));
}

/// False when a signal handler interrupted it.
bool poll(const Wait& wait, int stop_file, bool& stopped) {
  std::array<pollfd, 2> files = {{{wait.socket, events(wait.readiness), 0}, {stop_file, POLLIN, 0}}};
  const bool ended = ::poll(files.data(), files.size(), time_left(wait)) >= 0 || errno != EINTR;
  stopped = ended && files[1].revents != 0;
  return ended;
}

} // namespace

void block(Waiter& waiter) {
  const Wait& wait = waiter.wait();
  std::optional<StopSignal> signal;
  if (waiter.stop().stop_possible()) {
    signal.emplace(waiter.stop());
  }
  bool stopped = false;
  while (!poll(wait, signal ? signal->file() : -1, stopped)) {
  }
  if (!stopped || wait.socket < 0) {
    return;
  }
  if (waiter.cancel) {
    std::exchange(waiter.cancel, {})();
  }
  while (!poll(wait, -1, stopped)) {
  }
}

} // namespace retort
