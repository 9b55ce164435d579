#pragma once

#include "cli/context.hpp"

#include <string>

namespace retort {

/// Whether somebody is there to answer: on a terminal, and not where a document is written.
bool can_ask(const Context& context);

/// Whether the answer is yes. Anything else is a no, but the end of the input: that throws Failure (Exit::usage).
bool confirm(const std::string& question);

} // namespace retort
