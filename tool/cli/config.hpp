#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A `[database.NAME]` of the configuration.
struct DatabaseConfig {
  std::string url;                                    ///< as written: `${NAME}` is replaced when it is used
  std::vector<std::filesystem::path> declared_schema; ///< DDL files, in their order; none: it is not declared
};

/// What retort.toml says (docs/configuration.md). Paths are resolved against the file's folder.
struct Config {
  std::optional<std::filesystem::path> path; ///< of the file; absent when there is none
  std::filesystem::path migrations = "migrations";
  std::map<std::string, DatabaseConfig> databases;
};

/// Reads `path`, or the retort.toml found upwards from the working directory, or the defaults when there is none.
/// Throws Failure (Exit::usage) at the line of a mistake; unknown keys are mistakes.
Config read_config(const std::optional<std::string>& path);

/// Replaces every `${NAME}` by the environment variable. Throws Failure (Exit::usage) for one that is not set.
std::string expand_environment(const std::string& text);

} // namespace retort
