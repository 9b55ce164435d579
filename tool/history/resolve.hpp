#pragma once

#include "history/state.hpp"
#include "history/target.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace retort {

/// What a target names in a history.
struct Spot {
  std::vector<Index> at;       ///< revisions, in id order
  std::vector<Index> below;    ///< bases: the spot lies below them
  std::optional<State> branch; ///< absent: no branch was named
};

/// Resolves targets against a history and, where they count from `current`, a state. Never guesses: whatever could mean
/// several revisions is an error that lists them. Not to be kept longer than either.
class Resolver {
public:
  /// `current` may be null: there is no database then, and what counts from one is an error.
  Resolver(const History& history, const State* current) : history_(history), current_(current) {}

  /// Throws Failure: Exit::usage for what does not resolve, Exit::migrations for `head` when the history has several.
  Spot resolve(const Target& target) const;

  /// The revision that an exact id, a label, or a unique prefix of at least four characters names; on `branch` alone,
  /// where it is given. Throws Failure (Exit::usage).
  Index resolve_name(std::string_view name, const State* branch = nullptr) const;

private:
  Spot start(const Target& target) const;
  Spot climb(const Target& target, Spot spot) const;
  Spot descend(const Target& target, Spot spot) const;
  Index single_head(const Target& target, const std::vector<Index>& heads) const;
  std::vector<Index> on_branch(std::vector<Index> members, const Spot& spot) const;

  const History& history_;
  const State* current_;
};

/// Resolves targets separated by commas.
std::vector<Spot> resolve(const History& history, std::string_view targets, const State* current);

/// The revisions that targets name, in their order. Throws as Resolver::resolve.
std::vector<Index> resolve_revisions(const History& history, std::string_view targets, const State* current = nullptr);

/// The one revision that a target names. Throws as Resolver::resolve, and Failure (Exit::usage) when that is several
/// or none.
Index resolve_revision(const History& history, std::string_view target, const State* current = nullptr);

/// The state that targets describe: the revisions that they name, and all that these follow or depend on. Throws as
/// Resolver::resolve.
State resolve_state(const History& history, std::string_view targets, const State* current = nullptr);

/// The error for a history with several heads: where they are, where they part, and what can be done.
Diagnostic several_heads(const History& history, const std::vector<Index>& heads);

/// How far it is until no more steps can be made, for messages: `only 2 revisions are left`.
std::string steps_left(long steps, std::string_view rest);

/// Notes that list what an ambiguous word could have meant.
std::vector<Note> candidates(const History& history, const std::vector<Index>& members);

} // namespace retort
