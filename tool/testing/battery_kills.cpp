#include "testing/battery_database.hpp"
#include "testing/battery_tests.hpp"
#include "testing/forked_process.hpp"

#include <fmt/format.h>

#include <csignal>

namespace retort {
namespace {

/// Ends the process behind a statement.
class Killer : public Observer {
public:
  explicit Killer(std::size_t statements) : left_(statements) {}

  void statement_ran(const Step& /*step*/, const Command& /*command*/) override {
    if (--left_ == 0) {
      ::raise(SIGKILL);
    }
  }

private:
  std::size_t left_;
};

std::size_t statements_of(const Change& change) {
  std::size_t statements = 0;
  for (const Unit& unit : change.units) {
    statements += unit.pieces.size();
  }
  return statements;
}

/// Whether a kill can only leave what was there before.
bool is_one_transaction(const Change& change) {
  return change.units.empty() || (change.units.size() == 1 && change.units.front().transactional);
}

class Killed {
public:
  explicit Killed(BatteryRun& run) : run_(run), database_(run) {}

  void run() {
    std::size_t kills = 0;
    for (const Index index : run_.order()) {
      const std::size_t statements = statements_of(run_.history()[index].up);
      is_one_transaction(run_.history()[index].up) ? kill_in_transaction(index, statements)
                                                   : kill_in_parts(index, statements);
      if (run_.has_errors()) {
        return;
      }
      database_.upgrade(run_.history()[index].id);
      kills += statements;
    }
    run_.remark(fmt::format("killed {} times", kills));
  }

private:
  std::string place(std::size_t statement, std::size_t statements) const {
    return fmt::format("killed behind statement {} of {}", statement, statements);
  }

  /// False, once that is reported, when the upgrade by one revision ended otherwise.
  bool kill(const BatteryDatabase& database, Index index, std::size_t statement, std::size_t statements) {
    SessionOptions options = run_.given().options;
    options.batching = Batching::single;
    ForkedProcess process([&] {
      Killer killer(statement);
      database.upgrade(run_.history()[index].id, options, killer);
      return std::string();
    });
    const ForkedProcess::Outcome outcome = process.wait();
    if (outcome.signal != SIGKILL) {
      Diagnostic& diagnostic =
          run_.blame(index, Direction::up,
                     fmt::format("{} could not be {}", run_.history()[index].id, place(statement, statements)));
      add_notes(diagnostic, {outcome.output.empty() ? "the upgrade ended before" : outcome.output});
      diagnostic.hint = "the test 'upgrade' must succeed first";
    }
    return outcome.signal == SIGKILL;
  }

  void report(Index index, std::string_view problem, std::string_view killed, const std::vector<std::string>& lines) {
    if (lines.empty()) {
      return;
    }
    Diagnostic& diagnostic = run_.blame(index, Direction::up,
                                        fmt::format("{} {} when it was {}", run_.history()[index].id, problem, killed));
    add_notes(diagnostic, lines);
    diagnostic.hint = "what runs outside a transaction must be able to run a second time: IF NOT EXISTS, for example";
  }

  /// All kills start from the same database, which they must not change.
  void kill_in_transaction(Index index, std::size_t statements) {
    const Snapshot before = database_.snapshot();
    for (std::size_t statement = 1; statement <= statements && !run_.has_errors(); ++statement) {
      if (kill(database_, index, statement, statements)) {
        report(index, "leaves something behind", place(statement, statements),
               differences(before, database_.snapshot(), Rows::compared));
      }
    }
  }

  /// What a kill leaves is finished by running the upgrade again.
  void kill_in_parts(Index index, std::size_t statements) {
    BatteryDatabase database(run_, database_.url());
    database.upgrade(run_.history()[index].id);
    const Snapshot expected = database.snapshot();
    for (std::size_t statement = 1; statement <= statements && !run_.has_errors(); ++statement) {
      database.copy(database_.url());
      if (!kill(database, index, statement, statements)) {
        return;
      }
      database.snapshot(); // once nobody migrates it any more
      try {
        database.upgrade(run_.history()[index].id);
      } catch (const Failure& failure) {
        database.snapshot();
        report(index, "cannot be finished", place(statement, statements), {failure.diagnostics().front().message});
        return;
      }
      report(index, "ends elsewhere", place(statement, statements),
             differences(expected, database.snapshot(), Rows::counted));
    }
  }

  BatteryRun& run_;
  BatteryDatabase database_;
};

} // namespace

void test_killed(BatteryRun& run) { Killed(run).run(); }

} // namespace retort
