#include "history/target.hpp"
#include "session/sqlite_session.hpp"
#include "validate/sqlite_verdict.hpp"
#include "validate/validate.hpp"

namespace retort {
namespace {

class WarningCollector : public Observer {
public:
  explicit WarningCollector(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}
  void warned(const Diagnostic& diagnostic) override { diagnostics_.add(diagnostic); }

private:
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
  SqliteSession session({Dialect::sqlite, ":memory:"}, options);
  WarningCollector observer(diagnostics);
  StreamOptions stream_options;
  stream_options.dialect = Dialect::sqlite;
  try {
    for (const Plan& part : {way_to_start(history, plan), plan}) {
      session.migrate([&](const Applied&) { return render_stream(history, part, stream_options); }, observer);
    }
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
}

} // namespace retort
