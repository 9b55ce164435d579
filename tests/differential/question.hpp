#pragma once

#include "history/model.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

enum class Command { upgrade, downgrade, stamp, history, show };

/// A target as it is written.
struct WrittenTarget {
  std::string branch;
  std::string place; ///< empty: none
  std::string steps; ///< with its sign, and whatever follows; empty: none

  std::string text() const { return (branch.empty() ? "" : branch + "@") + place + steps; }
};

/// What was answered to a question, or that it was refused.
struct Answer {
  bool refused = false;
  std::string message;
  Ids ids; ///< revisions to run, in order; revisions to list; the state that a stamp leaves

  std::string text() const;
};

struct Question {
  Command command = Command::upgrade;
  std::vector<WrittenTarget> targets; ///< of a history the start and the end, without parts where it is left out
  IdSet state;
  Ids rows; ///< the state in Alembic's version table
  Answer alembic;

  /// The targets as on a command line.
  std::string targets_text() const;
  std::string text() const;
};

/// A state, and Alembic's version table for it; absent where Alembic failed to write that.
struct Recorded {
  IdSet state;
  std::optional<IdSet> rows;
};

/// A history and what was asked about it: a line of ask_alembic.py.
struct Interview {
  Model graph;
  std::vector<Recorded> states;
  std::vector<Question> questions;

  std::string history_text() const;
};

Interview read_interview(std::string_view line);

} // namespace retort
