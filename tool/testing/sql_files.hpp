#pragma once

#include "plan/stream.hpp"
#include "session/session.hpp"
#include "text/source.hpp"

#include <deque>
#include <filesystem>
#include <string_view>
#include <vector>

namespace retort {

/// Files of SQL that are no revisions: the seeds of a test database, a declared schema.
class SqlFiles {
public:
  /// Reads and splits them. `what` one of them is stands in messages: `a seed`. Throws Failure:
  /// Exit::usage for a file that cannot be read, Exit::migrations for what is wrong in it.
  SqlFiles(const std::vector<std::filesystem::path>& paths, Dialect dialect, std::string_view what);

  const std::deque<Source>& sources() const { return sources_; }

  /// Of each file.
  const std::vector<std::vector<Command>>& commands() const { return commands_; }

  /// In their order, each file in one transaction. Throws Failure as the session does.
  void run(Session& session, Observer& observer) const;

private:
  std::deque<Source> sources_; // whose addresses the commands have
  std::vector<std::vector<Command>> commands_;
};

/// Runs commands that belong to no revision. Throws Failure as the session does.
void run_commands(Session& session, const std::vector<Command>& commands, Observer& observer);

} // namespace retort
