#pragma once

#include "history/history.hpp"
#include "schema/schema.hpp"
#include "session/session.hpp"
#include "testing/contents.hpp"
#include "testing/sql_files.hpp"

#include <memory>
#include <string>

namespace retort {

/// A database for a moment, empty at first: SQLite's in memory, PostgreSQL's on a server. It goes with the object.
/// Member functions throw Failure as sessions do; what the database refuses in a file is a mistake in the file
/// (Exit::migrations).
class ScratchDatabase {
public:
  virtual ~ScratchDatabase() = default;

  virtual Dialect dialect() const = 0;
  virtual Session& session() = 0;

  /// What it consists of now.
  virtual Schema schema() = 0;

  /// What is in it now.
  virtual Contents contents() = 0;

  /// Brings it up, or down, to the target.
  void upgrade(const History& history, const std::string& target);
  void downgrade(const History& history, const std::string& target);

  /// Runs files that are no revisions.
  void run(const SqlFiles& files);
};

/// `server`: for PostgreSQL, the URL of a database on the server, by which others are made and removed. Throws Failure:
/// Exit::usage for a dialect that this build cannot connect to; Exit::database.
std::unique_ptr<ScratchDatabase> make_scratch_database(Dialect dialect, const std::string& server,
                                                       const SessionOptions& options);

} // namespace retort
