#pragma once

#include "history/state.hpp"

#include <vector>

namespace retort {

/// The revisions that `head` follows and `onto` does not.
State own_revisions(const History& history, Index head, Index onto);

/// The chain of own_revisions, lowest first. Throws Failure (Exit::usage) when there is a merge in it, or when what
/// `onto` needs depends on a part of it.
std::vector<Index> find_chain(const History& history, Index head, Index onto);

/// `revision` with a header that says that it follows `parent`. Only the way it is read changes, not its file.
Revision rebased(const Revision& revision, const Revision& parent);

} // namespace retort
