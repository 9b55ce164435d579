#include "server/cluster.hpp"
#include "support/folder.hpp"
#include "support/rendered.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace retort {
namespace {

TEST(ServerUri, EncodesItsParts) {
  EXPECT_EQ(server_uri("/tmp/a b%&ö", {1, 1, "me@home"}),
            "postgresql://postgres@/postgres?host=%2Ftmp%2Fa%20b%25%26%C3%B6&port=5432&requirepeer=me%40home");
  EXPECT_EQ(server_uri("/tmp/a-b_c.d~e", {1, 1, ""}),
            "postgresql://postgres@/postgres?host=%2Ftmp%2Fa-b_c.d~e&port=5432");
}

TEST(SocketDirectory, F43_AllowsExactly107Bytes) {
  EXPECT_EQ(refusal([] { check_socket_directory("/" + std::string(92, 'x')); }), "");
  EXPECT_NE(refusal([] { check_socket_directory("/" + std::string(94, 'x')); }), "");
}

TEST(DataFolder, LiesOnTheDiskWithoutAMemoryFileSystem) {
  const Folder folder;
  const ServerFolder state(folder.path());
  EXPECT_EQ(choose_data_folder(state, "/nonexistent", "/s", server_account()), state.data());
  EXPECT_EQ(choose_data_folder(state, "/proc", "/s", server_account()), state.data());
  EXPECT_EQ(choose_data_folder(state, "", "/s", server_account()), state.data());
}

TEST(DataFolder, LiesBesideTheSocketWhereTheServersUserMayNotEnter) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root runs a server as another user";
  }
  const Folder folder;
  ::chmod(folder.path().c_str(), 0700);
  EXPECT_EQ(choose_data_folder(ServerFolder(folder.path()), "", "/s", server_account()), "/s/data");
}

TEST(Readiness, IsTheStatusLineOfThePidFile) {
  const Folder folder;
  EXPECT_FALSE(is_ready(folder.path()));
  std::ofstream(folder / "postmaster.pid") << "1\n/data\n1\n5432\n/s\n\n1 2\nstarting\n";
  EXPECT_FALSE(is_ready(folder.path()));
  std::ofstream(folder / "postmaster.pid") << "1\n/data\n1\n5432\n/s\n\n1 2\nready   \n";
  EXPECT_TRUE(is_ready(folder.path()));
}

TEST(Folders, WhatIsNoServersStays) {
  const Folder folder;
  std::filesystem::create_directories(folder / "s");
  std::ofstream(folder / "s/.s.PGSQL.5432") << "";
  std::ofstream(folder / "s/mine") << "";
  remove_folders(folder / "data", folder / "s");
  EXPECT_TRUE(std::filesystem::exists(folder / "s/mine"));
  EXPECT_FALSE(std::filesystem::exists(folder / "s/.s.PGSQL.5432"));
}

TEST(Names, AreUnpredictable) {
  EXPECT_EQ(unpredictable_name().size(), 23U);
  EXPECT_NE(unpredictable_name(), unpredictable_name());
}

} // namespace
} // namespace retort
