#include "server/tree.hpp"
#include "support/folder.hpp"
#include "support/rendered.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace retort {
namespace {

unsigned mode(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

TEST(CopyTree, CopiesForOneUserAlone) {
  const Folder folder;
  std::filesystem::create_directories(folder / "from/a/b");
  const std::string large(1'000'003, 'x');
  write_file(folder / "from/a/b/file", large);
  write_file(folder / "from/empty", "");
  create_private_folder(folder / "to", Account());
  copy_tree(folder / "from", folder / "to", Account());
  EXPECT_EQ(read_file(folder / "to/a/b/file"), large);
  EXPECT_EQ(read_file(folder / "to/empty"), "");
  EXPECT_EQ(mode(folder / "to"), 0700U);
  EXPECT_EQ(mode(folder / "to/a/b"), 0700U);
  EXPECT_EQ(mode(folder / "to/a/b/file"), 0600U);
}

TEST(CopyTree, S10_FollowsNoSymbolicLink) {
  const Folder folder;
  std::filesystem::create_directories(folder / "from");
  std::filesystem::create_symlink("/etc/passwd", folder / "from/link");
  create_private_folder(folder / "to", Account());
  EXPECT_EQ(
      refusal([&] { copy_tree(folder / "from", folder / "to", Account()); }),
      fmt::format("3\n{}/from/link: error: cannot copy: Too many levels of symbolic links\n", folder.path().string()));
}

TEST(CopyTree, CopiesFilesAndFoldersAlone) {
  const Folder folder;
  std::filesystem::create_directories(folder / "from");
  ASSERT_EQ(::mkfifo((folder / "from/pipe").c_str(), 0600), 0);
  create_private_folder(folder / "to", Account());
  EXPECT_EQ(refusal([&] { copy_tree(folder / "from", folder / "to", Account()); }),
            fmt::format("3\n{}/from/pipe: error: cannot copy the file: Invalid argument\n", folder.path().string()));
}

TEST(CopyTree, GivesTheCopyToTheServersUser) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root runs a server as another user";
  }
  const Folder folder;
  std::filesystem::create_directories(folder / "from/a");
  write_file(folder / "from/a/file", "");
  create_private_folder(folder / "to", server_account());
  copy_tree(folder / "from", folder / "to", server_account());
  for (const char* name : {"to", "to/a", "to/a/file"}) {
    struct stat status {};
    ASSERT_EQ(::stat((folder / name).c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, server_account().uid) << name;
  }
}

TEST(PrivateFolder, MustBeNew) {
  const Folder folder;
  EXPECT_EQ(refusal([&] { create_private_folder(folder.path(), Account()); }),
            fmt::format("3\n{}: error: cannot create the folder: File exists\n", folder.path().string()));
}

TEST(PrivateFolder, AnEmptyPrivateOneIsTakenOver) {
  const Folder folder;
  create_private_folder(folder / "s", Account());
  claim_private_folder(folder / "s", server_account());
  claim_private_folder(folder / "s", server_account());
  EXPECT_EQ(mode(folder / "s"), 0700U);
}

TEST(PrivateFolder, S10_ASymbolicLinkIsRefused) {
  const Folder folder;
  create_private_folder(folder / "s", Account());
  std::filesystem::create_directory_symlink(folder / "s", folder / "link");
  EXPECT_EQ(
      refusal([&] { claim_private_folder(folder / "link", Account()); }),
      fmt::format("2\n{}/link: error: cannot use the socket directory: Not a directory\n", folder.path().string()));
}

} // namespace
} // namespace retort
