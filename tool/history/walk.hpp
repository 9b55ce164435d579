#pragma once

#include "history/resolve.hpp"

#include <string_view>
#include <vector>

namespace retort {

/// The revisions to apply, in order, to come from `state` to `targets` (docs/targets.md): what they name, and all that
/// it follows or depends on. Throws as Resolver::resolve.
std::vector<Index> upgrade_order(const History& history, const State& state, std::string_view targets);

/// The revisions to undo, in order. Down to a revision, which stays, goes what follows it on its branch, and what
/// follows or depends on that; other branches are left alone. `-N` undoes N revisions, each the only one that nothing
/// applied follows or depends on. Throws as Resolver::resolve.
std::vector<Index> downgrade_order(const History& history, const State& state, std::string_view targets);

/// The state that an upgrade or downgrade of `state` to `targets`, or both where there are several, would end in.
/// Throws as Resolver::resolve.
State stamped(const History& history, const State& state, std::string_view targets);

/// Whether a range needs the state of a database. Bare steps alone do not: they count from the other end, as in
/// `-2:head` and `A:+2`, unless both ends have them.
bool counts_from_current(const Range& range);

/// What of the history lies in a range `start:end`: what its end needs and, where there is a start, follows that.
/// Throws as Resolver::resolve, and Failure (Exit::usage) when the start does not lead to the end.
State members_of(const History& history, const Range& range, const State* current);

} // namespace retort
