#include "testing/forked_process.hpp"

#include "text/diagnostic.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string_view>
#include <system_error>

namespace retort {
namespace {

void write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR) {
      return;
    }
    text.remove_prefix(static_cast<std::size_t>(written < 0 ? 0 : written));
  }
}

/// Nothing of the parent is destroyed: its connections are the parent's.
[[noreturn]] void run(const std::function<std::string()>& work, int output) {
  int status = 0;
  std::string result;
  try {
    result = work();
  } catch (const Failure& failure) {
    status = 1;
    for (const Diagnostic& diagnostic : failure.diagnostics()) {
      result += fmt::format("{}{}", result.empty() ? "" : "\n", diagnostic.message);
    }
  }
  write_all(output, result);
  ::_exit(status);
}

[[noreturn]] void fail() {
  throw Failure(Exit::database, {Severity::error,
                                 fmt::format("cannot create a process: {}", std::generic_category().message(errno)),
                                 {},
                                 {},
                                 {}});
}

} // namespace

ForkedProcess::ForkedProcess(const std::function<std::string()>& work, Output output) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    fail();
  }
  output_ = Descriptor(ends[0]);
  const Descriptor input(ends[1]);
  std::fflush(nullptr);
  pid_ = ::fork();
  if (pid_ < 0) {
    fail();
  }
  if (pid_ > 0) {
    return;
  }
  if (output == Output::all) {
    ::dup2(input.number(), STDOUT_FILENO);
    ::dup2(input.number(), STDERR_FILENO);
  }
  run(work, input.number());
}

ForkedProcess::~ForkedProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    wait();
  }
}

ForkedProcess::Outcome ForkedProcess::wait() {
  Outcome outcome;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t size = ::read(output_.number(), buffer.data(), buffer.size());
    if (size > 0) {
      outcome.output.append(buffer.data(), static_cast<std::size_t>(size));
    } else if (size == 0 || errno != EINTR) {
      break;
    }
  }
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  return outcome;
}

} // namespace retort
