#pragma once

#include "history/history.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace retort {

/// One line for a revision: `PARENTS -> ID (label) (head)  message`.
std::string describe_revision(const History& history, Index index);

/// The revision as JSON: id, message, path, parents, dependencies, labels, is_head.
nlohmann::json revision_json(const History& history, Index index);

} // namespace retort
