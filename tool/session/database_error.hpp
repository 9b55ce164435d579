#pragma once

#include "plan/stream.hpp"
#include "text/diagnostic.hpp"

#include <optional>
#include <string>

namespace retort {

/// What a database says when it refuses a command.
struct DatabaseError {
  std::string message;
  std::string code; ///< SQLSTATE, or SQLite's extended result code as a number; empty when there was no answer
  std::string detail;
  std::string hint;
  std::string context;
  std::optional<std::size_t> offset; ///< of the mistake, in bytes from the start of the command's SQL
  bool connection_lost = false;
};

/// The error as the user sees it: at its place in the revision's file when a statement of a revision was refused.
Diagnostic explain(const DatabaseError& error, const Command& command, Dialect dialect);

/// The error of a command that is Retort's own: `doing` says what was tried.
Diagnostic explain(const DatabaseError& error, std::string_view doing);

/// Says that the caller asked to stop.
Failure stopped();

/// The failure with a note on what of the plan was committed before it; unchanged where nothing was begun.
Failure after_commits(const Failure& failure, std::size_t committed);

} // namespace retort
