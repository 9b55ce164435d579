#pragma once

#include "revision/revision.hpp"
#include "text/diagnostic.hpp"
#include "text/digest.hpp"

namespace retort {

/// What an error in a section of a way down means.
enum class WayDown {
  must_work, ///< it is an error
  may_fail   ///< it is a warning, and the revision counts as irreversible
};

/// Splits the revision's sections for `dialect` and fills `up`, `down`, `checksum` and `cuts_transaction`.
///
/// Refuses transaction control and statements that cannot run where they stand (F15, F16, F29). One exception: a
/// section whose first and last statements are BEGIN and COMMIT, in SQLite with PRAGMA foreign_keys around them, asks
/// for what Retort does anyway; these statements are left out, with a note. A revision without any section for the
/// dialect does nothing there, in both directions.
void compile(Revision& revision, Dialect dialect, WayDown way_down, Digest& digest, Diagnostics& diagnostics);

} // namespace retort
