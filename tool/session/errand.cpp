#include "session/errand.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <exception>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace retort {

class Errand::State {
public:
  State() : file_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (file_ < 0) {
      throw std::system_error(errno, std::generic_category(), "eventfd");
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ::close(file_); }

  int file() const { return file_; }
  bool is_done() const { return done_; }

  void end() {
    done_ = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(file_, &one, sizeof one);
  }

private:
  int file_;
  std::atomic<bool> done_ = false;
};

Errand::Errand(std::function<void()> action) : state_(std::make_shared<State>()) {
  std::thread([state = state_, action = std::move(action)] {
    // They are for the program's own threads. And libpq's cancelling could raise a SIGPIPE.
    sigset_t signals;
    ::sigfillset(&signals);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    action();
    state->end();
  }).detach();
}

bool Errand::is_done() const { return state_->is_done(); }

int Errand::file() const { return state_->file(); }

Task<void> run_elsewhere(const std::function<void()>& action, Waiter& waiter) {
  std::exception_ptr thrown;
  std::optional<Errand> errand;
  try {
    errand.emplace([&] {
      try {
        action();
      } catch (...) {
        thrown = std::current_exception();
      }
    });
  } catch (const std::system_error& error) {
    throw Failure(Exit::database, {Severity::error, fmt::format("cannot begin: {}", error.what()), {}, {}, {}});
  }
  while (!errand->is_done()) {
    co_await waiter({errand->file(), Wait::For::reading, Wait::Clock::time_point::max(), Wait::AtStop::goes_on});
  }
  if (thrown) {
    std::rethrow_exception(thrown);
  }
}

} // namespace retort
