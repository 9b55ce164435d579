#include "testing/battery.hpp"

#include "testing/battery_tests.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

struct BatteryTest {
  std::string_view name;
  void (*run)(BatteryRun&);
};

constexpr BatteryTest battery[] = {
    {"single_head", test_single_head},
    {"upgrade", test_upgrade},
    {"stepwise", test_stepwise},
    {"up_down_up", test_up_down_up},
    {"offline_equals_online", test_offline_equals_online},
    {"idempotent_script", test_idempotent_script},
    {"guard", test_guard},
    {"populated", test_populated},
    {"two_at_once", test_two_at_once},
    {"killed", test_killed},
    {"declared_schema", test_declared_schema},
};

std::string names() {
  std::string joined;
  for (const BatteryTest& test : battery) {
    joined += fmt::format("{}{}", joined.empty() ? "" : ", ", test.name);
  }
  return joined;
}

} // namespace

std::vector<std::string_view> battery_names() {
  std::vector<std::string_view> names;
  for (const BatteryTest& test : battery) {
    names.push_back(test.name);
  }
  return names;
}

BatteryResult run_battery(std::string_view name, const BatteryCase& given) {
  const auto* const test = std::ranges::find(battery, name, &BatteryTest::name);
  if (test == std::end(battery)) {
    throw Failure(Exit::usage, {Severity::error,
                                fmt::format("there is no test '{}' in the battery", name),
                                {},
                                {},
                                fmt::format("the tests are {}", names())});
  }
  BatteryRun run(given, name);
  try {
    test->run(run);
  } catch (const Failure& failure) {
    run.fail(failure);
  }
  return run.take();
}

} // namespace retort
