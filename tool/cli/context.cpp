#include "cli/context.hpp"

#include "cli/program.hpp"
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

std::optional<Url> Context::find_url() const {
  if (const auto url = arguments_.text("url")) {
    return parse_url(*url);
  }
  const auto name = arguments_.text("database");
  const char* environment = std::getenv("DATABASE_URL");
  if (!name && environment != nullptr && *environment != '\0') {
    return parse_url(environment);
  }
  const auto& databases = config().databases;
  if (!name && databases.empty()) {
    return {};
  }
  if (!name && databases.size() > 1) {
    std::string names;
    for (const auto& [known, database] : databases) {
      names += (names.empty() ? "" : ", ") + known;
    }
    fail_usage(fmt::format("{} has several databases: {}", config().path->string(), names),
               "choose one with --database");
  }
  const auto found = name ? databases.find(*name) : databases.begin();
  if (found == databases.end()) {
    fail_usage(fmt::format("there is no database '{}' in the configuration", *name),
               fmt::format("write [database.{}] with url = \"…\" into {}", *name,
                           config().path ? config().path->string() : "retort.toml"));
  }
  if (found->second.url.empty()) {
    fail_usage(fmt::format("the database '{}' has no url in {}", found->first, config().path->string()),
               fmt::format("write url = \"sqlite:app.db\", for example, into [database.{}]", found->first));
  }
  return parse_url(expand_environment(found->second.url));
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

SessionOptions Context::session_options() const {
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
  return options;
}

std::unique_ptr<Session> Context::open(Absent absent) const {
  SessionOptions options = session_options();
  options.absent = absent;
  return program_.open(url(), options);
}

Applied Context::read(const History& history) const {
  Applied applied = open()->read();
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
