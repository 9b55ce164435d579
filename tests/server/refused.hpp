#pragma once

#include "text/diagnostic.hpp"

#include <string>

namespace retort {

/// What `action` throws, as the user sees it: the exit status, then the message; empty when it throws nothing.
template <typename Action>
std::string refused(Action action) {
  try {
    action();
    return {};
  } catch (const Failure& failure) {
    std::string text = std::to_string(static_cast<int>(failure.exit())) + "\n";
    for (const Diagnostic& diagnostic : failure.diagnostics()) {
      text += render(diagnostic);
    }
    return text;
  }
}

} // namespace retort
