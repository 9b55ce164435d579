#pragma once

#include <chrono>

namespace retort {

/// The end of a wait that begins now, as late as the clock can say.
inline std::chrono::steady_clock::time_point deadline_in(std::chrono::milliseconds wait) {
  using Clock = std::chrono::steady_clock;
  const auto now = Clock::now();
  const auto longest = std::chrono::floor<std::chrono::milliseconds>(Clock::time_point::max() - now);
  return wait < longest ? now + wait : Clock::time_point::max();
}

} // namespace retort
