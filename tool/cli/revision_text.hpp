#pragma once

#include "history/history.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <vector>

namespace retort {

std::vector<std::string> ids(const History& history, std::span<const Index> members);

/// One line for a revision: `PARENTS -> ID (label) (head)  message`.
std::string describe_revision(const History& history, Index index);

/// A line for each thing that is known of a revision: `revision   ID (head)`, `message    …`, `parents    …`, its
/// children, dependencies, labels and file.
std::vector<std::string> revision_details(const History& history, Index index);

/// The revision as JSON: id, message, path, parents, dependencies, labels, is_head.
nlohmann::json revision_json(const History& history, Index index);

} // namespace retort
