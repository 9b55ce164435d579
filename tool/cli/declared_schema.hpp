#pragma once

#include "cli/commands.hpp"

#include <filesystem>
#include <vector>

namespace retort {

/// The DDL files that say what the schema should be at head: those of --declared-schema, of the database that
/// --database names, or of the one of that dialect in the configuration that has some; a URL in a variable is of any.
/// Empty: none is declared. Throws Failure (Exit::usage) where several databases of that dialect declare one.
std::vector<std::filesystem::path> declared_schema(const Context& context, Dialect dialect);

/// Whether a database of the configuration is of that dialect, or can be: its URL may be in a variable.
bool is_for_dialect(const DatabaseConfig& database, Dialect dialect);

/// Whether the configuration has no database that is, or can be, of another dialect.
bool is_only_dialect(const Config& config, Dialect dialect);

/// --declared-schema.
void add_declared_schema_option(cxxopts::OptionAdder& options);

} // namespace retort
