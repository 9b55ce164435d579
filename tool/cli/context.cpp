#include "cli/context.hpp"

#include "cli/program.hpp"
#include "history/replaced.hpp"
#include "history/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace retort {
namespace {

constexpr long longest_wait = 1'000'000; // seconds: in milliseconds it must not overflow

} // namespace

const Config& Context::config() const {
  if (!config_) {
    config_ = program_.config(arguments_.text("config"));
  }
  return *config_;
}

Url Context::database_url(const std::string& name) const {
  const auto found = config().databases.find(name);
  if (found == config().databases.end()) {
    fail_usage(fmt::format("there is no database '{}' in the configuration", name),
               fmt::format("write [database.{}] with url = \"…\" into {}", name,
                           config().path ? config().path->string() : "retort.toml"));
  }
  if (found->second.url.empty()) {
    fail_usage(fmt::format("the database '{}' has no url in {}", name, config().path->string()),
               fmt::format("write url = \"sqlite:app.db\", for example, into [database.{}]", name));
  }
  return parse_url(expand_environment(found->second.url));
}

bool Context::names_database() const {
  const char* environment = std::getenv("DATABASE_URL");
  return arguments_.has("url") || arguments_.has("database") || (environment != nullptr && *environment != '\0');
}

std::optional<Url> Context::find_url() const {
  if (const auto url = arguments_.text("url")) {
    return parse_url(*url);
  }
  const std::vector<std::string> names = arguments_.texts("database");
  if (names.size() > 1) {
    fail_usage("this works on one database, and --database names several");
  }
  const char* environment = std::getenv("DATABASE_URL");
  if (names.empty() && environment != nullptr && *environment != '\0') {
    return parse_url(environment);
  }
  if (!names.empty()) {
    return database_url(names.front());
  }
  const auto& databases = config().databases;
  if (databases.size() > 1) {
    std::string known;
    for (const auto& [name, database] : databases) {
      known += (known.empty() ? "" : ", ") + name;
    }
    fail_usage(fmt::format("{} has several databases: {}", config().path->string(), known),
               "choose one with --database");
  }
  return databases.empty() ? std::nullopt : std::optional(database_url(databases.begin()->first));
}

Url Context::url() const {
  const auto url = find_url();
  if (!url) {
    fail_usage("no database is given", "use --url, DATABASE_URL, or a configuration file with [database.NAME]");
  }
  return *url;
}

std::optional<Dialect> Context::find_dialect() const {
  if (const auto given = arguments_.text("dialect")) {
    const auto dialect = retort::find_dialect(*given);
    if (!dialect) {
      fail_usage(fmt::format("unknown dialect '{}'", *given), "the dialects are sqlite and postgresql");
    }
    return dialect;
  }
  const auto url = find_url();
  return url ? std::optional(url->dialect) : program_.usual_dialect();
}

Dialect Context::dialect() const {
  const auto dialect = find_dialect();
  if (!dialect) {
    fail_usage("no dialect is given", "use --dialect sqlite, --dialect postgresql, or name a database");
  }
  return *dialect;
}

Dialect Context::dialect_of(const Url& url) const {
  if (const Dialect given = dialect(); given != url.dialect) {
    fail_usage(fmt::format("--dialect {} does not fit the database {}", name(given), url.display()));
  }
  return url.dialect;
}

SessionOptions Context::session_options() const {
  const std::vector<std::string> schemas = arguments_.texts("schema");
  if (schemas.size() > 1) {
    fail_usage("this works on one schema, and --schema names several");
  }
  if (!schemas.empty() && url().dialect != Dialect::postgresql) {
    fail_usage(fmt::format("--schema {} needs a PostgreSQL database", schemas.front()));
  }
  return session_options(schemas.empty() ? std::string() : schemas.front());
}

SessionOptions Context::session_options(const std::string& schema) const {
  SessionOptions options;
  if (arguments_.has("lock-wait")) {
    options.lock_wait = std::chrono::seconds(std::min(*arguments_.number("lock-wait"), longest_wait));
  }
  if (arguments_.has("lock-timeout")) {
    options.lock_timeout = std::chrono::milliseconds(*arguments_.number("lock-timeout"));
  }
  if (arguments_.has("sqlite-extension")) {
    options.sqlite_extensions = arguments_.texts("sqlite-extension");
  }
  if (!schema.empty()) {
    options.schema = schema;
  }
  return options;
}

std::unique_ptr<Session> Context::open(Absent absent) const {
  SessionOptions options = session_options();
  options.absent = absent;
  return program_.open(url(), options);
}

Applied Context::read(History& history) const {
  Applied applied = open()->read();
  if (auto followed = followed_history(history, applied)) {
    history = std::move(*followed);
  }
  Diagnostics diagnostics;
  report_drift(history, find_drift(history, applied), program_.origin(), diagnostics);
  for (Diagnostic diagnostic : diagnostics.sorted()) {
    diagnostic.severity = Severity::warning;
    console_.diagnose(diagnostic);
  }
  return applied;
}

std::optional<State> Context::find_state(const History& history, const std::vector<std::string>& targets, bool needed,
                                         Absent absent) const {
  for (const std::string& text : targets) {
    if (!text.empty()) {
      const std::vector<Target> parsed = parse_targets(text);
      needed = needed || std::any_of(parsed.begin(), parsed.end(),
                                     [](const Target& target) { return target.place == Place::current; });
    }
  }
  return needed ? std::optional(state_of(history, open(absent)->read())) : std::nullopt;
}

History Context::load(std::optional<Dialect> dialect) const { return program_.load(*this, dialect); }

} // namespace retort
