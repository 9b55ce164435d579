#pragma once

#include "library/migration.hpp"
#include "session/session.hpp"

#include <retort/migration.hpp>

#include <exception>
#include <optional>

namespace retort {

/// What a session is to be set up with for a caller's options.
SessionOptions session_options(const Options& options);

/// One migration that a program asks for: plans it, tells the program how it goes, and collects the report. The
/// arguments must outlive it.
class Operation : public Observer {
public:
  /// Throws as require().
  Operation(const EmbeddedHistory& embedded, Dialect dialect, MigrationRequest request, const Options& options);

  /// Whether all revisions are to be applied. Nothing has to be planned where they are, before finish().
  bool goes_to_heads() const;

  /// The planner's answer for a session with these facts. The history is opened when it is needed: a database that is
  /// at the heads already costs a comparison.
  Stream plan(const Applied& applied, const Session& session);
  Stream plan(const Applied& applied, Surroundings surroundings, std::vector<std::string> resets);

  /// The report of the migration, which has succeeded.
  Report finish();

  /// Throws what became of `thrown`: a Failure as Error, with what was committed before it.
  [[noreturn]] void fail(std::exception_ptr thrown);

  bool follows() const override;
  void step_started(const Step& step) override;
  void statement_ran(const Step& step, const Command& command) override;
  void step_committed(const Step& step) override;
  void waiting_for_lock(const std::string& holder) override;
  void warned(const Diagnostic& diagnostic) override;

private:
  const History& history();
  const History& history_of(const Applied& applied);
  MigratedRevision migrated(const Step& step);
  void tell(const Event& event) const;

  const EmbeddedHistory& embedded_;
  Dialect dialect_;
  MigrationRequest request_;
  const Options& options_;
  std::optional<History> history_;
  std::optional<History> followed_; ///< where the database goes by revisions that were replaced
  std::optional<State> state_;      ///< known once planned with the history
  std::size_t started_ = 0;
  std::size_t count_ = 0;
  Report report_;
};

/// How a database in that state stands to a history. Throws Error (request) for a target that does not resolve.
Status status_of(const EmbeddedHistory& embedded, Dialect dialect, const Applied& applied, const Options& options);

/// The parts of a status that say where the database stands and what is pending. Throw Error (newer, drifted).
std::vector<std::string> current_of(const Status& status);
std::vector<RevisionName> pending_of(Status status);

/// Throws Error (request) when the history lacks the dialect.
void require(const EmbeddedHistory& embedded, Dialect dialect);

/// The failure as the library's exception.
Error error_of(const Failure& failure, Report report = {});

} // namespace retort
