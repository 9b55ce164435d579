#pragma once

#include "history/resolve.hpp"
#include "support/revisions.hpp"
#include "validate/validate.hpp"

#include <string>
#include <vector>

namespace retort {

/// A history's ups: every text is the up section of a revision, 1.sql, 2.sql, …, from the file's second line on.
inline History history_of_ups(const std::vector<std::string>& ups, Dialect dialect) {
  std::vector<RevisionText> texts;
  for (const std::string& up : ups) {
    texts.emplace_back(std::to_string(texts.size() + 1), "-- migrate:up\n" + up);
  }
  return history_of(texts, dialect);
}

inline Plan whole_way_up(const History& history) { return plan_upgrade(history, State(history.size()), "heads"); }

} // namespace retort
