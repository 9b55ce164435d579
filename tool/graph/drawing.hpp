#pragma once

#include "history/history.hpp"

#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A line of a drawn history.
struct GraphLine {
  std::string lanes; ///< made of `*`, `|`, `/`, `\`, `_` and blanks; empty between parts without a connection
  std::optional<Index> revision; ///< whose `*` is on this line

  bool operator==(const GraphLine&) const = default;
};

/// Draws revisions from top to bottom, each above its parents, with lines from each one to its parents. In `order` a
/// revision comes before its parents; lines to parents that are not in it are left out.
///
/// Lane n is column 2n. At any height one lane at most leads to a revision, whose children all join it: the width is
/// the number of revisions that are awaited. `|` goes straight down, `/` and `\` lead to the neighbouring lane, `_`
/// carries a line over the lanes between. Lines that meet at one point in two directions, and leave it in the same two,
/// cross; where fewer leave, they join.
std::vector<GraphLine> draw(const History& history, const std::vector<Index>& order);

} // namespace retort
