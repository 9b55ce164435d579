#include "text/file.hpp"

#include "text/diagnostic.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace retort {
namespace {

/// Owns a file descriptor.
class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  int close() {
    const int result = number_ >= 0 ? ::close(number_) : 0;
    number_ = -1;
    return result;
  }

private:
  int number_;
};

[[noreturn]] void fail(Exit exit, std::string_view what, const std::filesystem::path& path) {
  throw Failure(exit, {Severity::error,
                       fmt::format("{}: {}", what, std::generic_category().message(errno)),
                       locate(path.string()),
                       {},
                       {}});
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return false;
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

} // namespace

std::string read_file(const std::filesystem::path& path) {
  constexpr std::string_view what = "cannot read the file";
  // O_NONBLOCK: a named pipe must not hang the run; it is refused below.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
    fail(Exit::migrations, what, path);
  }
  if (!S_ISREG(status.st_mode)) {
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    fail(Exit::migrations, what, path);
  }
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t size = 0;
  for (;;) {
    if (size == content.size()) {
      content.resize(content.size() + (content.empty() ? 4096 : 1));
    }
    const ssize_t got = ::read(file.number(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      fail(Exit::migrations, what, path);
    }
    size += static_cast<std::size_t>(got);
    if (got == 0 || (size == static_cast<std::size_t>(status.st_size) && size > 0)) {
      break;
    }
  }
  content.resize(size);
  return content;
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  constexpr std::string_view what = "cannot write the file";
  std::string temporary = path.string() + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.number() < 0) {
    fail(Exit::usage, what, path);
  }
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (!write_all(file.number(), content) || ::fchmod(file.number(), 0666 & ~mask) != 0 || ::fsync(file.number()) != 0 ||
      file.close() != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    ::unlink(temporary.c_str());
    errno = reason;
    fail(Exit::usage, what, path);
  }
}

void create_file(const std::filesystem::path& path, std::string_view content) {
  constexpr std::string_view what = "cannot create the file";
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (file.number() < 0) {
    fail(Exit::usage, what, path);
  }
  if (!write_all(file.number(), content) || file.close() != 0) {
    const int reason = errno;
    ::unlink(path.c_str());
    errno = reason;
    fail(Exit::usage, what, path);
  }
}

} // namespace retort
