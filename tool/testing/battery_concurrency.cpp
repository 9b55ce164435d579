#include "testing/battery_database.hpp"
#include "testing/battery_tests.hpp"
#include "testing/forked_process.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <memory>

namespace retort {
namespace {

/// What the processes wait at: it opens for all of them when the one that made it says so.
class Gate {
public:
  Gate() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) == 0) {
      here_ = Descriptor(ends[0]);
      there_ = Descriptor(ends[1]);
    }
  }

  void open() { there_.reset(); }

  /// In another process.
  void wait() {
    there_.reset();
    char nothing = 0;
    static_cast<void>(::read(here_.number(), &nothing, 1));
  }

private:
  Descriptor here_;
  Descriptor there_;
};

std::size_t number_in(const std::string& text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

} // namespace

void test_two_at_once(BatteryRun& run) {
  const BatteryDatabase alone(run);
  alone.upgrade(run.given().contents.target);
  const BatteryDatabase shared(run);
  Gate gate;
  const auto work = [&] {
    gate.wait();
    return std::to_string(shared.upgrade(run.given().contents.target));
  };
  std::array<std::unique_ptr<ForkedProcess>, 2> processes = {std::make_unique<ForkedProcess>(work),
                                                             std::make_unique<ForkedProcess>(work)};
  gate.open();
  std::size_t steps = 0;
  for (const auto& process : processes) {
    const ForkedProcess::Outcome outcome = process->wait();
    if (outcome.status != 0 || outcome.signal != 0) {
      Diagnostic& diagnostic = run.blame("one of two processes that upgrade at the same time fails");
      add_notes(diagnostic, {outcome.output});
      diagnostic.hint = "a revision must not release Retort's lock";
    } else {
      steps += number_in(outcome.output);
    }
  }
  if (run.has_errors()) {
    return;
  }
  std::vector<std::string> lines = differences(alone.snapshot(), shared.snapshot(), Rows::counted);
  if (steps != run.order().size()) {
    lines.push_back(fmt::format("they ran {} steps instead of {}", steps, run.order().size()));
  }
  if (!lines.empty()) {
    Diagnostic& diagnostic = run.blame("two processes that upgrade at the same time lead elsewhere than one");
    add_notes(diagnostic, lines);
    diagnostic.hint = "a revision must not release Retort's lock";
  }
}

} // namespace retort
