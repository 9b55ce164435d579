#pragma once

#include "cli/migration.hpp"

#include <string>
#include <vector>

namespace retort {

/// What a build asks of the commands that migrate: --validate and --depfile.
void add_build_options(cxxopts::OptionAdder& options);

/// A migration whose script is proven, and can be a part of a build.
class BuildMigration : public MigrationRun {
public:
  using MigrationRun::MigrationRun;

private:
  void check_options() const override;
  History load() override;
  void script_planned(const Plan& plan) const override;
  void script_written(const std::string& file) const override;

  std::vector<std::string> inputs_; ///< what load() read
};

} // namespace retort
