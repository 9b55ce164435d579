#include "session/blocking.hpp"

#include "text/diagnostic.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>

namespace retort {
namespace {

/// In milliseconds, rounded up, as poll wants it; -1 without end.
int time_left(const Wait& wait) {
  if (wait.until == Wait::Clock::time_point::max()) {
    return -1;
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(wait.until - Wait::Clock::now()).count();
  return static_cast<int>(std::clamp<decltype(left)>(left, 0, std::numeric_limits<int>::max()));
}

} // namespace

/// Can be read from as soon as a stop is requested.
class Blocker::StopSignal {
public:
  explicit StopSignal(const std::stop_token& stop) {
    if (::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
      throw Failure(Exit::database,
                    {Severity::error, fmt::format("cannot wait for a stop: {}", std::strerror(errno)), {}, {}, {}});
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

Blocker::Blocker(const std::stop_token& stop) {
  if (stop.stop_possible()) {
    signal_ = std::make_unique<StopSignal>(stop);
  }
}

Blocker::~Blocker() = default;

void Blocker::wait(const Wait& wait) const {
  const int stop_file = signal_ && wait.at_stop == Wait::AtStop::ends ? signal_->file() : -1;
  std::array<pollfd, 2> files = {{{wait.socket, poll_events(wait.readiness), 0}, {stop_file, POLLIN, 0}}};
  while (::poll(files.data(), files.size(), time_left(wait)) < 0 && errno == EINTR) {
  }
}

} // namespace retort
