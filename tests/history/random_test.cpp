// Random histories against a plain, slow model of them.
#include "history/walk.hpp"
#include "random_history.hpp"

namespace retort {
namespace {

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
    const std::string text = targets.empty() ? "base" : joined(targets);
    IdSet wanted = model.closure(targets);
    wanted.insert(state.begin(), state.end());
    const Ids order = named(history, upgrade_order(history, state_of(history, state), text));
    EXPECT_EQ(order, model.order(state, wanted)) << text;
    walk_up(model, state, order);
    EXPECT_EQ(state, wanted);
  });
}

TEST(RandomHistories, TargetsMeanWhatTheyMeanInTheModel) {
  std::size_t upgrades = 0;
  std::size_t downgrades = 0;
  for_random_histories([&](RandomHistory& made, const History& history, const Model& model) {
    for (int question = 0; question < 20; ++question) {
      const IdSet state = model.closure(made.some(4));
      const TargetParts target = made.any_target(3);
      SCOPED_TRACE(target.text() + " from " + joined(state));
      const State from = state_of(history, state);
      if (const auto wanted = model.upgraded(state, target)) {
        const Ids order = named(history, upgrade_order(history, from, target.text()));
        EXPECT_EQ(order, model.order(state, *wanted));
        IdSet reached = state;
        walk_up(model, reached, order);
        EXPECT_EQ(reached, *wanted);
        ++upgrades;
      } else {
        EXPECT_THROW(upgrade_order(history, from, target.text()), Failure);
      }
      if (const auto kept = model.downgraded(state, target)) {
        const Ids order = named(history, downgrade_order(history, from, target.text()));
        const Ids upwards = model.order(*kept, state);
        EXPECT_EQ(order, Ids(upwards.rbegin(), upwards.rend()));
        IdSet reached = state;
        walk_down(model, reached, order);
        EXPECT_EQ(reached, *kept);
        ++downgrades;
      } else {
        EXPECT_THROW(downgrade_order(history, from, target.text()), Failure);
      }
    }
  });
  EXPECT_GT(upgrades, 1000U);
  EXPECT_GT(downgrades, 1000U);
}

TEST(RandomHistories, AStampEndsWhereTheWalksEnd) {
  for_random_histories([](RandomHistory& made, const History& history, const Model& model) {
    const IdSet state = model.closure(made.some(4));
    const TargetParts target = made.any_target(3);
    SCOPED_TRACE(target.text() + " from " + joined(state));
    const auto end = [&] {
      const Ids ids = named(history, stamped(history, state_of(history, state), target.text()).members());
      return IdSet(ids.begin(), ids.end());
    };
    if (const auto kept = model.downgraded(state, target)) {
      EXPECT_EQ(end(), *kept);
    } else if (const auto wanted = model.upgraded(state, target)) {
      EXPECT_TRUE(model.is_valid(end()));
      EXPECT_TRUE(std::ranges::includes(end(), model.find(target, state)->at));
    }
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

} // namespace
} // namespace retort
