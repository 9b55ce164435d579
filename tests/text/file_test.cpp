#include "support/folder.hpp"
#include "support/rendered.hpp"
#include "text/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <vector>

namespace retort {
namespace {

namespace fs = std::filesystem;

class File : public testing::Test {
protected:
  /// What the action throws, without the folder's name.
  template <typename Action>
  std::string refused(Action action) const {
    return folder_.without_path(refusal(action));
  }

  std::string read_refused(std::string_view name) const {
    return refused([&] { read_file(folder_ / name); });
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_.path())) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  Folder folder_;
};

TEST_F(File, ReadsEveryByte) {
  const std::string content("\xEF\xBB\xBF"
                            "a\r\nb\0c\xFF",
                            9);
  folder_.write("a.sql", content);
  EXPECT_EQ(read_file(folder_ / "a.sql"), content);
  folder_.write("empty.sql", "");
  EXPECT_EQ(read_file(folder_ / "empty.sql"), "");
}

TEST_F(File, ReadsFilesThatDoNotKnowTheirSize) { EXPECT_FALSE(read_file("/proc/self/status").empty()); }

TEST_F(File, F38_WhatCannotBeReadIsAnError) {
  EXPECT_EQ(read_refused("none.sql"), "1\nnone.sql: error: cannot read the file: No such file or directory\n");
  EXPECT_EQ(read_refused(""), "1\n: error: cannot read the file: Is a directory\n");
  fs::create_symlink("loop.sql", folder_ / "loop.sql");
  EXPECT_EQ(read_refused("loop.sql"), "1\nloop.sql: error: cannot read the file: Too many levels of symbolic links\n");
  folder_.write("a.sql", "a");
  EXPECT_EQ(read_refused("a.sql/b.sql"), "1\na.sql/b.sql: error: cannot read the file: Not a directory\n");
}

TEST_F(File, ANamedPipeDoesNotHangTheRun) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe.sql").c_str(), 0600), 0);
  EXPECT_EQ(read_refused("pipe.sql"), "1\npipe.sql: error: cannot read the file: Invalid argument\n");
}

TEST_F(File, WritesAndReplaces) {
  write_file(folder_ / "a b é$.sql", "one");
  EXPECT_EQ(read_file(folder_ / "a b é$.sql"), "one");
  write_file(folder_ / "a b é$.sql", "");
  EXPECT_EQ(read_file(folder_ / "a b é$.sql"), "");
  EXPECT_EQ(names(), (std::vector<std::string>{"a b é$.sql"}));
}

TEST_F(File, WritesWithThePermissionsThatTheUserAsksFor) {
  const mode_t before = ::umask(027);
  write_file(folder_ / "a.sql", "");
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat((folder_ / "a.sql").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST_F(File, S10_ReplacesALinkAndNotWhatItLeadsTo) {
  folder_.write("victim", "kept");
  fs::create_symlink("victim", folder_ / "a.sql");
  write_file(folder_ / "a.sql", "new");
  EXPECT_EQ(read_file(folder_ / "victim"), "kept");
  EXPECT_FALSE(fs::is_symlink(folder_ / "a.sql"));
}

TEST_F(File, F39_AFailedWriteLeavesNothing) {
  fs::create_directory(folder_ / "a.sql");
  EXPECT_EQ(refused([&] { write_file(folder_ / "a.sql", "x"); }),
            "2\na.sql: error: cannot write the file: Is a directory\n");
  EXPECT_EQ(refused([&] { write_file(folder_ / "none/a.sql", "x"); }),
            "2\nnone/a.sql: error: cannot write the file: No such file or directory\n");
  EXPECT_EQ(names(), (std::vector<std::string>{"a.sql"}));
}

TEST_F(File, CreatesWhatDoesNotExist) {
  create_file(folder_ / "a.sql", "one");
  EXPECT_EQ(read_file(folder_ / "a.sql"), "one");
  EXPECT_EQ(refused([&] { create_file(folder_ / "a.sql", "two"); }),
            "2\na.sql: error: cannot create the file: File exists\n");
  EXPECT_EQ(read_file(folder_ / "a.sql"), "one");
}

TEST_F(File, S10_CreatesNothingThroughALink) {
  fs::create_symlink("victim", folder_ / "a.sql");
  EXPECT_EQ(refused([&] { create_file(folder_ / "a.sql", "x"); }),
            "2\na.sql: error: cannot create the file: File exists\n");
  EXPECT_FALSE(fs::exists(folder_ / "victim"));
}

} // namespace
} // namespace retort
