#include "cli/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace retort {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

struct Pipe {
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
      throw std::runtime_error("no pipe");
    }
    reading = ends[0];
    writing = ends[1];
  }
  int reading;
  int writing;
};

} // namespace

std::string Output::text() const {
  std::string text = fmt::format("exit {}\n", status);
  text += out.empty() ? "" : "--- out\n" + out;
  text += err.empty() ? "" : "--- err\n" + err;
  return text;
}

Process::Process(const Invocation& invocation) {
  std::vector<std::string> arguments = invocation.arguments;
  arguments.insert(arguments.begin(), invocation.program.string());
  std::vector<std::string> environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"};
  for (const auto& [key, value] : invocation.environment) {
    environment.push_back(key + "=" + value);
  }
  std::vector<char*> argument_pointers = pointers(arguments);
  std::vector<char*> environment_pointers = pointers(environment);
  const Pipe out;
  const Pipe err;
  const std::string folder = invocation.folder.string();
  pid_ = ::fork();
  if (pid_ == 0) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    const int file =
        invocation.standard_output.empty() ? out.writing : ::open(invocation.standard_output.c_str(), O_WRONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(err.writing, STDERR_FILENO);
    if (::chdir(folder.c_str()) == 0) {
      ::execve(argument_pointers[0], argument_pointers.data(), environment_pointers.data());
    }
    ::_exit(127);
  }
  ::close(out.writing);
  ::close(err.writing);
  out_ = out.reading;
  err_ = err.reading;
}

Process::~Process() {
  if (!status_) {
    kill();
    wait();
  }
  ::close(out_);
  ::close(err_);
}

void Process::kill() const { ::kill(pid_, SIGKILL); }

bool Process::read_some(int timeout_ms) {
  pollfd files[] = {{out_, POLLIN, 0}, {err_, POLLIN, 0}};
  ::poll(files, 2, timeout_ms);
  bool open = false;
  for (std::string* const text : {&output_.out, &output_.err}) {
    const pollfd& file = files[text == &output_.out ? 0 : 1];
    char buffer[65536];
    const ssize_t size = file.revents != 0 ? ::read(file.fd, buffer, sizeof buffer) : -1;
    if (size > 0) {
      text->append(buffer, static_cast<std::size_t>(size));
    }
    open = open || file.revents == 0 || size > 0;
  }
  return open;
}

Output Process::wait() {
  const auto deadline = Clock::now() + std::chrono::minutes(1);
  while (read_some(200)) {
    if (Clock::now() > deadline) {
      kill();
      throw std::runtime_error("the program hangs; so far:\n" + output_.text());
    }
  }
  while (!status_) {
    int status = 0;
    if (::waitpid(pid_, &status, 0) == pid_) {
      status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    } else if (errno != EINTR) {
      throw std::runtime_error("cannot wait for the program");
    }
  }
  output_.status = *status_;
  return output_;
}

bool Process::ends_within(std::chrono::microseconds time) {
  const auto deadline = Clock::now() + time;
  for (;;) {
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
    if (info.si_pid == pid_) {
      return true;
    }
    const auto left = deadline - Clock::now();
    if (left <= Clock::duration::zero()) {
      return false;
    }
    std::this_thread::sleep_for(std::min<Clock::duration>(left, std::chrono::microseconds(500)));
  }
}

Output run_process(const Invocation& invocation) { return Process(invocation).wait(); }

} // namespace retort
