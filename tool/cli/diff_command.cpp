#include "cli/change_text.hpp"
#include "cli/declared_schema.hpp"
#include "cli/schema_reader.hpp"
#include "schema/difference.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  add_declared_schema_option(options);
  add_scratch_options(options);
  add_change_options(options);
  options("sql", "write what makes FROM the same as TO");
}

std::string_view name(Difference::Change change) {
  switch (change) {
  case Difference::Change::added: return "added";
  case Difference::Change::removed: return "removed";
  case Difference::Change::altered: break;
  }
  return "altered";
}

nlohmann::json to_json(const Difference& difference) {
  nlohmann::json values = nlohmann::json::array();
  for (const Difference::Value& value : difference.values) {
    values.push_back({{"attribute", value.attribute}, {"from", value.from}, {"to", value.to}});
  }
  return {{"change", name(difference.change)},
          {"kind", retort::name(difference.kind)},
          {"name", difference.name},
          {"description", describe(difference)},
          {"values", std::move(values)}};
}

/// The dialect of the sides that are databases, or that of the command line.
Dialect dialect_of(const Context& context, const std::vector<std::string>& sides) {
  std::optional<Dialect> found;
  for (const std::string& side : sides) {
    if (is_database(side)) {
      const Dialect dialect = parse_url(side).dialect;
      if (found && *found != dialect) {
        fail_usage("an SQLite database and one of PostgreSQL cannot be compared");
      }
      found = dialect;
    }
  }
  return found ? *found : context.dialect();
}

Exit run(const Context& context) {
  const std::vector<std::string>& sides = context.arguments().positional();
  if (sides.size() != 2) {
    fail_usage("diff takes two schemas: FROM TO",
               "each is a database's URL, a revision, a DDL file (*.sql), or 'declared'");
  }
  if (context.arguments().has("sql") && context.console().format == Format::json) {
    fail_usage("--sql and --format json both write to standard output");
  }
  const bool as_sql = context.arguments().has("sql");
  for (const char* option : {"rename", "online-safe"}) {
    if (!as_sql && context.arguments().has(option)) {
      fail_usage(fmt::format("--{} goes with --sql", option));
    }
  }
  const Dialect dialect = dialect_of(context, sides);
  SchemaReader reader(context);
  const Schema from = reader.read(sides[0], dialect);
  const Schema to = reader.read(sides[1], dialect);
  const std::vector<Difference> differences = compare(from, to, ColumnOrder::ignored);
  const Console& console = context.console();
  nlohmann::json listed = nlohmann::json::array();
  for (const Difference& difference : differences) {
    if (!as_sql) {
      console.line(summary(difference));
    }
    listed.push_back(to_json(difference));
  }
  if (as_sql) {
    fmt::print("{}", change_text(change_schema(from, to, change_options(context, from))));
  }
  context.console().finish({{"differences", std::move(listed)}});
  return differences.empty() ? Exit::fine : Exit::behind;
}

} // namespace

const CommandLine diff_command = {"diff", "FROM TO", "in what two schemas differ", add_options, run};

} // namespace retort
