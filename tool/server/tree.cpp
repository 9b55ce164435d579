#include "server/tree.hpp"

#include "server/descriptor.hpp"
#include "text/diagnostic.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>
#include <vector>

namespace retort {
namespace {

constexpr int open_folder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

[[noreturn]] void fail(Exit exit, std::string_view what, const std::filesystem::path& path) {
  throw Failure(exit, {Severity::error,
                       fmt::format("{}: {}", what, std::generic_category().message(errno)),
                       locate(path.string()),
                       {},
                       {}});
}

void hand_over(int descriptor, const Account& owner, const std::filesystem::path& path) {
  if (owner.is_other() && ::fchown(descriptor, owner.uid, owner.gid) != 0) {
    fail(Exit::database, "cannot give the file to the server's user", path);
  }
}

std::vector<std::string> names_in(int folder, const std::filesystem::path& path) {
  Descriptor copy(::openat(folder, ".", open_folder));
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(copy.number()), ::closedir);
  if (!listing) {
    fail(Exit::database, "cannot list the folder", path);
  }
  copy.release();
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
  return names;
}

/// Copies one tree, path by path relative to open folders, so that nobody can put a symbolic link into its way.
class Copy {
public:
  explicit Copy(const Account& owner) : owner_(owner), buffer_(1 << 18) {}

  void folder(int from, int to, const std::filesystem::path& path) {
    for (const std::string& name : names_in(from, path)) {
      entry(from, to, name, path / name);
    }
  }

private:
  void entry(int from, int to, const std::string& name, const std::filesystem::path& path) {
    const Descriptor source(::openat(from, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!source || ::fstat(source.number(), &status) != 0) {
      fail(Exit::database, "cannot copy", path);
    }
    if (S_ISDIR(status.st_mode)) {
      const bool made = ::mkdirat(to, name.c_str(), 0700) == 0;
      const Descriptor target(made ? ::openat(to, name.c_str(), open_folder) : -1);
      if (!target) {
        fail(Exit::database, "cannot copy the folder", path);
      }
      hand_over(target.number(), owner_, path);
      folder(source.number(), target.number(), path);
      return;
    }
    errno = EINVAL;
    const Descriptor target(S_ISREG(status.st_mode)
                                ? ::openat(to, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)
                                : -1);
    if (!target) {
      fail(Exit::database, "cannot copy the file", path);
    }
    content(source.number(), target.number(), path);
    hand_over(target.number(), owner_, path);
  }

  void content(int from, int to, const std::filesystem::path& path) {
    for (;;) {
      const ssize_t got = ::read(from, buffer_.data(), buffer_.size());
      if (got == 0) {
        return;
      }
      for (ssize_t done = 0; done < got;) {
        const ssize_t written = ::write(to, buffer_.data() + done, static_cast<std::size_t>(got - done));
        if (written < 0) {
          fail(Exit::database, "cannot copy the file", path);
        }
        done += written;
      }
      if (got < 0) {
        fail(Exit::database, "cannot copy the file", path);
      }
    }
  }

  const Account& owner_;
  std::vector<char> buffer_;
};

} // namespace

void create_private_folder(const std::filesystem::path& path, const Account& owner) {
  const bool made = ::mkdir(path.c_str(), 0700) == 0;
  const Descriptor folder(made ? ::open(path.c_str(), open_folder) : -1);
  if (!folder) {
    fail(Exit::database, "cannot create the folder", path);
  }
  hand_over(folder.number(), owner, path);
}

void claim_private_folder(const std::filesystem::path& path, const Account& owner) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    fail(Exit::usage, "cannot create the socket directory", path);
  }
  const Descriptor folder(::open(path.c_str(), open_folder));
  struct stat status {};
  if (!folder || ::fstat(folder.number(), &status) != 0) {
    fail(Exit::usage, "cannot use the socket directory", path);
  }
  const bool is_ours = (status.st_uid == owner.uid || status.st_uid == ::geteuid()) && (status.st_mode & 0077) == 0;
  if (!is_ours || !names_in(folder.number(), path).empty()) {
    throw Failure(Exit::usage, {Severity::error,
                                is_ours ? "the socket directory is not empty"
                                        : "the socket directory belongs to another user, or is open to others",
                                locate(path.string()),
                                {},
                                "name a socket directory that does not exist yet"});
  }
  hand_over(folder.number(), owner, path);
}

void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to, const Account& owner) {
  const Descriptor source(::open(from.c_str(), open_folder));
  const Descriptor target(::open(to.c_str(), open_folder));
  if (!source || !target) {
    fail(Exit::database, "cannot copy the folder", from);
  }
  Copy(owner).folder(source.number(), target.number(), from);
}

} // namespace retort
