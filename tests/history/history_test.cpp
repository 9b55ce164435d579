#include "history/history.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::vector<Index> list(std::span<const Index> members) { return {members.begin(), members.end()}; }

const std::string up = "-- migrate:up\n";

/// 1 - 2 - 3 - 6 with a branch 2 - 4 that 6 merges; 5 is a base of its own, on which 4 depends.
const History merged = history_of({{"1", "-- Revises: base\n" + up},
                                   {"2", "-- Branch: core\n" + up},
                                   {"3", up},
                                   {"4", "-- Revises: core\n-- Depends-On: 5\n-- Branch: billing, pay\n" + up},
                                   {"5", "-- Revises: base\n" + up},
                                   {"6", "-- Revises: 4, 3\n" + up}});

TEST(History, KnowsItsEdges) {
  EXPECT_EQ(list(merged.parents(0)), std::vector<Index>{});
  EXPECT_EQ(list(merged.parents(5)), (std::vector<Index>{2, 3})) << "in id order";
  EXPECT_EQ(list(merged.children(1)), (std::vector<Index>{2, 3}));
  EXPECT_EQ(list(merged.children(4)), std::vector<Index>{}) << "a dependent is no child";
  EXPECT_EQ(list(merged.dependencies(3)), std::vector<Index>{4});
  EXPECT_EQ(list(merged.dependents(4)), std::vector<Index>{3});
}

TEST(History, KnowsItsEnds) {
  EXPECT_EQ(ids(merged, merged.bases()), "1 5");
  EXPECT_EQ(ids(merged, merged.heads()), "5 6");
}

TEST(History, IsOrderedByParentsDependenciesAndIds) { EXPECT_EQ(ids(merged, merged.order()), "1 2 3 5 4 6"); }

TEST(History, TiesAreBrokenById) {
  const History history = history_of({{"20260101", "-- Revises: base\n" + up},
                                      {"9", "-- Revises: base\n" + up},
                                      {"10", "-- Revises: base\n" + up},
                                      {"a", "-- Revises: 10\n" + up}});
  EXPECT_EQ(ids(history, history.order()), "9 10 20260101 a");
}

TEST(History, FindsRevisions) {
  EXPECT_EQ(merged.find("4"), 3U);
  EXPECT_EQ(merged.find("04"), std::nullopt);
  EXPECT_EQ(merged.find(""), std::nullopt);
  EXPECT_EQ(merged.find_label("pay"), 3U);
  EXPECT_EQ(merged.find_label("core"), 1U);
  EXPECT_EQ(merged.find_label("4"), std::nullopt);
}

TEST(History, FindsPrefixes) {
  const History history = history_of({{"1", up}, {"12", up}, {"20260101", up}, {"123456789", up}});
  EXPECT_EQ(ids(history, history.find_prefix("1")), "1 12 123456789");
  EXPECT_EQ(ids(history, history.find_prefix("20260101")), "20260101");
  EXPECT_EQ(ids(history, history.find_prefix("3")), "");
  EXPECT_EQ(history.find_prefix("").size(), 4U);
}

TEST(History, AFileWithoutRevisesFollowsTheOneBeforeIt) {
  const History history = history_of({{"20260101", up}, {"10", up}, {"9", up}});
  EXPECT_EQ(ids(history, history.bases()), "9");
  EXPECT_EQ(ids(history, history.order()), "9 10 20260101");
  EXPECT_EQ(list(history.parents(2)), std::vector<Index>{1});
}

TEST(History, MayBeEmpty) {
  const History history = history_of({});
  EXPECT_EQ(history.size(), 0U);
  EXPECT_TRUE(history.order().empty());
  EXPECT_TRUE(history.heads().empty());
}

TEST(History, KeepsItsViewsWhenItIsMoved) {
  History history = history_of({{"1", "-- Branch: x\n" + up}, {"2", up}});
  const History moved = std::move(history);
  EXPECT_EQ(moved.find("2"), 1U);
  EXPECT_EQ(moved.find_label("x"), 0U);
}

} // namespace
} // namespace retort
