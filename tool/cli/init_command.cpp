#include "cli/commands.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace retort {
namespace {

constexpr std::string_view config = "retort.toml";

std::string directory_of(const Arguments& arguments) {
  const auto& positional = arguments.positional();
  if (positional.size() > 1) {
    fail_usage(fmt::format("unexpected argument '{}'", positional[1]));
  }
  std::string directory = positional.empty() ? "migrations" : positional.front();
  // What would have to be escaped in TOML is no name for a directory that CMake and shells have to read as well.
  if (directory.empty() || std::any_of(directory.begin(), directory.end(), [](char c) {
        return (c >= 0 && c < ' ') || c == '\x7f' || c == '"' || c == '\\';
      })) {
    fail_usage(fmt::format("'{}' cannot be the directory's name", directory),
               "leave out quotes, backslashes and control characters");
  }
  return directory;
}

void create_directory(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (!error && !std::filesystem::is_directory(directory)) {
    error = std::make_error_code(std::errc::not_a_directory);
  }
  if (error) {
    throw Failure(
        Exit::usage,
        {Severity::error, fmt::format("cannot create the directory: {}", error.message()), locate(directory), {}, {}});
  }
}

Exit run(const Context& context) {
  const std::string directory = directory_of(context.arguments());
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(config, error))) {
    throw Failure(Exit::usage, {Severity::error,
                                "there is a configuration already",
                                locate(std::string(config)),
                                {},
                                "nothing was changed; edit it, or take it away first"});
  }
  create_directory(directory);
  create_file(config,
              fmt::format("migrations = \"{}\"\n\n"
                          "# [database.app]\n"
                          "# url = \"sqlite:app.db\"   # or postgresql://user@host/name, or ${{DATABASE_URL}}\n",
                          directory));
  const bool is_empty = std::filesystem::is_empty(directory, error);
  context.console().line(
      is_empty ? fmt::format("{} and {}/ are ready; next: retort revision -m \"what it does\"", config, directory)
               : fmt::format("{} is ready for what is in {}/; next: retort check", config, directory));
  context.console().finish({{"config", config}, {"migrations", directory}});
  return Exit::fine;
}

} // namespace

const CommandLine init_command = {"init", "[DIR]", "write retort.toml and the migrations directory", no_options, run};

} // namespace retort
