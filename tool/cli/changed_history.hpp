#pragma once

#include "history/history.hpp"

#include <string>
#include <vector>

namespace retort {

/// The history as it would be with these revisions in its directory: in place of those with the same ids, or as new
/// ones; and without those with the ids of `removed`. Throws Failure (Exit::usage) when that is no history, or when
/// another revision, which does not say what it follows, would get another parent by its place in id order.
History changed_history(const History& history, const std::vector<Revision>& changed,
                        const std::vector<std::string>& removed = {});

} // namespace retort
