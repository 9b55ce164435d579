#include "graph_history.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(GraphDrawing, NothingIsNoLine) { EXPECT_EQ(picture(std::vector<Node>()), "\n"); }

TEST(GraphDrawing, OneAfterAnother) {
  EXPECT_EQ(picture({{"1"}, {"2", "1"}, {"3", "2"}}), R"(
* 3
* 2
* 1
)");
}

TEST(GraphDrawing, AForkKeepsEachBranchInOnePiece) {
  EXPECT_EQ(picture({{"1"}, {"2", "1"}, {"3", "1"}, {"4", "2"}, {"5", "3"}, {"6", "4"}}), R"(
* 6
* 4
* 2
| * 5
| * 3
|/
* 1
)");
}

TEST(GraphDrawing, AMerge) {
  EXPECT_EQ(picture({{"1"}, {"2", "1"}, {"3", "1"}, {"4", "2,3"}, {"5", "4"}}), R"(
* 5
* 4
|\
| * 3
* | 2
|/
* 1
)");
}

TEST(GraphDrawing, AMergeOfThree) {
  EXPECT_EQ(picture({{"1"}, {"2", "1"}, {"3", "1"}, {"4", "1"}, {"5", "2,3,4"}}), R"(
* 5
|\
|\ \
| | * 4
| * | 3
| |/
* | 2
|/
* 1
)");
}

TEST(GraphDrawing, AMergeMakesRoomForItsLanes) {
  EXPECT_EQ(picture({{"1", "3,4", "2"}, {"2"}, {"3"}, {"4"}, {"5", "1,2"}}), R"(
* 5
|\
* | 1
|\ \
| * | 4
|  /
* | 3
 /
* 2
)");
}

TEST(GraphDrawing, BasesWithoutAConnectionAreKeptApart) {
  EXPECT_EQ(picture({{"1"}, {"2", "1"}, {"3"}, {"4", "3"}}), R"(
* 4
* 3

* 2
* 1
)");
  EXPECT_EQ(picture({{"1"}, {"2"}, {"3"}, {"4", "2"}}), R"(
* 4
* 2

* 3

* 1
)");
}

TEST(GraphDrawing, BasesThatAreMerged) {
  EXPECT_EQ(picture({{"1"}, {"2"}, {"3", "1,2"}}), R"(
* 3
|\
| * 2
* 1
)");
}

TEST(GraphDrawing, ABranchThatEndsBesideOthersGivesItsLaneAway) {
  EXPECT_EQ(picture({{"1"}, {"2", "base", "3"}, {"3"}, {"4", "1,2,3"}}), R"(
* 4
|\
|\ \
| * | 2
|  /
| * 3
* 1
)");
}

TEST(GraphDrawing, ACrissCross) {
  EXPECT_EQ(picture({{"1"}, {"2"}, {"3", "1,2"}, {"4", "1,2"}}), R"(
* 4
|\
| | * 3
| |/|
|/| |
| |/
| * 2
* 1
)");
  EXPECT_EQ(picture({{"1"}, {"2", "1"}, {"3", "1"}, {"4", "2,3"}, {"5", "2,3"}, {"6", "4,5"}}), R"(
* 6
|\
| * 5
| |\
* | | 4
|\| |
| |\|
|/ /
| * 3
* | 2
|/
* 1
)");
}

TEST(GraphDrawing, ALineCrossesSeveralLanes) {
  EXPECT_EQ(picture({{"1"}, {"2"}, {"3"}, {"4"}, {"5", "1", "2,3,4"}, {"6", "1,2,3,4"}}), R"(
* 6
|\
|\ \
|\ \ \
| | | | * 5
| |_|_|/
|/| | |
* | | | 1
 / / /
| | * 4
| * 3
* 2
)");
  EXPECT_EQ(picture({{"0"}, {"1", "0,4", "2,3"}, {"2"}, {"3"}, {"4"}, {"5", "1,2,3,4"}}), R"(
* 5
|\
|\ \
|\ \ \
* | | | 1
|\|_| |
| | |\|
| | | * 4
* | | 0
 / /
| * 3
* 2
)");
  EXPECT_EQ(picture({{"1", "4", "2,3"}, {"2"}, {"3"}, {"4"}, {"5", "1,2,3,4"}}), R"(
* 5
|\
|\ \
|\ \ \
* | | | 1
| |_|/
|/| |
* | | 4
 / /
| * 3
* 2
)");
}

TEST(GraphDrawing, DependenciesOrderButAreNotDrawn) {
  EXPECT_EQ(picture({{"1"}, {"2", "1"}, {"3"}, {"4", "3", "2"}, {"5", "2"}}), R"(
* 5
| * 4
| * 3
* 2
* 1
)");
  EXPECT_EQ(picture({{"1", "base", "2"}, {"2"}}), R"(
* 1

* 2
)");
}

TEST(GraphDrawing, SixtyHeadsShareTwoLanes) {
  std::vector<Node> nodes = {{"1"}};
  std::string expected = "\n* 61\n";
  for (int number = 2; number <= 61; ++number) {
    nodes.push_back({std::to_string(number), "1"});
  }
  for (int number = 60; number >= 2; --number) {
    expected += "| * " + std::to_string(number) + "\n|/\n";
  }
  EXPECT_EQ(picture(nodes), expected + "* 1\n");
}

TEST(GraphDrawing, SixtyBranchesHaveSixtyLanes) {
  std::vector<Node> nodes = {{"1"}};
  std::string parents;
  std::string bars;
  for (int number = 2; number <= 61; ++number) {
    nodes.push_back({std::to_string(number), "1"});
    parents += (parents.empty() ? "" : ",") + std::to_string(number);
  }
  nodes.push_back({"62", parents});
  std::string expected = "\n* 62\n";
  std::string forks = "|\\";
  for (int i = 0; i < 59; ++i, forks += " \\") {
    expected += forks + "\n";
  }
  for (int lane = 58; lane >= 0; --lane) {
    bars.clear();
    for (int i = 0; i < lane; ++i) {
      bars += "| ";
    }
    if (lane == 58) {
      expected += bars + "| * 61\n";
    }
    expected += bars + "* | " + std::to_string(lane + 2) + "\n" + bars + "|/\n";
  }
  EXPECT_EQ(picture(nodes), expected + "* 1\n");
}

TEST(GraphDrawing, ShowsMembersAlone) {
  const History history = graph_history({{"1"}, {"2", "1"}, {"3", "2"}, {"4", "2"}, {"5", "3,4"}});
  State members = closure(history, history.heads());
  members.remove(*history.find("2"));
  EXPECT_EQ(picture(history, members), R"(
* 5
|\
| * 4
* 3

* 1
)");
}

} // namespace
} // namespace retort
