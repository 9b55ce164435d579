#include "script/depfile.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(Depfile, NamesEveryInputOnALineOfItsOwn) {
  EXPECT_EQ(write_depfile("out/upgrade.sql", {"migrations", "migrations/0001_a.sql"}), "out/upgrade.sql: \\\n"
                                                                                       "  migrations \\\n"
                                                                                       "  migrations/0001_a.sql\n");
}

TEST(Depfile, MayHaveNoInput) { EXPECT_EQ(write_depfile("upgrade.sql", {}), "upgrade.sql:\n"); }

TEST(Depfile, EscapesWhatMakefilesAndNinjaWouldRead) {
  EXPECT_EQ(write_depfile("a b.sql", {"cost $5", "#1", "# $"}), "a\\ b.sql: \\\n"
                                                                "  cost\\ $$5 \\\n"
                                                                "  \\#1 \\\n"
                                                                "  \\#\\ $$\n");
}

// As gcc does, ninja and CMake take backslashes as they are, except before a space.
TEST(Depfile, DoublesBackslashesBeforeASpaceOnly) {
  EXPECT_EQ(write_depfile("c\\d.sql", {"\\\\e", "f\\ g", "h\\\\ i", "j\\#k"}), "c\\d.sql: \\\n"
                                                                               "  \\\\e \\\n"
                                                                               "  f\\\\\\ g \\\n"
                                                                               "  h\\\\\\\\\\ i \\\n"
                                                                               "  j\\\\#k\n");
}

TEST(Depfile, LeavesOtherCharactersAsTheyAre) {
  EXPECT_EQ(write_depfile("größe:1.sql", {"it's", "a=b;c*[d]"}), "größe:1.sql: \\\n  it's \\\n  a=b;c*[d]\n");
}

} // namespace
} // namespace retort
