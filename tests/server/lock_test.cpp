#include "server/lock.hpp"
#include "support/folder.hpp"
#include "support/rendered.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace retort {
namespace {

TEST(FileLock, IsExclusive) {
  const Folder folder;
  std::optional<FileLock> lock = FileLock::try_lock(folder / "lock");
  ASSERT_TRUE(lock);
  EXPECT_FALSE(FileLock::try_lock(folder / "lock"));
  EXPECT_FALSE(FileLock::wait_lock(folder / "lock", std::chrono::milliseconds(30)));
  lock.reset();
  EXPECT_TRUE(FileLock::try_lock(folder / "lock"));
}

TEST(FileLock, IsSharedWithAForkedChildAndReleasedWhenItIsKilled) {
  const Folder folder;
  std::optional<FileLock> lock = FileLock::try_lock(folder / "lock");
  const pid_t child = ::fork();
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  lock.reset();
  EXPECT_FALSE(FileLock::try_lock(folder / "lock"));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(FileLock::try_lock(folder / "lock"));
}

TEST(FileLock, NamesItsOwner) {
  const Folder folder;
  const std::optional<FileLock> lock = FileLock::try_lock(folder / "lock");
  EXPECT_EQ(read_owner(folder / "lock"), 0);
  lock->write_owner(12345);
  EXPECT_EQ(read_owner(folder / "lock"), 12345);
  lock->write_owner(0);
  EXPECT_EQ(read_owner(folder / "lock"), 0);
  EXPECT_EQ(read_owner(folder / "none"), 0);
}

TEST(FileLock, S10_FollowsNoSymbolicLink) {
  const Folder folder;
  std::filesystem::create_symlink(folder / "target", folder / "lock");
  EXPECT_EQ(refusal([&] { FileLock::try_lock(folder / "lock"); }),
            fmt::format("2\n{}/lock: error: cannot open the lock file: Too many levels of symbolic links\n",
                        folder.path().string()));
  EXPECT_FALSE(std::filesystem::exists(folder / "target"));
}

} // namespace
} // namespace retort
