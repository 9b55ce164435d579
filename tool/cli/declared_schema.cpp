#include "cli/declared_schema.hpp"

#include <fmt/format.h>

#include <string>

namespace retort {
namespace {

/// The dialect of a URL of the configuration, also where it names a variable that is not set.
Dialect dialect_of(const std::string& url) {
  return parse_url(url.find("${") == std::string::npos ? url : expand_environment(url)).dialect;
}

} // namespace

bool is_for_dialect(const DatabaseConfig& database, Dialect dialect) {
  return database.url.empty() || dialect_of(database.url) == dialect;
}

std::vector<std::filesystem::path> declared_schema(const Context& context, Dialect dialect) {
  if (const std::vector<std::string> given = context.arguments().texts("declared-schema"); !given.empty()) {
    return {given.begin(), given.end()};
  }
  const std::vector<std::string> names = context.arguments().texts("database");
  const DatabaseConfig* found = nullptr;
  std::string found_name;
  for (const auto& [name, database] : context.config().databases) {
    if ((!names.empty() && names.front() != name) || database.declared_schema.empty() ||
        !is_for_dialect(database, dialect)) {
      continue;
    }
    if (found != nullptr) {
      fail_usage(
          fmt::format("the databases {} and {} both declare a schema for {}", found_name, name, retort::name(dialect)),
          "choose one with --database");
    }
    found = &database;
    found_name = name;
  }
  return found == nullptr ? std::vector<std::filesystem::path>() : found->declared_schema;
}

void add_declared_schema_option(cxxopts::OptionAdder& options) {
  options("declared-schema", "DDL that says what the schema should be at head (default: the configuration's)",
          cxxopts::value<std::vector<std::string>>(), "FILE");
}

} // namespace retort
