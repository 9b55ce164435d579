#include "testing/client.hpp"

#include "session/url.hpp"
#include "testing/forked_process.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>
#if RETORT_POSTGRESQL
#include <libpq-fe.h>
#endif
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>
#include <system_error>

namespace retort {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

File write_temporary(const std::string& text) {
  File file(std::tmpfile());
  if (!file || std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() || std::fflush(file.get()) != 0) {
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("cannot write a script: {}", std::generic_category().message(errno)),
                                   {},
                                   {},
                                   "check the space on the disk"});
  }
  std::rewind(file.get());
  return file;
}

/// In the environment, where a password is not seen by others (S5).
void set_libpq_environment(const std::string& target) {
#if RETORT_POSTGRESQL
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(PQconninfoParse(target.c_str(), nullptr),
                                                                               PQconninfoFree);
  for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
    if (option->val != nullptr && option->envvar != nullptr) {
      ::setenv(option->envvar, option->val, 1);
    }
  }
#else
  static_cast<void>(target);
#endif
}

[[noreturn]] void execute(const Url& url, const File& script) {
  ::dup2(::fileno(script.get()), STDIN_FILENO);
  if (url.dialect == Dialect::sqlite) {
    ::execlp("sqlite3", "sqlite3", "-batch", "-init", "/dev/null", url.target.c_str(), nullptr);
  } else {
    set_libpq_environment(url.target);
    ::execlp("psql", "psql", "-X", "-q", "-f", "-", nullptr);
  }
  constexpr int cannot_run = 127;
  ::_exit(cannot_run);
}

} // namespace

std::string_view client_name(Dialect dialect) { return dialect == Dialect::sqlite ? "sqlite3" : "psql"; }

bool has_client(Dialect dialect) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((std::filesystem::path(folder) / client_name(dialect)).c_str(), X_OK) == 0) {
      return true;
    }
  }
  return false;
}

ClientResult run_client(const std::string& url, const std::string& script) {
  const Url parsed = parse_url(url);
  const File file = write_temporary(script);
  ForkedProcess process([&]() -> std::string { execute(parsed, file); }, ForkedProcess::Output::all);
  const ForkedProcess::Outcome outcome = process.wait();
  constexpr int signalled = 128;
  return {outcome.signal != 0 ? signalled + outcome.signal : outcome.status, outcome.output};
}

std::vector<std::string> last_lines(const std::string& output) {
  constexpr std::size_t most = 10;
  std::vector<std::string> lines;
  std::istringstream stream(output);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(std::min(lines.size(), most)));
  return lines;
}

} // namespace retort
