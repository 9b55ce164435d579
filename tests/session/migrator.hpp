#pragma once

#include "plan/stream.hpp"
#include "session/session.hpp"
#include "session/test_database.hpp"
#include "support/revisions.hpp"

#include <string>
#include <vector>

namespace retort {

/// Writes down what a session tells, a line each.
class EventLog : public Observer {
public:
  EventLog(const History& history, bool follows) : history_(history), follows_(follows) {}

  bool follows() const override { return follows_; }

  void step_committed(const Step& step) override { text += "committed: " + describe(history_, step) + "\n"; }
  void waiting_for_lock(const std::string& /*holder*/) override { text += "waiting\n"; }
  void warned(const Diagnostic& diagnostic) override { text += render(diagnostic); }

  std::string text;

private:
  const History& history_;
  bool follows_;
};

/// Migrates a database through a Session with a history that is given as texts. What happened comes back as one text:
/// the events, then the number of steps, or the exit status and the diagnostics.
class Migrator {
public:
  Migrator(const Url& url, const std::vector<RevisionText>& revisions, const SessionOptions& session_options = {});
  Migrator(Dialect dialect, const std::vector<RevisionText>& revisions, std::unique_ptr<Session> session);

  std::string upgrade(const std::string& target = "head");
  /// Upgrades to head before another observer; the number of steps.
  std::size_t upgrade(Observer& observer);
  std::string downgrade(const std::string& target);
  std::string stamp(const std::string& target);
  std::string purge(const std::string& target);

  /// Runs the plan that `make_plan` makes of the state.
  using MakePlan = std::function<Plan(const Applied&)>;
  std::string migrate(const MakePlan& make_plan);

  const History& history() const { return history_; }
  Session& session() { return *session_; }

  Transactions transactions;
  bool follows = true; ///< whether events are wanted at once

private:
  Stream render(const Applied& applied, Plan plan) const;

  Dialect dialect_;
  History history_;
  std::unique_ptr<Session> session_;
};

} // namespace retort
