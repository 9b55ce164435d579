#pragma once

#include "cli/schema_way.hpp"
#include "cli/unseen_statements.hpp"

#include <functional>
#include <optional>

namespace retort {

class Context;
class ScratchMaker;

/// What a range of revisions does in one dialect, and what one revision in its place would do.
struct SquashedWay {
  /// The statements of a direction that no comparison of schemas can see.
  struct Unseen {
    std::vector<UnseenStatement> kept; ///< behind the change of the schema, or, on the way down, in front of it
    std::vector<UnseenStatement> left; ///< only named in the file
  };

  SchemaWay way;
  Unseen up;
  Unseen down;
  Contents end;                  ///< of a new database that took the range
  std::optional<Contents> start; ///< of that database after the way down; absent where there is none that runs
  std::vector<std::string> lost; ///< a line for each thing besides the schema that the new revision does otherwise

  Dialect dialect() const { return way.dialect; }
};

/// The way of the range `range` of the history, which is in id order and compiled for no dialect yet.
SquashedWay squashed_way(const Context& context, ScratchMaker& scratch, const std::vector<Index>& range,
                         Dialect dialect);

/// Leaves out what `is_left` says, and settings that nothing is behind any more.
void leave_out(SquashedWay& squashed, const std::function<bool(const UnseenStatement&)>& is_left);

/// A kept statement whose settings would hold for what follows it in the new revision, and did not in the range.
const UnseenStatement* leaking_setting(const SquashedWay& squashed);

/// The sections of one direction.
std::string section_text(const SquashedWay& squashed, Direction direction, std::string_view words);

/// Goes up, and down, by the revision with that id of `history`, compares the schemas, and, for `lost`, what else is in
/// the databases.
std::vector<Gap> prove(SquashedWay& squashed, const History& history, const std::string& id, Ways ways);

} // namespace retort
