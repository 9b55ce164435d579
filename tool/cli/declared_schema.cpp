#include "cli/declared_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace retort {
namespace {

/// As far as the file says it: `${DATABASE_URL}` can be of any.
std::optional<Dialect> dialect_of(const DatabaseConfig& database) {
  return database.url.empty() || database.url.starts_with("${") ? std::nullopt
                                                                : std::optional(parse_url(database.url).dialect);
}

using NamedDatabase = std::pair<const std::string, DatabaseConfig>;

/// The database with a declared schema among those of that name, if any is given, and of that dialect, or of none that
/// is known.
const NamedDatabase* find_declared(const Context& context, Dialect dialect, std::optional<Dialect> known) {
  const std::vector<std::string> names = context.arguments().texts("database");
  const NamedDatabase* found = nullptr;
  for (const NamedDatabase& entry : context.config().databases) {
    if ((!names.empty() && names.front() != entry.first) || entry.second.declared_schema.empty() ||
        dialect_of(entry.second) != known) {
      continue;
    }
    if (found != nullptr) {
      fail_usage(
          fmt::format("the databases {} and {} both declare a schema for {}", found->first, entry.first, name(dialect)),
          "choose one with --database");
    }
    found = &entry;
  }
  return found;
}

} // namespace

bool is_for_dialect(const DatabaseConfig& database, Dialect dialect) {
  return dialect_of(database).value_or(dialect) == dialect;
}

bool is_only_dialect(const Config& config, Dialect dialect) {
  return config.databases.size() < 2 || std::ranges::all_of(config.databases, [&](const NamedDatabase& entry) {
           return dialect_of(entry.second) == dialect;
         });
}

std::vector<std::filesystem::path> declared_schema(const Context& context, Dialect dialect) {
  if (const std::vector<std::string> given = context.arguments().texts("declared-schema"); !given.empty()) {
    return {given.begin(), given.end()};
  }
  const NamedDatabase* found = find_declared(context, dialect, dialect);
  found = found == nullptr ? find_declared(context, dialect, {}) : found;
  return found == nullptr ? std::vector<std::filesystem::path>() : found->second.declared_schema;
}

void add_declared_schema_option(cxxopts::OptionAdder& options) {
  options("declared-schema", "DDL that says what the schema should be at head (default: the configuration's)",
          cxxopts::value<std::vector<std::string>>(), "FILE");
}

} // namespace retort
