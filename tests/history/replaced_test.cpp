#include "history/embedded.hpp"
#include "history/replaced.hpp"
#include "history/resolve.hpp"
#include "support/embedded.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

/// 1, then 4 in place of 2, 3 and an older 4, then 5; 9 beside them.
History squashed_history() {
  History history =
      history_of({{"1", "-- Revises: base\n-- migrate:up\nA;\n"},
                  {"4_squash", "-- Revises: 1\n-- Replaces: 2, 3\n-- migrate:up\nBCD;\n-- migrate:down\nUNDO BCD;\n"},
                  {"5", "-- migrate:up\nE;\n"},
                  {"9", "-- Revises: base\n-- migrate:up\n"}},
                 Dialect::sqlite,
                 {{"2", "-- Revises: 1\n-- migrate:up\nB;\n-- migrate:down\nUNDO B;\n"},
                  {"3", "-- migrate:up\nC;\n"},
                  {"4_old", "-- Depends-On: 1\n-- migrate:up\nD;\n-- migrate:up transaction:false\nD2;\n"}});
  Diagnostics diagnostics;
  check_replaced(history, diagnostics);
  EXPECT_EQ(rendered(diagnostics), "");
  return history;
}

Applied applied(const std::vector<std::string>& ids, const std::vector<std::string>& begun = {}) {
  Applied applied;
  for (const std::string& id : ids) {
    applied.revisions.push_back({id, "", "", "", {}, {}, ""});
  }
  for (const std::string& id : begun) {
    applied.journal.push_back({id, Direction::up, 0, ""});
  }
  return applied;
}

/// Every id with what it runs, and what it follows.
std::string shown(const History& history) {
  std::string out;
  for (const Index index : history.order()) {
    const auto parents = history.parents(index);
    const auto dependencies = history.dependencies(index);
    out += id_list(history, {parents.begin(), parents.end()}) + " -> " + history[index].id;
    out += dependencies.empty() ? "" : " needs " + id_list(history, {dependencies.begin(), dependencies.end()});
    const auto add = [&](const Change& change) {
      for (const Unit& unit : change.units) {
        for (const Unit::Piece& piece : unit.pieces) {
          out += " ";
          out += text_of(*piece.source, piece.statement);
        }
      }
    };
    add(history[index].up);
    if (history[index].down) {
      out += " |";
      add(*history[index].down);
    }
    out += "\n";
  }
  return out;
}

template <class Start>
std::string followed(const Start& start) {
  const History history = squashed_history();
  const auto other = followed_history(history, start);
  return other ? shown(*other) : "itself";
}

const std::string itself = "itself";
const std::string old_way = "base -> 1 A\n1 -> 2 B | UNDO B\n2 -> 3 C\n3 -> 4 needs 1 D D2\n4 -> 5 E\nbase -> 9\n";

TEST(Replaced, ADatabaseWithoutRevisionsTakesTheSquashedOne) {
  EXPECT_EQ(followed(applied({})), itself);
  EXPECT_EQ(followed(applied({"1", "4"})), itself);
  EXPECT_EQ(followed(applied({"1", "4", "5"})), itself);
}

TEST(Replaced, AllOthersGoTheOldWay) {
  EXPECT_EQ(followed(applied({"1"})), old_way) << "there may be rows in it";
  EXPECT_EQ(followed(applied({"9"})), old_way);
  EXPECT_EQ(followed(applied({"1", "2"})), old_way);
  EXPECT_EQ(followed(applied({"1", "2", "3", "4"})), old_way);
  EXPECT_EQ(followed(applied({"1", "2", "3", "4", "5"})), old_way);
}

TEST(Replaced, WhatWasBegunIsFinishedAsItWasBegun) {
  EXPECT_EQ(followed(applied({"1"}, {"4"})), itself);
  EXPECT_EQ(followed(applied({"1", "2", "3"}, {"4"})), old_way);
  EXPECT_EQ(followed(applied({"1"}, {"2"})), old_way);
  EXPECT_EQ(followed(applied({}, {"2"})), old_way);
  EXPECT_EQ(followed(applied({}, {"1"})), itself);
}

TEST(Replaced, AStartSaysWhichWayTheDatabaseWent) {
  EXPECT_EQ(followed("base"), itself);
  EXPECT_EQ(followed("1"), old_way);
  EXPECT_EQ(followed("4,9"), itself);
  EXPECT_EQ(followed("4"), itself);
  EXPECT_EQ(followed("5"), itself);
  EXPECT_EQ(followed("3"), old_way);
  EXPECT_EQ(followed("2,5"), old_way);
}

TEST(Replaced, APrefixOfAnOldIdIsAStart) {
  const History history = history_of(
      {{"1", "-- Revises: base\n-- migrate:up\nA;\n"},
       {"20260303_squash", "-- Revises: 1\n-- Replaces: 20260202\n-- migrate:up\nBC;\n"}},
      Dialect::sqlite, {{"20260202", "-- Revises: 1\n-- migrate:up\nB;\n"}, {"20260303_old", "-- migrate:up\nC;\n"}});
  const auto old = followed_history(history, "202602");
  ASSERT_TRUE(old);
  EXPECT_EQ(shown(*old), "base -> 1 A\n1 -> 20260202 B\n20260202 -> 20260303 C\n");
  EXPECT_EQ(find_replacing(history, "202602"), history.find("20260303"));
  EXPECT_EQ(find_replacing(history, "202"), std::nullopt);
  EXPECT_TRUE(stamped_history(history, "20260202"));
  EXPECT_FALSE(stamped_history(history, "20260303"));
}

TEST(Replaced, IsEmbeddedWithTheHistory) {
  const History history = squashed_history();
  const CompiledHistory compiled[] = {{Dialect::sqlite, &history}};
  const EmbeddedFolder folder = {"", "migrations"};
  const Embedded embedded(compiled, folder);
  const History opened = open_history(embedded.view(), Dialect::sqlite);
  EXPECT_EQ(shown(opened), shown(history));
  const auto old = followed_history(opened, applied({"1"}));
  ASSERT_TRUE(old);
  EXPECT_EQ(shown(*old), old_way);
  const auto expected = followed_history(history, applied({"1"}));
  for (Index index = 0; index < old->size(); ++index) {
    EXPECT_EQ((*old)[index].checksum, (*expected)[index].checksum);
    EXPECT_EQ((*old)[index].message, (*expected)[index].message);
  }
}

} // namespace
} // namespace retort
