#pragma once

#include "history/state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A row of the revision table.
struct AppliedRevision {
  std::string id;
  std::string checksum;
  std::string message;
  std::string applied_at;
  std::optional<std::string> applied_by;
  std::optional<std::int64_t> duration_ms;
  std::string retort_version;
};

/// A row of the journal: a finished unit of a revision that is not finished as a whole.
struct FinishedUnit {
  std::string id;
  Direction direction = Direction::up;
  std::size_t unit = 0;
  std::string checksum;
};

/// What a database says of itself.
struct Applied {
  bool has_table = false;
  bool has_journal = false;
  std::vector<AppliedRevision> revisions;
  std::vector<FinishedUnit> journal; ///< in the order of their numbers

  bool operator==(const Applied& other) const;
};

/// Which rows of a database do not fit its history (F37).
struct Drift {
  std::vector<const AppliedRevision*> gone; ///< applied, but no longer in the history
  std::vector<Index> edited;                ///< applied with another text
  std::vector<Index> out_of_order;          ///< not applied, below one that is

  bool empty() const { return gone.empty() && edited.empty() && out_of_order.empty(); }
};

/// The members of `history` that are applied.
State state_of(const History& history, const Applied& applied);

/// Compares a database with a history that was compiled for its dialect.
Drift find_drift(const History& history, const Applied& applied);

/// One error for each finding, with what to do next.
void report_drift(const History& history, const Drift& drift, Diagnostics& diagnostics);

/// An error for each revision that was interrupted.
void report_journal(const std::vector<FinishedUnit>& journal, Diagnostics& diagnostics);

} // namespace retort
