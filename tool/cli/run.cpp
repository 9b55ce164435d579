#include "cli/program.hpp"
#include "cli/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace retort {
namespace {

/// The formats' names, with `word` before the last.
std::string list(std::span<const Format> formats, std::string_view word) {
  std::string text;
  for (std::size_t i = 0; i < formats.size(); ++i) {
    text += i == 0 ? "" : i + 1 < formats.size() ? ", " : fmt::format(" {} ", word);
    text += name(formats[i]);
  }
  return text;
}

void add_global_options(const Program& program, cxxopts::OptionAdder& options,
                        std::span<const Format> formats = usual_formats) {
  program.add_options(options);
  options("u,url", "the database: sqlite:FILE, or a libpq URI or keyword string", cxxopts::value<std::string>(), "URL");
  options("n,database", "a database of the configuration", cxxopts::value<std::vector<std::string>>(), "NAME");
  options("schema", "PostgreSQL: a schema that stands for a database", cxxopts::value<std::vector<std::string>>(),
          "NAME");
  options("dialect", "sqlite or postgresql", cxxopts::value<std::string>(), "NAME");
  options("format", list(formats, "or"), cxxopts::value<std::string>(), "NAME");
  options("color", "auto, always or never", cxxopts::value<std::string>(), "WHEN");
  options("q,quiet", "errors only");
  options("v,verbose", "notes, and every step as it starts");
  options("h,help", "this text");
}

std::string overview(const Program& program) {
  std::string text =
      fmt::format("{}\n\nUsage: {} [OPTION]... COMMAND [ARGUMENT]...\n\nCommands:\n", program.title(), program.name());
  for (const CommandLine& command : program.commands()) {
    text += fmt::format("  {:<30}{}\n", fmt::format("{} {}", command.name, command.arguments), command.summary);
  }
  cxxopts::Options options(program.name());
  cxxopts::OptionAdder global = options.add_options("Global");
  add_global_options(program, global);
  const std::string help = options.help({"Global"});
  return fmt::format("{}{}\n{} COMMAND --help shows the options of a command.\n", text,
                     help.substr(help.find("\n\n") + 1), program.name());
}

cxxopts::Options make_options(const Program& program, const CommandLine& command) {
  cxxopts::Options options(fmt::format("{} {}", program.name(), command.name), std::string(command.summary));
  options.positional_help(std::string(command.arguments));
  cxxopts::OptionAdder own = options.add_options("Command");
  command.add_options(own);
  cxxopts::OptionAdder global = options.add_options("Global");
  add_global_options(program, global, command.formats);
  return options;
}

/// The options of all commands that take a value: they may stand before the command.
std::set<std::string, std::less<>> valued_options(const Program& program) {
  std::set<std::string, std::less<>> valued;
  for (const CommandLine& command : program.commands()) {
    const cxxopts::Options options = make_options(program, command);
    for (const std::string& group : options.groups()) {
      for (const cxxopts::HelpOptionDetails& option : options.group_help(group).options) {
        if (!option.is_boolean) {
          valued.insert("--" + option.l.front());
          if (!option.s.empty()) {
            valued.insert("-" + option.s);
          }
        }
      }
    }
  }
  return valued;
}

/// A message of cxxopts in the form of the tool's own.
std::string adapted(std::string message) {
  for (const std::string_view quote : {"\u2018", "\u2019"}) {
    for (auto at = message.find(quote); at != std::string::npos; at = message.find(quote)) {
      message.replace(at, quote.size(), "'");
    }
  }
  if (message.starts_with("Option ")) {
    message[0] = 'o';
  }
  return message;
}

Arguments parse(cxxopts::Options& options, const Words& words) {
  std::vector<const char*> rest = {""}; // the program's name
  for (const std::string& option : words.options) {
    rest.push_back(option.c_str());
  }
  try {
    return {options.parse(static_cast<int>(rest.size()), rest.data()), words.operands};
  } catch (const cxxopts::exceptions::exception& exception) {
    fail_usage(adapted(exception.what()));
  }
}

Format parse_format(const std::string& text, std::span<const Format> formats) {
  const auto found = std::find_if(formats.begin(), formats.end(), [&](Format format) { return name(format) == text; });
  if (found == formats.end()) {
    fail_usage(fmt::format("unknown format '{}'", text), fmt::format("the formats are {}", list(formats, "and")));
  }
  return *found;
}

void set_up(Console& console, const Arguments& arguments, const CommandLine& command) {
  console.format = parse_format(arguments.text("format").value_or("text"), command.formats);
  const std::string color = arguments.text("color").value_or("auto");
  if (color != "auto" && color != "always" && color != "never") {
    fail_usage(fmt::format("--color cannot be '{}'", color), "it is auto, always or never");
  }
  const char* no_color = std::getenv("NO_COLOR");
  const bool terminal = ::isatty(STDERR_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
  console.paint = color == "always" || (color == "auto" && terminal) ? Paint::colour : Paint::plain;
  console.verbosity = arguments.has("quiet")     ? Verbosity::quiet
                      : arguments.has("verbose") ? Verbosity::verbose
                                                 : Verbosity::normal;
}

/// A command line that cannot be used is reported as JSON, too.
bool asks_for_json(const std::vector<std::string>& options) {
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i] == "--format=json" ||
        (options[i] == "--format" && i + 1 < options.size() && options[i + 1] == "json")) {
      return true;
    }
  }
  return false;
}

/// What is said without a command.
Exit introduce(const Program& program, const std::vector<std::string>& options) {
  const auto has = [&](std::string_view option) {
    return std::find(options.begin(), options.end(), option) != options.end();
  };
  if (has("--version")) {
    fmt::print("{}\n", program.version());
    return Exit::fine;
  }
  if (!options.empty() && !has("--help") && !has("-h")) {
    fail_usage("the command is missing");
  }
  fmt::print("{}", overview(program));
  return options.empty() ? Exit::usage : Exit::fine;
}

Exit run(const Program& program, const std::vector<std::string>& arguments, Console& console) {
  Words words = split_words(arguments, valued_options(program));
  console.format = asks_for_json(words.options) ? Format::json : Format::text;
  if (words.operands.empty()) {
    return introduce(program, words.options);
  }
  const std::string name = words.operands.front();
  words.operands.erase(words.operands.begin());
  const std::vector<CommandLine> commands = program.commands();
  const auto found =
      std::find_if(commands.begin(), commands.end(), [&](const CommandLine& command) { return command.name == name; });
  if (found == commands.end()) {
    fail_usage(fmt::format("unknown command '{}'", name));
  }
  cxxopts::Options options = make_options(program, *found);
  const Arguments parsed = parse(options, words);
  if (parsed.has("help")) {
    fmt::print("{}\n", options.help({"Command", "Global"}));
    return Exit::fine;
  }
  set_up(console, parsed, *found);
  return found->run(Context(program, parsed, console));
}

} // namespace

int run(const Program& program, const std::vector<std::string>& arguments) {
  Console console;
  Exit exit = Exit::fine;
  try {
    exit = run(program, arguments, console);
  } catch (const Failure& failure) {
    exit = failure.exit();
    for (const Diagnostic& diagnostic : failure.diagnostics()) {
      console.diagnose(diagnostic);
    }
    console.finish(nlohmann::json::object());
  } catch (const std::exception& exception) {
    exit = Exit::migrations;
    console.diagnose({Severity::error, exception.what(), {}, {}, {}});
    console.finish(nlohmann::json::object());
  }
  // A full disk or a closed pipe behind standard output must not look like success.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    fmt::print(stderr, "error: cannot write to standard output\n");
    return static_cast<int>(Exit::usage);
  }
  return static_cast<int>(exit);
}

} // namespace retort
