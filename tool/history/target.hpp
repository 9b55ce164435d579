#pragma once

#include "history/state.hpp"
#include "text/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// `start:end` of an offline range; without a colon there is only an end.
struct Range {
  std::optional<std::string> start;
  std::string end;
};

/// Splits a range at its colon. Throws Failure (Exit::usage) when there are two.
Range parse_range(std::string_view text);

/// The one revision that an id or a unique prefix of at least four characters names. Throws Failure (Exit::usage) when
/// there is none, or when there are several: it lists them, and never guesses.
Index resolve_revision(const History& history, std::string_view text);

/// The state that `base`, `head`, `heads` or a list of ids, separated by commas, describes: these and all that they
/// follow. Throws Failure: Exit::usage for what does not resolve, Exit::migrations for `head` when there are two.
State resolve_state(const History& history, std::string_view text);

/// The revisions to apply, in order, to come from `state` to `target`: `head`, `heads`, an id, a prefix, or `+n`.
/// Throws as resolve_state.
std::vector<Index> upgrade_order(const History& history, const State& state, std::string_view target);

/// The revisions to undo, in order: down to `base`, to an id or prefix (which stays), or by `-n` steps. Throws as
/// resolve_state.
std::vector<Index> downgrade_order(const History& history, const State& state, std::string_view target);

} // namespace retort
