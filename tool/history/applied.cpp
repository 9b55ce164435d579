#include "history/applied.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {

bool Applied::operator==(const Applied& other) const {
  const auto same_revision = [](const AppliedRevision& a, const AppliedRevision& b) {
    return a.id == b.id && a.checksum == b.checksum;
  };
  const auto same_unit = [](const FinishedUnit& a, const FinishedUnit& b) { return a.id == b.id && a.unit == b.unit; };
  return std::equal(revisions.begin(), revisions.end(), other.revisions.begin(), other.revisions.end(),
                    same_revision) &&
         std::equal(journal.begin(), journal.end(), other.journal.begin(), other.journal.end(), same_unit);
}

State state_of(const History& history, const Applied& applied) {
  State state(history.size());
  for (const AppliedRevision& row : applied.revisions) {
    if (const auto index = history.find(row.id)) {
      state.add(*index);
    }
  }
  return state;
}

Drift find_drift(const History& history, const Applied& applied) {
  Drift drift;
  const State state = state_of(history, applied);
  for (const AppliedRevision& row : applied.revisions) {
    const auto index = history.find(row.id);
    if (!index) {
      drift.gone.push_back(&row);
    } else if (history[*index].checksum != row.checksum) {
      drift.edited.push_back(*index);
    }
  }
  const State needed = closure(history, state.members());
  for (const Index member : needed.members()) {
    if (!state.contains(member)) {
      drift.out_of_order.push_back(member);
    }
  }
  return drift;
}

void report_drift(const History& history, const Drift& drift, Diagnostics& diagnostics) {
  for (const AppliedRevision* row : drift.gone) {
    diagnostics.error(fmt::format("{} is applied to the database, but has no file here: {}", row->id, row->message))
        .hint = "get the file back, or, if it is meant to be gone, forget it with 'stamp --purge'";
  }
  for (const Index index : drift.edited) {
    const Revision& revision = history[index];
    diagnostics.error(fmt::format("{} was edited after it was applied", revision.id), locate(revision.path)).hint =
        "undo the edit and write a new revision; or accept the new text with 'stamp' to the current state";
  }
  for (const Index index : drift.out_of_order) {
    const Revision& revision = history[index];
    diagnostics
        .error(fmt::format("{} is not applied, but revisions that follow it are", revision.id), locate(revision.path))
        .hint = revision.revises ? "apply it late with --out-of-order"
                                 : "give it an id above the applied ones, or apply it late with --out-of-order";
  }
}

void report_journal(const std::vector<FinishedUnit>& journal, Diagnostics& diagnostics) {
  for (const FinishedUnit& unit : journal) {
    diagnostics
        .error(fmt::format("{} was interrupted on its way {} behind part {}", unit.id, name(unit.direction),
                           unit.unit + 1))
        .hint = "run the same command again: it goes on where it stopped";
  }
}

} // namespace retort
