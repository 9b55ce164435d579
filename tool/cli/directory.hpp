#pragma once

#include "cli/context.hpp"
#include "revision/compile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace retort {

/// The migrations directory of a command, as the user would write it.
std::string migrations_directory(const Context& context);

/// Reads and verifies the migrations directory, for a dialect where one is given. Reports all diagnostics; throws
/// Failure (Exit::migrations) without a further message when there were errors. `inputs` receives what was read.
History load_directory(const Context& context, std::optional<Dialect> dialect, WayDown way_down = WayDown::must_work,
                       std::vector<std::string>* inputs = nullptr);

} // namespace retort
