#pragma once

#include "history/state.hpp"
#include "model.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

namespace retort {

class RandomHistory {
public:
  explicit RandomHistory(std::mt19937& random) : random_(random) {
    const std::size_t size = below(10) + 1;
    while (created_.size() < size) {
      const std::string id = new_id();
      if (!model_.parents.contains(id)) {
        model_.parents[id] = some(3);
        model_.dependencies[id] = some(below(4) == 0 ? 2 : 0);
        if (below(4) == 0) {
          model_.labels["label_" + id] = id;
        }
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
                                 (model_.labels.contains("label_" + id) ? "\n-- Branch: label_" + id : "") +
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

  /// A target of any form that counts `steps` from its place.
  TargetParts any_target(long most_steps) {
    TargetParts target;
    if (below(2) == 0) {
      target.branch = below(2) == 0 || model_.labels.empty()
                          ? any()
                          : std::next(model_.labels.begin(), static_cast<long>(below(model_.labels.size())))->first;
    }
    const std::vector<std::string> places = {"head", "heads", "base", "current", any(), any(), any(), any()};
    target.place = places[below(places.size())];
    target.steps = below(2) == 0 ? 0 : static_cast<long>(below(2 * most_steps + 1)) - most_steps;
    return target;
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

inline Ids named(const History& history, const std::vector<Index>& order) {
  Ids names;
  for (const Index index : order) {
    names.push_back(history[index].id);
  }
  return names;
}

inline State state_of(const History& history, const IdSet& ids) {
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

} // namespace retort
