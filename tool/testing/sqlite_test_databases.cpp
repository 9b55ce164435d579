#include "testing/sqlite_test_databases.hpp"

#include "session/url.hpp"
#include "text/diagnostic.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace retort {
namespace {

namespace fs = std::filesystem;

/// What SQLite puts beside a file (https://sqlite.org/tempfiles.html).
constexpr std::string_view companions[] = {"", "-journal", "-wal", "-shm"};

fs::path file_of(const std::string& url) { return parse_url(url).target; }

fs::path key_file(const std::string& url) { return file_of(url) += ".key"; }

[[noreturn]] void fail(std::string_view doing, const fs::path& file, std::error_code error) {
  throw Failure(Exit::database, {Severity::error,
                                 fmt::format("cannot {} the test database: {}", doing, error.message()),
                                 locate(file.string()),
                                 {},
                                 "check the folder's rights and the space on the disk"});
}

std::error_code last_error() { return {errno, std::generic_category()}; }

class File {
public:
  File(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) {
      fail("open", path, last_error());
    }
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int descriptor() const { return descriptor_; }

private:
  int descriptor_;
};

/// Shares the data where the file system can, and copies them otherwise.
void copy_data(const fs::path& from, const fs::path& to) {
  const File source(from, O_RDONLY);
  const File target(to, O_WRONLY | O_CREAT | O_TRUNC);
  if (::ioctl(target.descriptor(), FICLONE, source.descriptor()) == 0) {
    return;
  }
  for (;;) {
    const ssize_t copied =
        ::copy_file_range(source.descriptor(), nullptr, target.descriptor(), nullptr, std::size_t{1} << 30, 0);
    if (copied == 0) {
      return;
    }
    if (copied < 0) {
      break;
    }
  }
  std::error_code error;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  if (error) {
    fail("copy", from, error);
  }
}

} // namespace

std::optional<std::string> SqliteTestDatabases::key_of(const std::string& url) {
  std::ifstream file(key_file(url));
  std::string key;
  if (!std::getline(file, key) || !fs::exists(file_of(url))) {
    return {};
  }
  return key;
}

void SqliteTestDatabases::begin_template(const std::string& url) {
  std::error_code error;
  fs::remove(key_file(url), error);
  drop(url);
  const fs::path file = file_of(url);
  if (file.has_parent_path()) {
    fs::create_directories(file.parent_path(), error);
  }
  const File created(file, O_WRONLY | O_CREAT | O_TRUNC);
}

void SqliteTestDatabases::finish_template(const std::string& url, std::string_view key) {
  const fs::path path = key_file(url);
  std::ofstream file(path);
  file << key << '\n';
  if (!file.flush()) {
    fail("mark", path, last_error());
  }
}

void SqliteTestDatabases::clone(const std::string& template_url, const std::string& url) {
  drop(url);
  copy_data(file_of(template_url), file_of(url));
}

void SqliteTestDatabases::drop(const std::string& url) {
  for (const std::string_view companion : companions) {
    fs::path file = file_of(url);
    file += companion;
    std::error_code error;
    fs::remove(file, error);
    if (error) {
      fail("remove", file, error);
    }
  }
}

void SqliteTestDatabases::drop_suffixed(const std::string& url) {
  const fs::path file = file_of(url);
  const std::string name = file.filename().string();
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(file.has_parent_path() ? file.parent_path() : ".", error)) {
    const std::string other = entry.path().filename().string();
    if (other.size() > name.size() && other.starts_with(name) && entry.is_regular_file(error)) {
      fs::remove(entry.path(), error);
    }
  }
}

/// It is a file, and stays.
void SqliteTestDatabases::keep(const std::string& /*url*/, std::string_view /*reason*/) {}

} // namespace retort
