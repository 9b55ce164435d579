#include "cli/commands.hpp"
#include "cli/migration.hpp"
#include "plan/stream.hpp"
#include "script/script.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("sql", "write the script instead of running it");
  options("o,output", "the script's file (default: standard output)", cxxopts::value<std::string>(), "FILE");
  options("plain", "leave out the commands of psql and sqlite3");
  options("lock-wait", "how long to wait for another process that migrates (default: 60)",
          cxxopts::value<std::string>(), "SECONDS");
}

Stream render(const History& history, Dialect dialect, bool creates_table, std::vector<std::string> resets,
              std::string schema) {
  StreamOptions options;
  options.dialect = dialect;
  options.creates_table = creates_table;
  options.resets = std::move(resets);
  options.schema = std::move(schema);
  return render_stream(history, plan_table(history), options);
}

void write(const Context& context) {
  const History history; // the table is the same for each
  ScriptOptions options;
  options.dialect = context.dialect();
  options.client = context.arguments().has("plain") ? Client::plain : Client::shell;
  const std::string script =
      write_script(render(history, options.dialect, true, {}, std::string(revision_table::default_schema)), options);
  if (const auto output = context.arguments().text("output")) {
    write_file(*output, script);
  } else {
    fmt::print("{}", script);
  }
}

void ensure(const Context& context) {
  const History history;
  const Url url = context.url();
  bool is_new = false;
  ConsoleObserver observer(history, context.console());
  const auto session = context.open();
  session->migrate(
      [&](const Applied& applied) {
        is_new = !applied.has_table;
        return render(history, url.dialect, is_new, session->resets(), context.session_options().schema);
      },
      observer);
  context.console().progress(is_new ? fmt::format("{} has a revision table now", url.display())
                                    : fmt::format("nothing to do: {} has a revision table", url.display()));
  context.console().finish({{"database", url.display()}, {"created", is_new}});
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const bool offline = context.arguments().has("sql");
  for (const char* option : {"output", "plain"}) {
    if (context.arguments().has(option) && !offline) {
      fail_usage(fmt::format("--{} goes with --sql", option));
    }
  }
  if (offline) {
    check_output(context);
    write(context);
    context.console().finish({{"output", context.arguments().text("output").value_or("")}});
  } else {
    ensure(context);
  }
  return Exit::fine;
}

} // namespace

const CommandLine ensure_version_command = {"ensure-version", "", "create the revision table where it is missing",
                                            add_options, run};

} // namespace retort
