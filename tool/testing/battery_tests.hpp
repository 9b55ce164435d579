#pragma once

#include "testing/battery_run.hpp"

namespace retort {

// The tests of the battery, as docs/testing.md describes them. What is wrong goes to the run's diagnostics; what keeps
// a test from going on is thrown.

void test_single_head(BatteryRun& run);
void test_upgrade(BatteryRun& run);
void test_stepwise(BatteryRun& run);

void test_up_down_up(BatteryRun& run);

void test_offline_equals_online(BatteryRun& run);
void test_idempotent_script(BatteryRun& run);
void test_guard(BatteryRun& run);

void test_populated(BatteryRun& run);

void test_two_at_once(BatteryRun& run);

void test_killed(BatteryRun& run);

void test_declared_schema(BatteryRun& run);

} // namespace retort
