#include "server/lock.hpp"

#include "text/diagnostic.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <thread>

namespace retort {

std::optional<FileLock> FileLock::try_lock(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) {
    throw Failure(Exit::usage, {Severity::error,
                                fmt::format("cannot open the lock file: {}", std::generic_category().message(errno)),
                                locate(path.string()),
                                {},
                                {}});
  }
  if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    return {};
  }
  return FileLock(std::move(file));
}

std::optional<FileLock> FileLock::wait_lock(const std::filesystem::path& path, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    std::optional<FileLock> lock = try_lock(path);
    if (lock || std::chrono::steady_clock::now() >= deadline) {
      return lock;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void FileLock::write_owner(pid_t owner) const {
  const std::string text = owner > 0 ? fmt::format("{}\n", owner) : "";
  if (::ftruncate(file_.number(), 0) != 0 ||
      ::pwrite(file_.number(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    throw Failure(Exit::database, {Severity::error, "cannot write the lock file", {}, {}, {}});
  }
}

pid_t read_owner(const std::filesystem::path& path) {
  std::ifstream file(path);
  pid_t owner = 0;
  return file >> owner ? owner : 0;
}

} // namespace retort
