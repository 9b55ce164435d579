#include "cli/commands.hpp"
#include "cli/database_check.hpp"
#include "cli/declared_schema.hpp"
#include "cli/directory.hpp"
#include "cli/revision_text.hpp"
#include "cli/schema_reader.hpp"
#include "history/replaced.hpp"
#include "history/walk.hpp"
#include "plan/plan.hpp"
#include "schema/difference.hpp"
#include "schema/read.hpp"
#include "validate/validate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

/// Reads and verifies the files for a dialect, and has its parser look at every statement, both ways.
History check_files(const Context& context, Dialect dialect) {
  History history = load_directory(context, dialect);
  const Plan up = plan_upgrade(history, State(history.size()), "heads");
  std::optional<Index> stopped_at;
  const Plan down = plan_reversible_downgrade(history, closure(history, history.heads()), "base", stopped_at);
  Diagnostics diagnostics;
  for (const Plan* plan : {&up, &down}) {
    (dialect == Dialect::sqlite ? parse_sqlite : parse_postgresql)(history, *plan, diagnostics);
  }
  context.console().report(diagnostics);
  context.console().line(fmt::format("{}: {} {}, {} {}", name(dialect), history.size(),
                                     history.size() == 1 ? "revision" : "revisions",
                                     history.heads().size() > 1 ? "heads" : "head", id_list(history, history.heads())));
  return history;
}

void add_options(cxxopts::OptionAdder& options) {
  options("drift", "compare the database's schema with what its revisions produce");
  add_declared_schema_option(options);
  add_scratch_options(options);
}

/// Says in what a schema is not as it should be. Returns whether it is.
bool compare_schemas(const Context& context, std::string_view what, const Schema& expected, const Schema& found,
                     nlohmann::json& drift) {
  const std::vector<Difference> differences = compare(expected, found, ColumnOrder::ignored);
  for (const Difference& difference : differences) {
    const std::string line = fmt::format("{}: {}", what, describe(difference));
    context.console().line(line);
    drift.push_back(line);
  }
  return differences.empty();
}

/// Whether the revisions lead to the declared schema, where there is one.
bool check_declared(const Context& context, SchemaReader& reader, Dialect dialect, nlohmann::json& drift) {
  return declared_schema(context, dialect).empty() ||
         compare_schemas(context, fmt::format("{}: the revisions against the declared schema", name(dialect)),
                         reader.read("declared", dialect), reader.read("heads", dialect), drift);
}

/// Whether a database is what its revisions produce.
bool check_drift(const Context& context, SchemaReader& reader, const Url& url, const History& history,
                 nlohmann::json& drift) {
  const Applied applied = context.open()->read();
  const std::optional<History> old_way = followed_history(history, applied);
  const History& followed = old_way ? *old_way : history;
  const std::vector<Index> at = tips(followed, state_of(followed, applied));
  const std::string revisions = at.empty() ? "base" : fmt::format("{}", fmt::join(ids(followed, at), ","));
  return compare_schemas(context, url.display(), reader.read(revisions, url.dialect), read_schema(url), drift);
}

std::vector<Dialect> dialects_to_check(const Context& context, bool has_database) {
  const Arguments& arguments = context.arguments();
  if (arguments.has("declared-schema")) {
    return {context.dialect()};
  }
  if (has_database || arguments.has("dialect")) {
    if (const auto dialect = context.find_dialect()) {
      return {*dialect};
    }
  }
  return {std::begin(all_dialects), std::end(all_dialects)};
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  // Where there are several, and none is named, there is enough to check without one.
  const bool has_database = context.names_database() || context.config().databases.size() < 2;
  const auto url = has_database || context.arguments().has("drift") ? context.find_url() : std::nullopt;
  const std::vector<Dialect> dialects = dialects_to_check(context, has_database);
  if (context.arguments().has("drift") && !url) {
    context.url(); // says how to name one
  }
  const bool asks_for_database =
      context.arguments().has("drift") || context.arguments().has("url") || context.arguments().has("database");
  if (context.arguments().has("drift") && context.arguments().has("schema")) {
    fail_usage("--drift compares a whole database, not one schema of it", "leave --schema out");
  }
  if (url && asks_for_database) {
    context.dialect_of(*url);
  }
  nlohmann::json pending = nlohmann::json::array();
  nlohmann::json drift = nlohmann::json::array();
  SchemaReader reader(context);
  bool behind = false;
  std::optional<History> history; // of the database's dialect
  for (const Dialect each : dialects) {
    History checked = check_files(context, each);
    behind = !check_declared(context, reader, each, drift) || behind;
    if (url && url->dialect == each) {
      history = std::move(checked);
    }
  }
  // Last, since it may be gone: the files were looked at then.
  if (history) {
    behind = check_database(context, *url, *history, pending) || behind;
    if (context.arguments().has("drift")) {
      behind = !check_drift(context, reader, *url, *history, drift) || behind;
    }
  }
  context.console().finish({{"up_to_date", !behind}, {"pending", pending}, {"drift", drift}});
  return behind ? Exit::behind : Exit::fine;
}

} // namespace

const CommandLine check_command = {"check", "", "verify the revisions, and a database against them", add_options, run};

} // namespace retort
