#pragma once

#include "history/applied.hpp"
#include "plan/stream.hpp"
#include "session/executor.hpp"
#include "session/url.hpp"
#include "text/diagnostic.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace retort {

/// What read() makes of an SQLite file that is not there.
enum class Absent { refused, empty };

/// What becomes of ATTACH and VACUUM INTO, which reach other files.
enum class OtherFiles { opened, refused };

struct SessionOptions {
  std::chrono::milliseconds lock_wait{60'000};    ///< how long to wait for another process that migrates this database
  std::chrono::milliseconds lock_timeout{5'000};  ///< how long one statement of a revision may wait for a table (F8)
  std::size_t lock_attempts = 5;                  ///< how often a transaction that waited too long is tried
  std::chrono::milliseconds statement_timeout{0}; ///< how long one statement of a revision may run; 0: for ever
  std::stop_token stop;                           ///< asked to stop, a run rolls back what is not committed
  std::vector<std::string> sqlite_extensions;     ///< shared libraries that SQLite loads
  Absent absent = Absent::refused;
  OtherFiles other_files = OtherFiles::opened;        ///< by SQL of SQLite
  Batching batching = Batching::many;                 ///< of what PostgreSQL is sent
  std::string schema{revision_table::default_schema}; ///< PostgreSQL: what stands first in search_path
};

/// Is told what goes on. Called on the thread that runs the session, between commands.
class Observer {
public:
  virtual ~Observer() = default;
  /// Whether it is to be told of each commit at once. Where the end is soon enough, a server sends its answers
  /// together, which costs both sides less.
  virtual bool follows() const { return true; }
  virtual void step_started(const Step& /*step*/) {}
  /// A statement of a revision ran.
  virtual void statement_ran(const Step& /*step*/, const Command& /*command*/) {}
  virtual void step_committed(const Step& /*step*/) {}
  /// Another process holds the lock; `holder` says which one.
  virtual void waiting_for_lock(const std::string& /*holder*/) {}
  virtual void warned(const Diagnostic& /*diagnostic*/) {}
};

/// A connection to a database that can be asked for its state and migrated. Not thread-safe.
/// Every member function throws Failure (Exit::database) when the database cannot be reached or refuses.
class Session {
public:
  virtual ~Session() = default;

  /// What the revision table says now, without a lock.
  virtual Applied read() = 0;

  /// What brings the session back to how it was set up, a statement each, for the plan to run behind every revision.
  /// Known once it has been connected: to a planner, for example, and behind read().
  virtual std::vector<std::string> resets() const { return {}; }

  /// Whether the caller has a transaction open that the run joins. Known as resets().
  virtual bool joins() const { return false; }

  /// Decides what to do to a database in that state. Asked again when the state is another one once the lock is taken,
  /// and beforehand where a database file would have to be created: a refusal then creates none.
  using Planner = std::function<Stream(const Applied&)>;

  /// Takes the lock, reads the state, asks for the plan and runs it; always releases the lock. Returns the number of
  /// steps that were committed; a Failure tells in a note what was committed before it.
  virtual std::size_t migrate(const Planner& planner, Observer& observer) = 0;
};

/// The failure where this build has no driver for PostgreSQL.
Failure cannot_connect_to_postgresql();

/// Opens the database of `url`. Throws Failure: Exit::usage for a URL of a dialect that this build cannot connect to.
std::unique_ptr<Session> open_session(const Url& url, const SessionOptions& options);

} // namespace retort
