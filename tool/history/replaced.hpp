#pragma once

#include "history/applied.hpp"

#include <optional>
#include <string_view>

namespace retort {

/// The history that a database follows which has squashed revisions in front of it (docs/decisions/squash.md): a
/// squashed revision is for databases that have none yet, and for those that it was applied to; all others go by the
/// revisions that it replaces. Absent: that is `history` itself. Throws Failure (Exit::migrations) as History::build.
std::optional<History> followed_history(const History& history, const Applied& applied);

/// As above, for a script or a plan that starts from `targets`; to name a revision that was replaced says that the
/// database went that way. Throws as resolve_state.
std::optional<History> followed_history(const History& history, std::string_view targets);

/// As above, for a stamp where the table has no revision, or none that counts.
std::optional<History> stamped_history(const History& history, std::string_view targets);

/// The revision that replaces one of this id, or of an id that begins so.
std::optional<Index> find_replacing(const History& history, std::string_view id);

/// Verifies the history with every revision that was replaced in its old place, and that each squashed revision follows
/// what the first of these follows.
void check_replaced(const History& history, Diagnostics& diagnostics);

} // namespace retort
