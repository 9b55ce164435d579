#include "cli/commands.hpp"
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
  options("seed", "template: SQL that fills it", texts(), "FILE");
  options("extension", "template: an extension of PostgreSQL that it needs", texts(), "NAME");
  options("variable", "run: the environment variable for the database's URL", text(), "NAME");
  options("afterwards", "run: what has to be done before a kept database can be looked at", text(), "COMMAND");
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

Exit make_template(const Context& context, const std::string& target) {
  const Dialect dialect = context.url().dialect;
  const History history = context.load(dialect);
  TemplateContents contents{history, dialect, target, {}, context.arguments().texts("extension")};
  for (const std::string& seed : context.arguments().texts("seed")) {
    contents.seeds.emplace_back(seed);
  }
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
  fail_usage("test takes template TARGET, create, or run -- COMMAND");
}

} // namespace

const CommandLine test_command = {"test", "template|create|run", "what CTest does with test databases", add_options,
                                  run};

} // namespace retort
