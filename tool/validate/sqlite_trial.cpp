#include "history/target.hpp"
#include "session/sqlite_file.hpp"
#include "validate/lost_objects.hpp"
#include "validate/sqlite_verdict.hpp"
#include "validate/validate.hpp"

namespace retort {
namespace {

/// Takes down what the session warns of, and what a revision loses.
class TrialObserver : public Observer {
public:
  TrialObserver(SqliteFile& session, LostObjects& lost, Diagnostics& diagnostics)
      : session_(session), lost_(lost), diagnostics_(diagnostics) {}

  void warned(const Diagnostic& diagnostic) override { diagnostics_.add(diagnostic); }

  void step_started(const Step& step) override {
    if (in_plan) {
      lost_.step_of_plan(step, session_.connection());
    } else {
      lost_.step_before_plan(step, session_.connection());
    }
  }

  bool in_plan = false;

private:
  SqliteFile& session_;
  LostObjects& lost_;
  Diagnostics& diagnostics_;
};

/// The steps from base to the plan's start.
Plan way_to_start(const History& history, const Plan& plan) {
  Plan way{State(history.size())};
  for (const Index index : history.order()) {
    if (plan.start.contains(index)) {
      way.steps.push_back({Direction::up, Action::run, index, 0});
    }
  }
  return way;
}

} // namespace

void try_sqlite(const History& history, const Plan& plan, const std::vector<std::string>& extensions,
                Diagnostics& diagnostics) {
  SessionOptions options;
  options.sqlite_extensions = extensions;
  options.other_files = OtherFiles::refused;
  SqliteFile session({Dialect::sqlite, ":memory:"}, options);
  LostObjects lost(history, plan);
  TrialObserver observer(session, lost, diagnostics);
  StreamOptions stream_options;
  stream_options.dialect = Dialect::sqlite;
  try {
    const auto run = [&](const Plan& part) {
      session.migrate([&](const Applied&) { return render_stream(history, part, stream_options); }, observer);
    };
    run(way_to_start(history, plan));
    observer.in_plan = true;
    run(plan);
    lost.end_of_plan(session.connection());
  } catch (const Failure& failure) {
    for (Diagnostic diagnostic : failure.diagnostics()) {
      if (!diagnostic.notes.empty()) {
        diagnostic.notes.pop_back(); // what was committed, in a database that is thrown away
      }
      if (forgive_newer(diagnostic)) {
        diagnostic.notes.push_back({"the trial run ends here; what follows was not tried", {}});
      }
      diagnostics.add(std::move(diagnostic));
    }
  }
  lost.report(diagnostics);
}

} // namespace retort
