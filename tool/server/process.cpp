#include "server/process.hpp"

#include "text/diagnostic.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <system_error>
#include <thread>

namespace retort {
namespace {

/// The environment of the calling process without what would change how PostgreSQL's programs behave.
std::vector<std::string> server_environment() {
  std::vector<std::string> kept;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view variable = *entry;
    const auto begins = [&](std::string_view prefix) { return variable.substr(0, prefix.size()) == prefix; };
    if (!begins("PG") && !begins("LC_") && !begins("LANG=") && !begins("LANGUAGE=") && !begins("TZ=")) {
      kept.emplace_back(variable);
    }
  }
  kept.emplace_back("LC_ALL=C");
  kept.emplace_back("TZ=UTC");
  return kept;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    result.push_back(text.data());
  }
  result.push_back(nullptr);
  return result;
}

[[noreturn]] void execute(const Executable& program, pid_t parent, char** arguments, char** environment) {
  sigset_t none;
  ::sigemptyset(&none);
  for (int number = 1; number < 32; ++number) {
    ::signal(number, SIG_DFL);
  }
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const char* problem = "cannot open /dev/null";
  const int input = ::open("/dev/null", O_RDWR);
  if (input >= 0) {
    ::dup2(input, STDIN_FILENO);
    ::dup2(program.output >= 0 ? program.output : input, STDOUT_FILENO);
    ::dup2(STDOUT_FILENO, STDERR_FILENO);
    close_inherited({});
    ::umask(077);
    problem = "cannot become the server's user";
    if (become(program.account)) {
      // Only now: a change of the user clears it.
      ::prctl(PR_SET_PDEATHSIG, program.death_signal);
      if (program.death_signal != 0 && ::getppid() != parent) {
        ::_exit(127);
      }
      problem = "cannot execute";
      ::execvpe(program.executable.c_str(), arguments, environment);
    }
  }
  ::dprintf(STDERR_FILENO, "%s: %s: %s\n", program.executable.c_str(), problem, std::strerror(errno));
  ::_exit(127);
}

} // namespace

std::optional<ProcessId> identify(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  const std::string stat{std::istreambuf_iterator<char>(file), {}};
  // The name in parentheses may hold anything, so that the fields are counted from behind it.
  const std::size_t name_end = stat.rfind(')');
  if (pid <= 0 || name_end == std::string::npos) {
    return {};
  }
  std::istringstream fields(stat.substr(name_end + 1));
  std::vector<std::string> words{std::istream_iterator<std::string>(fields), {}};
  constexpr std::size_t state = 0;
  constexpr std::size_t start_time = 19;
  if (words.size() <= start_time || words[state] == "Z" || words[state] == "X") {
    return {};
  }
  ProcessId process{pid, 0};
  std::from_chars(words[start_time].data(), words[start_time].data() + words[start_time].size(), process.started);
  return process;
}

bool is_alive(const ProcessId& process) { return identify(process.pid) == process; }

Descriptor open_process(const ProcessId& process) {
  Descriptor descriptor(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
  return is_alive(process) ? std::move(descriptor) : Descriptor();
}

pid_t spawn(const Executable& program) {
  std::vector<std::string> arguments{program.executable.string()};
  arguments.insert(arguments.end(), program.arguments.begin(), program.arguments.end());
  std::vector<std::string> environment = server_environment();
  const std::vector<char*> argument_pointers = pointers(arguments);
  const std::vector<char*> environment_pointers = pointers(environment);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    execute(program, parent, const_cast<char**>(argument_pointers.data()),
            const_cast<char**>(environment_pointers.data()));
  }
  if (child < 0) {
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("cannot start {}: {}", program.executable.string(),
                                               std::generic_category().message(errno)),
                                   {},
                                   {},
                                   {}});
  }
  return child;
}

std::optional<int> wait_for(pid_t pid, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    int status = 0;
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == pid) {
      return status;
    }
    if ((ended < 0 && errno != EINTR) || std::chrono::steady_clock::now() >= deadline) {
      return {};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

std::string describe_status(int status) {
  return WIFSIGNALED(status) ? fmt::format("was ended by signal {}", WTERMSIG(status))
                             : fmt::format("ended with status {}", WEXITSTATUS(status));
}

std::optional<std::string> output_of(const std::filesystem::path& executable, std::vector<std::string> arguments) {
  const Descriptor output(::memfd_create("output", MFD_CLOEXEC));
  const pid_t child = spawn({executable, std::move(arguments), {}, output.number(), SIGKILL});
  const std::optional<int> status = wait_for(child, std::chrono::seconds(10));
  if (!status) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  if (!status || *status != 0) {
    return {};
  }
  std::string text(4096, '\0');
  const ssize_t size = ::pread(output.number(), text.data(), text.size(), 0);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  return text;
}

void close_inherited(const std::vector<int>& kept) {
  std::vector<int> open;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    open.push_back(std::stoi(entry.path().filename().string()));
  }
  for (const int number : open) {
    if (number > STDERR_FILENO && std::find(kept.begin(), kept.end(), number) == kept.end()) {
      ::close(number);
    }
  }
}

} // namespace retort
