#pragma once

#include "cli/context.hpp"
#include "history/history.hpp"

#include <nlohmann/json_fwd.hpp>

namespace retort {

/// Compares the database of `url` with its history and says what differs. Returns whether it is drifted or behind; adds
/// the ids of what is pending.
bool check_database(const Context& context, const Url& url, const History& history, nlohmann::json& pending_ids);

} // namespace retort
