#include "cli/migration.hpp"

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  add_migration_options(options);
  options("purge", "forget every revision of the table first, known or not");
}

Exit run(const Context& context) { return MigrationRun(context, Migration::stamp).run(); }

} // namespace

const CommandLine stamp_command = {"stamp", "TARGET...",
                                   "record that the database is at TARGET, without running anything", add_options, run};

} // namespace retort
