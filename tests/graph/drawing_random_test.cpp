// Random histories, drawn and read back.
#include "graph_history.hpp"
#include "graph_reader.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

namespace retort {
namespace {

constexpr int histories = 300;

class RandomNodes {
public:
  explicit RandomNodes(std::mt19937& random) : random_(random) {}

  /// How far back parents lie, and how many there are, differs from history to history.
  std::vector<Node> make() {
    const std::size_t size = 1 + below(40);
    const std::size_t reach = 1 + below(size);
    const std::size_t most = 1 + below(5);
    std::vector<Node> nodes;
    for (std::size_t number = 1; number <= size; ++number) {
      const std::string parents = below(8) == 0 ? "" : some(number, reach, 1 + below(most));
      const std::string dependencies = below(4) == 0 ? some(number, size, 1 + below(2)) : "";
      nodes.push_back({std::to_string(number), parents.empty() ? "base" : parents, dependencies});
    }
    return nodes;
  }

  State members(const History& history) {
    State members(history.size());
    const std::size_t share = 1 + below(9);
    for (Index index = 0; index < history.size(); ++index) {
      if (below(10) < share) {
        members.add(index);
      }
    }
    return members;
  }

private:
  std::size_t below(std::size_t end) { return random_() % end; }

  /// Up to `count` numbers from the `reach` ones below `number`.
  std::string some(std::size_t number, std::size_t reach, std::size_t count) {
    std::set<std::size_t> chosen;
    for (std::size_t i = 0; i < count && number > 1; ++i) {
      chosen.insert(number - 1 - below(std::min(reach, number - 1)));
    }
    std::string text;
    for (const std::size_t each : chosen) {
      text += (text.empty() ? "" : ",") + std::to_string(each);
    }
    return text;
  }

  std::mt19937& random_;
};

Connections connections(const History& history, const State& members) {
  Connections connections;
  for (const Index index : members.members()) {
    std::set<Index>& parents = connections[index];
    for (const Index parent : history.parents(index)) {
      if (members.contains(parent)) {
        parents.insert(parent);
      }
    }
  }
  return connections;
}

/// How many lanes there are at most, when one is kept for each revision that is awaited.
std::size_t awaited(const History& history, const State& members, const std::vector<Index>& order) {
  std::size_t most = 0;
  std::set<Index> open;
  for (const Index index : order) {
    open.insert(index);
    most = std::max(most, open.size());
    open.erase(index);
    for (const Index parent : history.parents(index)) {
      if (members.contains(parent)) {
        open.insert(parent);
      }
    }
    most = std::max(most, open.size());
  }
  return most;
}

void check(const History& history, const State& members) {
  SCOPED_TRACE(picture(history, members));
  const std::vector<Index> order = graph_order(history, members);
  State above(history.size());
  for (const Index index : order) {
    EXPECT_TRUE(members.contains(index) && !above.contains(index)) << history[index].id;
    above.add(index);
    for (const auto below : {history.parents(index), history.dependencies(index)}) {
      EXPECT_TRUE(std::ranges::none_of(below, [&](Index other) { return above.contains(other); })) << history[index].id;
    }
  }
  EXPECT_EQ(above, members);
  const std::vector<GraphLine> lines = draw(history, order);
  try {
    EXPECT_EQ(GraphReader().read(lines), connections(history, members));
  } catch (const std::runtime_error& error) {
    ADD_FAILURE() << error.what();
  }
  for (const GraphLine& line : lines) {
    EXPECT_FALSE(line.lanes.ends_with(' '));
    EXPECT_LE(line.lanes.size(), 2 * awaited(history, members, order)) << line.lanes;
  }
}

TEST(RandomDrawings, ConnectEachRevisionWithItsParents) {
  const char* const given = std::getenv("RETORT_TEST_SEED");
  const auto seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
  SCOPED_TRACE("RETORT_TEST_SEED=" + std::to_string(seed));
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  RandomNodes made(random);
  for (int i = 0; i < histories && !testing::Test::HasFailure(); ++i) {
    const History history = graph_history(made.make());
    check(history, closure(history, history.heads()));
    check(history, made.members(history));
  }
}

// The reader must be able to fail, or the test above proves nothing.
std::string refused(const std::vector<std::string>& lanes) {
  std::vector<GraphLine> lines;
  Index next = 0;
  for (const std::string& line : lanes) {
    lines.push_back({line, {}});
    if (line.find('*') != std::string::npos) {
      lines.back().revision = next++;
    }
  }
  try {
    GraphReader().read(lines);
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(RandomDrawings, AreReadStrictly) {
  EXPECT_EQ(refused({"*", "|"}), "a line ends in nothing at column 0: ");
  EXPECT_EQ(refused({"*", "| |"}), "a line begins in nothing at column 2: | |");
  EXPECT_EQ(refused({"*", "|\\", "| *", "|/", "*"}), "");
  EXPECT_EQ(refused({"*", "", "*"}), "");
  EXPECT_EQ(refused({"*", "|", "", "*"}), "a line ends in nothing at column 0: ");
  EXPECT_EQ(refused({"*", "|\\", "|/", "|\\"}), "lines meet without a clear way on at column 0: |\\");
  EXPECT_EQ(refused({"*", "|\\", "|_|", "* |"}), "a horizontal line without a direction at column 1: |_|");
}

} // namespace
} // namespace retort
