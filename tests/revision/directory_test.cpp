#include "revision/directory.hpp"
#include "support/folder.hpp"
#include "support/rendered.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

namespace fs = std::filesystem;

class Directory : public testing::Test {
protected:
  /// The revisions, a line each, with their files; then the diagnostics.
  std::string list(std::string_view name = "") const {
    Diagnostics diagnostics;
    const fs::path directory = name.empty() ? folder_.path() : folder_ / name;
    const Listing listing = list_directory(directory, diagnostics);
    std::string out;
    for (const RevisionFiles& files : listing.revisions) {
      out += files.name + ": " + files.path.string() + " " + files.up.string();
      out += files.down ? " down " + files.down->string() : "";
      out += files.metadata ? " metadata " + files.metadata->string() : "";
      out += files.has_sections ? " sections\n" : "\n";
    }
    return folder_.without_path(out + rendered(diagnostics));
  }

  std::string directories() const {
    Diagnostics diagnostics;
    std::string out;
    for (const fs::path& path : list_directory(folder_.path(), diagnostics).directories) {
      out += folder_.without_path(path.string()) + "\n";
    }
    return out;
  }

  Folder folder_;
};

TEST_F(Directory, MayBeEmpty) {
  EXPECT_EQ(list(), "");
  EXPECT_EQ(directories(), "\n");
}

TEST_F(Directory, HoldsFilesWithSections) {
  folder_.write("2_b.sql", "");
  folder_.write("1.sql", "");
  EXPECT_EQ(list(), "1: 1.sql 1.sql sections\n2_b: 2_b.sql 2_b.sql sections\n");
}

TEST_F(Directory, HoldsFolders) {
  folder_.write("1_a/up.sql", "");
  folder_.write("2_b/up.sql", "");
  folder_.write("2_b/down.sql", "");
  folder_.write("2_b/metadata.toml", "");
  folder_.write("2_b/notes.txt", "");
  EXPECT_EQ(list(), "1_a: 1_a 1_a/up.sql\n2_b: 2_b 2_b/up.sql down 2_b/down.sql metadata 2_b/metadata.toml\n");
  EXPECT_EQ(directories(), "\n1_a\n2_b\n");
}

TEST_F(Directory, HoldsPairsOfFiles) {
  folder_.write("1_a.up.sql", "");
  folder_.write("1_a.down.sql", "");
  folder_.write("2_b.up.sql", "");
  EXPECT_EQ(list(), "1_a: 1_a.up.sql 1_a.up.sql down 1_a.down.sql\n2_b: 2_b.up.sql 2_b.up.sql\n");
}

TEST_F(Directory, PairsBelongTogetherById) {
  folder_.write("1_create_users.up.sql", "");
  folder_.write("1_drop_users.down.sql", "");
  EXPECT_EQ(list(), "1_create_users: 1_create_users.up.sql 1_create_users.up.sql down 1_drop_users.down.sql\n");
}

TEST_F(Directory, PairsOfTheSameNameComeFirst) {
  folder_.write("1_a.up.sql", "");
  folder_.write("1_b.up.sql", "");
  folder_.write("1_b.down.sql", "");
  folder_.write("1_a.down.sql", "");
  EXPECT_EQ(list(), "1_a: 1_a.up.sql 1_a.up.sql down 1_a.down.sql\n1_b: 1_b.up.sql 1_b.up.sql down 1_b.down.sql\n");
}

TEST_F(Directory, AWayDownNeedsAWayUp) {
  folder_.write("1_a.down.sql", "");
  folder_.write("1_a.sql", "");
  EXPECT_EQ(list(), "1_a: 1_a.sql 1_a.sql sections\n"
                    "1_a.down.sql: error: a way down without a way up\n"
                    "hint: add 1_a.up.sql, or remove the file\n");
}

TEST_F(Directory, ThereIsOneWayDown) {
  folder_.write("1_a.up.sql", "");
  folder_.write("1_b.down.sql", "");
  folder_.write("1_c.down.sql", "");
  EXPECT_EQ(list(), "1_a: 1_a.up.sql 1_a.up.sql down 1_b.down.sql\n"
                    "1_c.down.sql: error: a second way down for the same revision\n"
                    "1_b.down.sql: note: the first is here\n");
}

TEST_F(Directory, AFolderNeedsAWayUp) {
  folder_.write("1_a/down.sql", "");
  folder_.write("2_b/upp.sql", "");
  folder_.write("3_c/notes.txt", "");
  folder_.write("snippets/x.sql", "");
  EXPECT_EQ(list(), "1_a: error: a revision folder without up.sql\n"
                    "hint: add up.sql, or take the folder away\n"
                    "2_b: error: a revision folder without up.sql\n"
                    "hint: add up.sql, or take the folder away\n"
                    "3_c: note: passed over: no up.sql in this folder\n"
                    "snippets: note: passed over: no up.sql in this folder\n");
  EXPECT_EQ(directories(), "\n1_a\n2_b\n3_c\nsnippets\n") << "a file added there can change the history";
}

TEST_F(Directory, WhatIsNoRevisionIsPassedOverWithANote) {
  folder_.write("README.md", "");
  folder_.write("1_a.SQL", "");
  EXPECT_EQ(list(), "1_a.SQL: note: passed over: no revision by its name\n"
                    "README.md: note: passed over: no revision by its name\n");
}

TEST_F(Directory, HiddenFilesArePassedOver) {
  folder_.write(".1_a.sql", "");
  folder_.write(".git/up.sql", "");
  folder_.write("1_a/.up.sql.swp", "");
  folder_.write("1_a/up.sql", "");
  EXPECT_EQ(list(), "1_a: 1_a 1_a/up.sql\n");
}

TEST_F(Directory, MayHoldLinks) {
  folder_.write("elsewhere/1_a/up.sql", "");
  folder_.write("elsewhere/2_b.sql", "");
  fs::create_directory(folder_ / "migrations");
  fs::create_symlink("../elsewhere/1_a", folder_ / "migrations/1_a");
  fs::create_symlink("../elsewhere/2_b.sql", folder_ / "migrations/2_b.sql");
  EXPECT_EQ(list("migrations"), "1_a: migrations/1_a migrations/1_a/up.sql\n"
                                "2_b: migrations/2_b.sql migrations/2_b.sql sections\n");
}

TEST_F(Directory, F38_ThatCannotBeReadIsAnError) {
  folder_.write("file", "");
  fs::create_symlink("loop", folder_ / "loop");
  EXPECT_EQ(list("none"), "none: error: cannot read the directory: No such file or directory\n"
                          "hint: 'retort init' makes it; --directory names another one\n");
  EXPECT_EQ(list("file"), "file: error: cannot read the directory: Not a directory\n");
  EXPECT_EQ(list("loop"), "loop: error: cannot read the directory: Too many levels of symbolic links\n");
}

TEST_F(Directory, F38_LinksThatLeadNowhereAreErrors) {
  folder_.write("1_a.sql", "");
  fs::create_symlink("none", folder_ / "2_b.sql");
  fs::create_symlink("3_c", folder_ / "3_c");
  EXPECT_EQ(list(), "1_a: 1_a.sql 1_a.sql sections\n"
                    "2_b.sql: error: cannot read the entry: No such file or directory\n"
                    "3_c: error: cannot read the entry: Too many levels of symbolic links\n");
}

} // namespace
} // namespace retort
