#include "history/state.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

const std::string up = "-- migrate:up\n";

/// 1 - 2 - 3 and 2 - 4, which depends on 5.
const History forked = history_of({{"1", up},
                                   {"2", up},
                                   {"3", up},
                                   {"4", "-- Revises: 2\n-- Depends-On: 5\n" + up},
                                   {"5", "-- Revises: base\n" + up}});

State state(const std::vector<Index>& members) {
  State state(forked.size());
  for (const Index member : members) {
    state.add(member);
  }
  return state;
}

TEST(State, IsASet) {
  State some = state({3, 1});
  EXPECT_TRUE(some.contains(1));
  EXPECT_FALSE(some.contains(0));
  EXPECT_EQ(some.members(), (std::vector<Index>{1, 3}));
  some.remove(1);
  EXPECT_EQ(some.members(), std::vector<Index>{3});
  EXPECT_EQ(some, state({3}));
  EXPECT_FALSE(some == state({}));
}

TEST(State, TipsAreWhatNothingFollows) {
  EXPECT_EQ(ids(forked, tips(forked, state({}))), "");
  EXPECT_EQ(ids(forked, tips(forked, state({0, 1, 2}))), "3");
  EXPECT_EQ(ids(forked, tips(forked, state({0, 1, 4}))), "2 5");
  EXPECT_EQ(ids(forked, tips(forked, state({0, 1, 2, 3, 4}))), "3 4") << "4 depends on 5";
}

TEST(State, TheClosureHoldsParentsAndDependencies) {
  EXPECT_EQ(ids(forked, closure(forked, {}).members()), "");
  EXPECT_EQ(ids(forked, closure(forked, {2}).members()), "1 2 3");
  EXPECT_EQ(ids(forked, closure(forked, {3}).members()), "1 2 4 5");
  EXPECT_EQ(ids(forked, closure(forked, {2, 4}).members()), "1 2 3 5");
}

TEST(State, DescendantsAreChildrenAndDependents) {
  EXPECT_EQ(ids(forked, descendants(forked, {0}).members()), "1 2 3 4");
  EXPECT_EQ(ids(forked, descendants(forked, {4}).members()), "4 5");
  EXPECT_EQ(ids(forked, descendants(forked, {2}).members()), "3");
}

TEST(State, IsNamedByIds) {
  EXPECT_EQ(id_list(forked, {}), "base");
  EXPECT_EQ(id_list(forked, {0}), "1");
  EXPECT_EQ(id_list(forked, {2, 3}), "3, 4");
}

} // namespace
} // namespace retort
