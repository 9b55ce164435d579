#include "cli/commands.hpp"
#include "testing/battery.hpp"
#include "testing/isolated_test.hpp"
#include "testing/template_database.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  const auto text = [] { return cxxopts::value<std::string>(); };
  const auto texts = [] { return cxxopts::value<std::vector<std::string>>(); };
  options("server", "PostgreSQL: a database by which others are made and removed", text(), "URL");
  options("template", "create, run: what the database is a copy of", text(), "URL");
  options("seed", "template, battery: SQL that fills it", texts(), "FILE");
  options("extension", "template, battery: an extension of PostgreSQL that it needs", texts(), "NAME");
  options("sqlite-extension", "template, battery: a shared library that SQLite loads", texts(), "FILE");
  options("declared-schema", "battery: DDL that says what the schema should be", texts(), "FILE");
  options("variable", "run: the environment variable for the database's URL", text(), "NAME");
  options("afterwards", "run, battery: what has to be done before a kept database can be looked at", text(), "COMMAND");
}

std::string required(const Context& context, const std::string& option) {
  if (const auto value = context.arguments().text(option)) {
    return *value;
  }
  fail_usage(fmt::format("--{} is missing", option));
}

std::string url_of(const Context& context) { return required(context, "url"); }

std::unique_ptr<TestDatabases> open(const Context& context) {
  return open_test_databases(url_of(context), context.arguments().text("server").value_or(""));
}

std::vector<std::filesystem::path> paths(const Context& context, const std::string& option) {
  const std::vector<std::string> texts = context.arguments().texts(option);
  return {texts.begin(), texts.end()};
}

TemplateContents contents_of(const Context& context, const History& history, const std::string& target) {
  return {history, context.url().dialect, target, paths(context, "seed"), context.arguments().texts("extension")};
}

Exit make_template(const Context& context, const std::string& target) {
  const History history = context.load(context.url().dialect);
  const TemplateContents contents = contents_of(context, history, target);
  ConsoleObserver observer(history, context.console());
  const TemplateOutcome outcome =
      ensure_template(*open(context), url_of(context), contents, context.session_options(), observer);
  const bool made = outcome == TemplateOutcome::made;
  context.console().progress(fmt::format("{} {}", context.url().display(), made ? "is made" : "is as it should be"));
  context.console().finish({{"database", context.url().display()}, {"made", made}});
  return Exit::fine;
}

Exit create(const Context& context) {
  open(context)->clone(required(context, "template"), url_of(context));
  context.console().progress(fmt::format("{} is made", context.url().display()));
  context.console().finish({{"database", context.url().display()}});
  return Exit::fine;
}

Exit run_test(const Context& context, std::vector<std::string> command) {
  return static_cast<Exit>(
      run_isolated(*open(context), {required(context, "variable"), required(context, "template"), url_of(context),
                                    context.arguments().text("afterwards").value_or(""), std::move(command)}));
}

Exit run_battery_test(const Context& context, const std::string& name, const std::string& target) {
  const History history = context.load(context.url().dialect);
  const std::unique_ptr<TestDatabases> databases = open(context);
  const BatteryResult result = run_battery(name, {*databases, url_of(context), contents_of(context, history, target),
                                                  paths(context, "declared-schema"), context.session_options(),
                                                  context.arguments().text("afterwards").value_or("")});
  Console& console = context.console();
  for (const std::string& remark : result.remarks) {
    console.progress(remark);
  }
  for (const Diagnostic& diagnostic : result.diagnostics) {
    console.diagnose(diagnostic);
  }
  for (const std::string& command : result.kept) {
    console.progress(fmt::format("the test's database is kept: {}", command));
  }
  if (!result.skipped.empty()) {
    console.line(fmt::format("skipped: {}", result.skipped));
  }
  console.finish({{"test", name}, {"skipped", !result.skipped.empty()}, {"remarks", result.remarks}});
  return result.exit;
}

Exit run(const Context& context) {
  const auto& words = context.arguments().positional();
  const std::string action = words.empty() ? "" : words.front();
  if (action == "template" && words.size() == 2) {
    return make_template(context, words[1]);
  }
  if (action == "create" && words.size() == 1) {
    return create(context);
  }
  if (action == "run" && words.size() > 1) {
    return run_test(context, {words.begin() + 1, words.end()});
  }
  if (action == "battery" && (words.size() == 2 || words.size() == 3)) {
    return run_battery_test(context, words[1], words.size() == 3 ? words[2] : "head");
  }
  fail_usage("test takes template TARGET, create, run -- COMMAND, or battery NAME [TARGET]");
}

} // namespace

const CommandLine test_command = {"test", "template|create|run|battery", "what CTest does with test databases",
                                  add_options, run};

} // namespace retort
