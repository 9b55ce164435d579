#pragma once

#include "text/diagnostic.hpp"

#include <string>

namespace retort {

/// All diagnostics as the user sees them, in their order.
inline std::string rendered(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text += render(diagnostic);
  }
  return text;
}

inline std::string rendered(const Diagnostics& diagnostics) { return rendered(diagnostics.sorted()); }

/// What `action` throws: the exit status on a line of its own, then the diagnostics; empty when it throws nothing.
template <typename Action>
std::string refusal(Action action) {
  try {
    action();
    return {};
  } catch (const Failure& failure) {
    return std::to_string(static_cast<int>(failure.exit())) + "\n" + rendered(failure.diagnostics());
  }
}

} // namespace retort
