#include "faults/unprivileged.hpp"

#include "cli/retort_tool.hpp"

#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace retort {
namespace {

constexpr unsigned nobody = 65534;

bool drop_rights() {
  return ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setgid(nobody) == 0 && ::setuid(nobody) == 0);
}

[[noreturn]] void run_in_child(const std::filesystem::path& folder, const std::vector<std::string>& arguments, int out,
                               int err) {
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  if (::chdir(folder.c_str()) != 0 || ::clearenv() != 0 || !drop_rights()) {
    std::perror("cannot become another user");
    ::_exit(127);
  }
  const int status = run_tool(arguments);
  std::fflush(nullptr);
  ::_exit(status);
}

std::string contents(std::FILE* file) {
  std::rewind(file);
  std::string text;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
    text += static_cast<char>(c);
  }
  std::fclose(file);
  return text;
}

} // namespace

Output run_unprivileged(const std::filesystem::path& folder, const std::vector<std::string>& arguments) {
  std::FILE* const out = std::tmpfile();
  std::FILE* const err = std::tmpfile();
  if (out == nullptr || err == nullptr) {
    throw std::runtime_error("no temporary files");
  }
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    run_in_child(folder, arguments, ::fileno(out), ::fileno(err));
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) {
    throw std::runtime_error("no child process");
  }
  const int exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return {exit, contents(out), contents(err)};
}

} // namespace retort
