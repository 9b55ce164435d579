#include "cli/run.hpp"

#include "cli/commands.hpp"
#include "text/version.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace retort {
namespace {

constexpr std::array<const CommandLine*, 17> commands = {
    &init_command,    &revision_command,  &merge_command, &edit_command,           &rebase_command,
    &upgrade_command, &downgrade_command, &stamp_command, &ensure_version_command, &current_command,
    &history_command, &graph_command,     &heads_command, &branches_command,       &show_command,
    &check_command,   &server_command};

/// Global options that take a value in the next argument.
constexpr std::array<std::string_view, 12> with_value = {
    "-c", "--config", "-d", "--directory", "-u", "--url", "-n", "--database", "--dialect", "--format", "--color", "-o"};

/// The formats' names, with `word` before the last.
std::string list(std::span<const Format> formats, std::string_view word) {
  std::string text;
  for (std::size_t i = 0; i < formats.size(); ++i) {
    text += i == 0 ? "" : i + 1 < formats.size() ? ", " : fmt::format(" {} ", word);
    text += name(formats[i]);
  }
  return text;
}

void add_global_options(cxxopts::OptionAdder options, std::span<const Format> formats = usual_formats) {
  options("c,config", "the configuration file (default: retort.toml, found upwards)", cxxopts::value<std::string>(),
          "FILE");
  options("d,directory", "the migrations directory", cxxopts::value<std::string>(), "DIR");
  options("u,url", "the database: sqlite:FILE, or a libpq URI or keyword string", cxxopts::value<std::string>(), "URL");
  options("n,database", "a database of the configuration", cxxopts::value<std::string>(), "NAME");
  options("dialect", "sqlite or postgresql", cxxopts::value<std::string>(), "NAME");
  options("format", list(formats, "or"), cxxopts::value<std::string>(), "NAME");
  options("color", "auto, always or never", cxxopts::value<std::string>(), "WHEN");
  options("q,quiet", "errors only");
  options("v,verbose", "notes, and every step as it starts");
  options("h,help", "this text");
}

/// `-1` and `+2` are targets, not options.
bool is_relative_target(std::string_view argument) {
  return argument.size() > 1 && (argument[0] == '-' || argument[0] == '+') &&
         std::all_of(argument.begin() + 1, argument.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The position of the command: the first argument that is neither an option nor the value of a global one.
std::size_t find_command(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i].starts_with('-')) {
      return i;
    }
    if (std::find(with_value.begin(), with_value.end(), arguments[i]) != with_value.end()) {
      ++i;
    }
  }
  return arguments.size();
}

std::string overview() {
  std::string text = fmt::format("Retort {}: schema migrations compiled into a CMake build.\n\n"
                                 "Usage: retort [OPTION]... COMMAND [ARGUMENT]...\n\nCommands:\n",
                                 version());
  for (const CommandLine* command : commands) {
    text += fmt::format("  {:<30}{}\n", fmt::format("{} {}", command->name, command->arguments), command->summary);
  }
  cxxopts::Options options("retort");
  add_global_options(options.add_options("Global"));
  const std::string help = options.help({"Global"});
  return text + help.substr(help.find("\n\n") + 1) + "\nretort COMMAND --help shows the options of a command.\n";
}

cxxopts::Options make_options(const CommandLine& command) {
  cxxopts::Options options("retort " + std::string(command.name), std::string(command.summary));
  options.positional_help(std::string(command.arguments));
  command.add_options(options.add_options("Command"));
  add_global_options(options.add_options("Global"), command.formats);
  options.add_options("Hidden")("positional", "", cxxopts::value<std::vector<std::string>>());
  options.parse_positional("positional");
  return options;
}

Arguments parse(cxxopts::Options& options, const std::vector<std::string>& arguments) {
  std::vector<const char*> rest = {"retort"};
  std::vector<std::string> relative;
  for (const std::string& argument : arguments) {
    if (is_relative_target(argument)) {
      relative.push_back(argument);
    } else {
      rest.push_back(argument.c_str());
    }
  }
  try {
    cxxopts::ParseResult parsed = options.parse(static_cast<int>(rest.size()), rest.data());
    std::vector<std::string> positional;
    if (parsed.count("positional") > 0) {
      positional = parsed["positional"].as<std::vector<std::string>>();
    }
    positional.insert(positional.end(), relative.begin(), relative.end());
    return {std::move(parsed), std::move(positional)};
  } catch (const cxxopts::exceptions::exception& exception) {
    fail_usage(exception.what());
  }
}

Format parse_format(const std::string& text, std::span<const Format> formats) {
  const auto found = std::find_if(formats.begin(), formats.end(), [&](Format format) { return name(format) == text; });
  if (found == formats.end()) {
    fail_usage(fmt::format("unknown format '{}'", text), fmt::format("the formats are {}", list(formats, "and")));
  }
  return *found;
}

void set_up(Report& report, const Arguments& arguments, const CommandLine& command) {
  report.format = parse_format(arguments.text("format").value_or("text"), command.formats);
  const std::string color = arguments.text("color").value_or("auto");
  if (color != "auto" && color != "always" && color != "never") {
    fail_usage(fmt::format("--color cannot be '{}'", color), "it is auto, always or never");
  }
  const char* no_color = std::getenv("NO_COLOR");
  const bool terminal = ::isatty(STDERR_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
  report.paint = color == "always" || (color == "auto" && terminal) ? Paint::colour : Paint::plain;
  report.verbosity = arguments.has("quiet")     ? Verbosity::quiet
                     : arguments.has("verbose") ? Verbosity::verbose
                                                : Verbosity::normal;
}

Exit run(const std::vector<std::string>& arguments, Report& report) {
  const std::size_t position = find_command(arguments);
  if (position == arguments.size()) {
    const bool wants_version = std::find(arguments.begin(), arguments.end(), "--version") != arguments.end();
    const bool asks = wants_version || arguments.empty() || arguments.back() == "--help" || arguments.back() == "-h";
    if (!asks) {
      fail_usage("the command is missing");
    }
    fmt::print("{}", wants_version ? fmt::format("retort {}\n", version()) : overview());
    return arguments.empty() ? Exit::usage : Exit::fine;
  }
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const CommandLine* command) { return command->name == arguments[position]; });
  if (found == commands.end()) {
    fail_usage(fmt::format("unknown command '{}'", arguments[position]));
  }
  cxxopts::Options options = make_options(**found);
  std::vector<std::string> rest = arguments;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(position));
  const Arguments parsed = parse(options, rest);
  if (parsed.has("help")) {
    fmt::print("{}\n", options.help({"Command", "Global"}));
    return Exit::fine;
  }
  set_up(report, parsed, **found);
  return (*found)->run(Context(parsed, report));
}

} // namespace

int run(std::vector<std::string> arguments) {
  Report report;
  Exit exit = Exit::fine;
  try {
    exit = run(arguments, report);
  } catch (const Failure& failure) {
    exit = failure.exit();
    for (const Diagnostic& diagnostic : failure.diagnostics()) {
      report.diagnose(diagnostic);
    }
    report.finish(nlohmann::json::object());
  } catch (const std::exception& exception) {
    exit = Exit::migrations;
    report.diagnose({Severity::error, exception.what(), {}, {}, {}});
    report.finish(nlohmann::json::object());
  }
  // A full disk or a closed pipe behind standard output must not look like success.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    fmt::print(stderr, "error: cannot write to standard output\n");
    return static_cast<int>(Exit::usage);
  }
  return static_cast<int>(exit);
}

} // namespace retort
