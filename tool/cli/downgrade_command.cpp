#include "cli/migration.hpp"

namespace retort {
namespace {

Exit run(const Context& context) { return MigrationRun(context, Migration::downgrade).run(); }

} // namespace

const CommandLine downgrade_command = {
    "downgrade", "TARGET", "undo revisions down to TARGET, or write that as a script", add_migration_options, run};

} // namespace retort
