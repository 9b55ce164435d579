#include "cli/migration.hpp"

namespace retort {
namespace {

Exit run(const Context& context) { return run_migration(context, Migration::downgrade); }

} // namespace

const CommandLine downgrade_command = {
    "downgrade", "TARGET", "undo revisions down to TARGET, or write that as a script", add_migration_options, run};

} // namespace retort
