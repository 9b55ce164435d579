// Random histories against a plain, slow model of them: sets of ids, and recursion.
#include "history/target.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>

namespace retort {
namespace {

using Ids = std::vector<std::string>;
using IdSet = std::set<std::string>;

bool before(const std::string& a, const std::string& b) {
  const auto key = [](const std::string& id) {
    const bool number = id.size() < 8 && id.find_first_not_of("0123456789") == std::string::npos;
    return std::make_tuple(!number, number ? std::stoul(id) : 0, id);
  };
  return key(a) < key(b);
}

/// What each revision comes after. Parents and dependencies differ in nothing else than what a single step is.
struct Model {
  std::map<std::string, IdSet> parents;
  std::map<std::string, IdSet> dependencies;

  IdSet needs(const std::string& id) const {
    IdSet all = parents.at(id);
    all.insert(dependencies.at(id).begin(), dependencies.at(id).end());
    return all;
  }

  IdSet closure(const IdSet& members) const {
    IdSet all = members;
    for (const std::string& member : members) {
      all.merge(closure(needs(member)));
    }
    return all;
  }

  bool is_valid(const IdSet& state) const { return closure(state) == state; }

  /// All revisions: the smallest id that is ready comes next, again and again.
  Ids order() const {
    Ids order;
    IdSet done;
    while (done.size() < parents.size()) {
      std::string next;
      for (const auto& [id, ignored] : parents) {
        if (!done.contains(id) && std::ranges::includes(done, needs(id)) && (next.empty() || before(id, next))) {
          next = id;
        }
      }
      order.push_back(next);
      done.insert(next);
    }
    return order;
  }

  /// What `wanted` has and `state` has not. Two revisions keep their order whatever the state is.
  Ids order(const IdSet& state, const IdSet& wanted) const {
    Ids rest = order();
    std::erase_if(rest, [&](const std::string& id) { return state.contains(id) || !wanted.contains(id); });
    return rest;
  }

  IdSet all() const {
    IdSet all;
    for (const auto& [id, ignored] : parents) {
      all.insert(id);
    }
    return all;
  }
};

std::string joined(const IdSet& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += (text.empty() ? "" : ",") + id;
  }
  return text;
}

class RandomHistory {
public:
  explicit RandomHistory(std::mt19937& random) : random_(random) {
    const std::size_t size = below(10) + 1;
    while (created_.size() < size) {
      const std::string id = new_id();
      if (!model_.parents.contains(id)) {
        model_.parents[id] = some(3);
        model_.dependencies[id] = some(below(4) == 0 ? 2 : 0);
        created_.push_back(id);
      }
    }
  }

  const Model& model() const { return model_; }

  History history() const {
    std::vector<RevisionText> texts;
    for (const std::string& id : created_) {
      const IdSet& dependencies = model_.dependencies.at(id);
      const IdSet& parents = model_.parents.at(id);
      texts.emplace_back(id, "-- Revises: " + (parents.empty() ? "base" : joined(parents)) +
                                 (dependencies.empty() ? "" : "\n-- Depends-On: " + joined(dependencies)) +
                                 "\n-- migrate:up\n-- migrate:down\n");
    }
    return history_of(texts);
  }

  const std::string& any() { return created_[below(created_.size())]; }

  /// Up to `most` revisions that exist already.
  IdSet some(std::size_t most) {
    IdSet chosen;
    for (std::size_t count = below(most + 1); count > 0 && !created_.empty(); --count) {
      chosen.insert(any());
    }
    return chosen;
  }

private:
  std::size_t below(std::size_t end) { return random_() % end; }

  std::string new_id() {
    switch (below(4)) {
    case 0: return std::to_string(below(30));
    case 1: return "0" + std::to_string(below(30));
    case 2: return "202601" + std::to_string(10 + below(20));
    default: return "a" + std::to_string(below(20));
    }
  }

  std::mt19937& random_;
  Ids created_;
  Model model_;
};

Ids named(const History& history, const std::vector<Index>& order) {
  Ids names;
  for (const Index index : order) {
    names.push_back(history[index].id);
  }
  return names;
}

State state_of(const History& history, const IdSet& ids) {
  State state(history.size());
  for (const std::string& id : ids) {
    state.add(history.find(id).value());
  }
  return state;
}

/// Runs `check` on many histories; the seed of a failure repeats it.
template <typename Check>
void for_random_histories(Check check) {
  constexpr int histories = 400;
  const char* const given = std::getenv("RETORT_TEST_SEED");
  const auto seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
  SCOPED_TRACE("RETORT_TEST_SEED=" + std::to_string(seed));
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  for (int i = 0; i < histories && !testing::Test::HasFailure(); ++i) {
    RandomHistory made(random);
    check(made, made.history(), made.model());
  }
}

/// Applies `order` to `state` one by one; every state on the way must be valid.
void walk_up(const Model& model, IdSet& state, const Ids& order) {
  for (const std::string& id : order) {
    EXPECT_TRUE(state.insert(id).second) << id << " twice";
    EXPECT_TRUE(model.is_valid(state)) << joined(state);
  }
}

void walk_down(const Model& model, IdSet& state, const Ids& order) {
  for (const std::string& id : order) {
    EXPECT_EQ(state.erase(id), 1U) << id << " twice";
    EXPECT_TRUE(model.is_valid(state)) << joined(state);
  }
}

TEST(RandomHistories, AreOrderedAsInTheModel) {
  for_random_histories([](RandomHistory&, const History& history, const Model& model) {
    EXPECT_EQ(named(history, history.order()), model.order());
    IdSet heads = model.all();
    for (const auto& [id, parents] : model.parents) {
      for (const std::string& parent : parents) {
        heads.erase(parent);
      }
    }
    const Ids found = named(history, history.heads());
    EXPECT_EQ(IdSet(found.begin(), found.end()), heads);
    EXPECT_TRUE(std::ranges::is_sorted(found, before));
  });
}

TEST(RandomHistories, EveryStateOfAnUpgradeIsValid) {
  for_random_histories([](RandomHistory& made, const History& history, const Model& model) {
    IdSet state = model.closure(made.some(3));
    const IdSet targets = made.some(3);
    IdSet wanted = model.closure(targets);
    wanted.insert(state.begin(), state.end());
    const Ids order = named(history, upgrade_order(history, state_of(history, state), joined(targets)));
    EXPECT_EQ(order, model.order(state, wanted)) << joined(targets);
    walk_up(model, state, order);
    EXPECT_EQ(state, wanted);
  });
}

TEST(RandomHistories, EveryStateOfADowngradeIsValid) {
  for_random_histories([](RandomHistory& made, const History& history, const Model& model) {
    const std::string stays = made.any();
    IdSet members = made.some(4);
    members.insert(stays);
    IdSet state = model.closure(members);
    IdSet expected;
    for (const std::string& id : state) {
      if (id == stays || !model.closure({id}).contains(stays)) {
        expected.insert(id);
      }
    }
    const Ids order = named(history, downgrade_order(history, state_of(history, state), stays));
    const Ids upwards = model.order(expected, state);
    EXPECT_EQ(order, Ids(upwards.rbegin(), upwards.rend())) << "down to " << stays;
    walk_down(model, state, order);
    EXPECT_EQ(state, expected) << "down to " << stays;
  });
}

TEST(RandomHistories, DownTheWayUpRestoresTheState) {
  for_random_histories([](RandomHistory& made, const History& history, const Model& model) {
    IdSet state;
    walk_up(model, state, named(history, upgrade_order(history, state_of(history, state), "heads")));
    EXPECT_EQ(state, model.all());
    const Ids down = named(history, downgrade_order(history, state_of(history, state), "base"));
    const Ids up = named(history, history.order());
    EXPECT_EQ(down, Ids(up.rbegin(), up.rend()));
    walk_down(model, state, down);
    EXPECT_TRUE(state.empty());

    IdSet some = model.closure(made.some(3));
    const IdSet start = some;
    const Ids order = named(history, upgrade_order(history, state_of(history, some), made.any()));
    walk_up(model, some, order);
    walk_down(model, some, Ids(order.rbegin(), order.rend()));
    EXPECT_EQ(some, start);
  });
}

TEST(RandomHistories, AStepIsTheOneThatIsPossible) {
  std::size_t possible = 0;
  for_random_histories([&](RandomHistory& made, const History& history, const Model& model) {
    const IdSet state = model.closure(made.some(3));
    IdSet next;
    IdSet last;
    for (const auto& [id, parents] : model.parents) {
      const bool applied = state.contains(id);
      if (!applied && std::ranges::includes(state, parents)) {
        next.insert(id);
      }
      IdSet rest = state;
      rest.erase(id);
      if (applied && model.is_valid(rest)) {
        last.insert(id);
      }
    }
    const State from = state_of(history, state);
    if (next.size() == 1) {
      EXPECT_EQ(named(history, upgrade_order(history, from, "+1")), model.order(state, model.closure(next)));
    } else {
      EXPECT_THROW(upgrade_order(history, from, "+1"), Failure);
    }
    if (last.size() == 1) {
      EXPECT_EQ(named(history, downgrade_order(history, from, "-1")), Ids{*last.begin()});
    } else {
      EXPECT_THROW(downgrade_order(history, from, "-1"), Failure);
    }
    possible += (next.size() == 1) + (last.size() == 1);
  });
  EXPECT_GT(possible, 50U);
}

} // namespace
} // namespace retort
