#pragma once

#include "cli/commands.hpp"
#include "library/migration.hpp"

#include <cxxopts.hpp>

#include <optional>
#include <string>

namespace retort {

void add_migration_options(cxxopts::OptionAdder& options);

/// What --transaction says. Throws Failure (Exit::usage).
std::optional<Transactions> asked_transactions(const Context& context);

/// What `upgrade` asks of a database.
MigrationRequest upgrade_request(const Context& context, const std::string& target);

/// Where a plan ends.
State end_of(const Plan& plan);

/// Throws Failure (Exit::usage) when a script would come to lie in a JSON document.
void check_output(const Context& context);

/// A command that migrates: online, as a script (--sql), or as a list of steps (--plan).
class MigrationRun {
public:
  MigrationRun(const Context& context, Migration migration);
  virtual ~MigrationRun() = default;

  Exit run();

protected:
  const Context& context() const { return context_; }
  /// As the database, or the start, follows it, once that is known.
  const History& history() const { return followed_ ? *followed_ : history_; }
  Migration migration() const { return migration_; }
  Dialect dialect() const { return dialect_; }
  bool has(const char* option) const { return context_.arguments().has(option); }

  /// Throws Failure (Exit::usage) when the option is there without --sql.
  void goes_with_sql(const char* option) const;

  /// Throws Failure (Exit::usage) for options that do not go together.
  virtual void check_options() const;
  virtual History load() { return context_.load(dialect_); }
  /// Is shown the plan of a script before it is written.
  virtual void script_planned(const Plan& /*plan*/) const {}
  /// The script is in that file.
  virtual void script_written(const std::string& /*file*/) const {}

private:
  MigrationRequest request(const std::string& target) const;
  void write_script(const std::string& target);
  Plan offline_plan(const State& start, const std::string& target, std::vector<std::string>& remarks) const;
  Stream render(const Session& session, const Applied& applied, const std::string& target);
  Stream planned_from(const std::string& state, const std::string& target);
  Stream planned_for_database(const std::string& target);
  void print_plan(const std::string& target);
  void migrate(const std::string& target);

  const Context& context_;
  Migration migration_;
  std::string target_;
  Dialect dialect_;
  History history_;
  std::optional<History> followed_;
};

} // namespace retort
