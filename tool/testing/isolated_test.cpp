#include "testing/isolated_test.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace retort {
namespace {

constexpr int cannot_run = 127;

[[noreturn]] void execute(const IsolatedTest& test) {
  ::setenv(test.variable.c_str(), test.url.c_str(), 1);
  ::setenv((test.variable + "_TEMPLATE").c_str(), test.template_url.c_str(), 1);
  std::vector<char*> arguments;
  for (const std::string& argument : test.command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  ::execvp(arguments.front(), arguments.data());
  fmt::print(stderr, "retort: cannot run {}: {}\n", test.command.front(), std::generic_category().message(errno));
  ::_exit(cannot_run);
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// Ends as the test has ended, for ctest to report it. The test has left its core dump, if any.
void die_of(int signal) {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

} // namespace

int run_isolated(TestDatabases& databases, const IsolatedTest& test) {
  databases.drop_suffixed(test.url);
  databases.clone(test.template_url, test.url);
  // Beforehand: what ends a test at its time-out ends this process, too.
  databases.keep(test.url, "a test did not end");
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child < 0) {
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("cannot create a process: {}", std::generic_category().message(errno)),
                                   {},
                                   {},
                                   {}});
  }
  if (child == 0) {
    execute(test);
  }
  const int status = wait_for(child);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    databases.drop(test.url);
    return 0;
  }
  fmt::print(stderr, "retort: the test's database is kept: {}{}{}\n", test.afterwards,
             test.afterwards.empty() ? "" : " && ", client_command(test.url));
  std::fflush(stderr);
  if (WIFSIGNALED(status)) {
    die_of(WTERMSIG(status));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

} // namespace retort
