#include "cli/build_migration.hpp"

#include "cli/directory.hpp"
#include "script/depfile.hpp"
#include "text/file.hpp"
#include "validate/validate.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

Validation validation(const Context& context, Dialect dialect) {
  const std::string given = context.arguments().text("validate").value_or("off");
  const bool executes = given == "execute" && dialect == Dialect::sqlite;
  if (given != "off" && given != "parse" && !executes) {
    fail_usage(fmt::format("--validate cannot be '{}' for {}", given, name(dialect)),
               dialect == Dialect::sqlite ? "it is off, parse or execute" : "it is off or parse");
  }
  return executes ? Validation::execute : given == "parse" ? Validation::parse : Validation::off;
}

} // namespace

void add_build_options(cxxopts::OptionAdder& options) {
  options("depfile", "write what the script depends on, for a build system", cxxopts::value<std::string>(), "FILE");
  options("validate", "prove the script first: off, parse, or execute (SQLite)", cxxopts::value<std::string>(), "HOW");
}

void BuildMigration::check_options() const {
  MigrationRun::check_options();
  goes_with_sql("depfile");
  goes_with_sql("validate");
  if (has("depfile") && !has("output")) {
    fail_usage("--depfile goes with --output");
  }
}

History BuildMigration::load() {
  // A script down is what a build proves; a broken way down must not keep a database from going up, or from going
  // down elsewhere.
  const bool proves =
      migration() == Migration::downgrade && has("sql") && context().arguments().text("validate") != "off";
  return load_directory(context(), dialect(), proves ? WayDown::must_work : WayDown::may_fail, &inputs_);
}

void BuildMigration::script_planned(const Plan& plan) const {
  Diagnostics diagnostics;
  switch (validation(context(), dialect())) {
  case Validation::off: break;
  case Validation::parse:
    (dialect() == Dialect::sqlite ? parse_sqlite : parse_postgresql)(history(), plan, diagnostics);
    break;
  case Validation::execute:
    try_sqlite(history(), plan, context().arguments().texts("sqlite-extension"), diagnostics);
    break;
  }
  context().console().report(diagnostics);
}

void BuildMigration::script_written(const std::string& file) const {
  if (const auto depfile = context().arguments().text("depfile")) {
    write_file(*depfile, write_depfile(file, inputs_));
  }
}

} // namespace retort
