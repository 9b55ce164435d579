#include "testing/template_database.hpp"

#include "library/migration.hpp"
#include "script/script.hpp"
#include "testing/sql_files.hpp"
#include "text/digest.hpp"
#include "text/version.hpp"

#include <fmt/format.h>

#include <utility>

namespace retort {
namespace {

MigrationRequest upgrade_to(const std::string& target) { return {Migration::upgrade, target}; }

/// A digest of everything that makes the contents what they are. The script of the upgrade has all of the history that
/// counts.
std::string key_of(const TemplateContents& contents, const SqlFiles& seeds) {
  Digest digest;
  const auto add = [&](std::string_view part) {
    digest.update(fmt::format("{}\n", part.size()));
    digest.update(part);
  };
  add(version());
  const Plan plan = plan_from(contents.history, upgrade_to(contents.target), State(contents.history.size()), {});
  add(write_script(render_stream(contents.history, plan, script_stream_options(contents.dialect)),
                   {contents.dialect, Client::plain, Guard::exact, {}}));
  for (const Source& seed : seeds.sources()) {
    add(seed.text());
  }
  for (const std::string& extension : contents.extensions) {
    add(extension);
  }
  return digest.finish();
}

Command create_extension(const std::string& name) {
  return {CommandKind::own, true, 0,
          nullptr,          {},   fmt::format("CREATE EXTENSION IF NOT EXISTS {} CASCADE", retort::quoted(name))};
}

} // namespace

void create_extensions(Session& session, const std::vector<std::string>& names, Observer& observer) {
  std::vector<Command> commands;
  for (const std::string& name : names) {
    commands.push_back(create_extension(name));
  }
  run_commands(session, commands, observer);
}

TemplateOutcome ensure_template(TestDatabases& databases, const std::string& url, const TemplateContents& contents,
                                const SessionOptions& options, Observer& observer) {
  const SqlFiles seeds(contents.seeds, contents.dialect, "a seed");
  const std::string key = key_of(contents, seeds);
  if (databases.key_of(url) == key) {
    return TemplateOutcome::found;
  }
  databases.drop_suffixed(url);
  databases.begin_template(url);
  const std::unique_ptr<Session> session = open_session(parse_url(url), options);
  create_extensions(*session, contents.extensions, observer);
  session->migrate(
      [&](const Applied& applied) {
        return stream_for(contents.history, upgrade_to(contents.target), applied,
                          {contents.dialect, {}, Surroundings::none, session->resets(), options.schema});
      },
      observer);
  seeds.run(*session, observer);
  databases.finish_template(url, key);
  return TemplateOutcome::made;
}

} // namespace retort
