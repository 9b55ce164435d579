#pragma once

#include "cli/commands.hpp"
#include "library/migration.hpp"

namespace retort {

void add_migration_options(cxxopts::OptionAdder& options);

/// Throws Failure (Exit::usage) when a script would come to lie in a JSON document.
void check_output(const Context& context);

/// Runs the migration online, or writes its script (--sql), or prints its steps (--plan).
Exit run_migration(const Context& context, Migration migration);

} // namespace retort
