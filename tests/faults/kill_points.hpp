#pragma once

#include "cli/process.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <functional>

namespace retort {

/// Runs a program again and again, killed at its first, second, … call that leaves a trace outside of it, until it runs
/// through. `prepare` makes the scene before each run, `check` looks at what a killed run left. Returns how often it
/// was killed.
inline int for_each_kill_point(Invocation invocation, const std::function<void()>& prepare,
                               const std::function<void()>& check) {
  invocation.environment["LD_PRELOAD"] = RETORT_KILL_SWITCH;
  // A sanitizer wants to be loaded first; the switch needs none of it.
  invocation.environment["ASAN_OPTIONS"] = "verify_asan_link_order=0";
  for (int point = 1; point < 2000; ++point) {
    SCOPED_TRACE("killed at point " + std::to_string(point));
    prepare();
    invocation.environment["RETORT_KILL_AT"] = std::to_string(point);
    const Output output = run_process(invocation);
    if (output.status == 0) {
      return point - 1;
    }
    EXPECT_EQ(output.status, 128 + SIGKILL) << output.text();
    check();
    if (testing::Test::HasFailure()) {
      return point;
    }
  }
  ADD_FAILURE() << "the program does not come to an end";
  return 0;
}

} // namespace retort
