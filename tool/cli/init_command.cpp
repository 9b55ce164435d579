#include "cli/commands.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace retort {
namespace {

Exit run(const Context& context) {
  const auto& positional = context.arguments().positional();
  if (positional.size() > 1) {
    fail_usage(fmt::format("unexpected argument '{}'", positional[1]));
  }
  const std::string directory = positional.empty() ? "migrations" : positional.front();
  // Written first: it refuses to replace an existing configuration, and then nothing was made.
  create_file("retort.toml",
              fmt::format("migrations = \"{}\"\n\n"
                          "# [database.app]\n"
                          "# url = \"sqlite:app.db\"   # or postgresql://user@host/name, or ${{DATABASE_URL}}\n",
                          directory));
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    throw Failure(
        Exit::usage,
        {Severity::error, fmt::format("cannot create the directory: {}", error.message()), locate(directory), {}, {}});
  }
  context.report().line(
      fmt::format("retort.toml and {}/ are ready; next: retort revision -m \"what it does\"", directory));
  context.report().finish({{"config", "retort.toml"}, {"migrations", directory}});
  return Exit::fine;
}

} // namespace

const CommandLine init_command = {"init", "[DIR]", "write retort.toml and the migrations directory", no_options, run};

} // namespace retort
