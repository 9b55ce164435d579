#include "cli/retort_tool.hpp"

#include "cli/build_migration.hpp"
#include "cli/directory.hpp"
#include "cli/fleet.hpp"
#include "cli/program.hpp"
#include "cli/tenants.hpp"
#include "text/version.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

template <const CommandLine& command>
void add_options(cxxopts::OptionAdder& options) {
  command.add_options(options);
  add_build_options(options);
  if (&command == &upgrade_command) {
    add_tenant_options(options);
  }
}

template <Migration migration>
Exit run_for_build(const Context& context) {
  if (migration == Migration::upgrade && names_tenants(context.arguments())) {
    return upgrade_fleet(context);
  }
  return BuildMigration(context, migration).run();
}

/// The command with what a build asks of it.
template <const CommandLine& command, Migration migration>
CommandLine for_builds() {
  return {command.name, command.arguments, command.summary, add_options<command>, run_for_build<migration>};
}

/// `retort`, which works on a migrations directory.
class Tool : public Program {
public:
  std::string name() const override { return "retort"; }
  std::string title() const override {
    return fmt::format("Retort {}: schema migrations compiled into a CMake build.", retort::version());
  }
  std::string version() const override { return fmt::format("retort {}", retort::version()); }

  std::vector<CommandLine> commands() const override {
    return {init_command,
            revision_command,
            merge_command,
            edit_command,
            rebase_command,
            squash_command,
            for_builds<upgrade_command, Migration::upgrade>(),
            for_builds<downgrade_command, Migration::downgrade>(),
            for_builds<stamp_command, Migration::stamp>(),
            ensure_version_command,
            current_command,
            history_command,
            graph_command,
            heads_command,
            branches_command,
            show_command,
            check_command,
            diff_command,
            dump_command,
            embed_command,
            server_command,
            test_command};
  }

  void add_options(cxxopts::OptionAdder& options) const override {
    options("c,config", "the configuration file (default: retort.toml, found upwards)", cxxopts::value<std::string>(),
            "FILE");
    options("d,directory", "the migrations directory", cxxopts::value<std::string>(), "DIR");
  }

  Config config(const std::optional<std::string>& path) const override { return read_config(path); }
  Origin origin() const override { return Origin::directory; }
  History load(const Context& context, std::optional<Dialect> dialect) const override {
    return load_directory(context, dialect, WayDown::may_fail);
  }
  std::optional<Dialect> usual_dialect() const override { return {}; }
  std::unique_ptr<Session> open(const Url& url, const SessionOptions& options) const override {
    return open_session(url, options);
  }
};

} // namespace

int run_tool(const std::vector<std::string>& arguments) { return run(Tool(), arguments); }

} // namespace retort
