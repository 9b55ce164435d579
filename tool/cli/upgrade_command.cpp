#include "cli/migration.hpp"

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  add_migration_options(options);
  options("idempotent", "with --sql, PostgreSQL: run only the revisions that the database lacks");
  options("out-of-order", "apply revisions below the applied ones late");
}

Exit run(const Context& context) { return MigrationRun(context, Migration::upgrade).run(); }

} // namespace

const CommandLine upgrade_command = {"upgrade", "TARGET", "apply revisions up to TARGET, or write that as a script",
                                     add_options, run};

} // namespace retort
