#pragma once

#include "question.hpp"

#include <optional>

namespace retort {

/// What docs/targets.md says of a question: the revisions to run or to list, or the state of a stamp. Absent: refused.
std::optional<IdSet> documented(const Model& graph, const Question& question);

/// The revision that a word names; on `branch` alone, where a prefix could be several.
std::optional<std::string> documented_name(const Model& graph, const std::string& word, const IdSet* branch = nullptr);

} // namespace retort
