#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// Where a target begins to count.
enum class Place {
  head,
  heads,
  base,
  current, ///< where the database is
  revision ///< an id, a prefix of one, or a label
};

/// A target as it is written: `[BRANCH@]PLACE[+N|-N]`. The grammar is docs/targets.md.
struct Target {
  std::string text;   ///< the whole of it, for messages
  std::string branch; ///< what stands before `@`; empty: none
  Place place = Place::current;
  std::string name; ///< of Place::revision
  long steps = 0;   ///< upwards when positive
};

/// Reads targets separated by commas. Throws Failure (Exit::usage) for what is not of the form.
std::vector<Target> parse_targets(std::string_view text);

/// `start:end`; without a colon there is only an end. Either side may be empty.
struct Range {
  std::optional<std::string> start;
  std::string end;
};

/// Splits a range at its colon. Throws Failure (Exit::usage) when there are two.
Range parse_range(std::string_view text);

} // namespace retort
