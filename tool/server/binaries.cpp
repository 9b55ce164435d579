#include "server/binaries.hpp"

#include "server/process.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <system_error>
#include <vector>

namespace retort {
namespace {

constexpr const char* variable = "RETORT_POSTGRESQL_BINDIR";
constexpr const char* what_to_do = "install postgresql or set RETORT_POSTGRESQL_BINDIR";

bool holds_server(const std::filesystem::path& bindir) {
  return ::access((bindir / "initdb").c_str(), X_OK) == 0 && ::access((bindir / "postgres").c_str(), X_OK) == 0;
}

/// The numbers of "15" or "9.6"; empty for a name that is no version.
std::vector<int> version_numbers(const std::string& name) {
  std::vector<int> numbers;
  const char* at = name.data();
  const char* const end = at + name.size();
  while (at != end) {
    int number = 0;
    const auto [behind, error] = std::from_chars(at, end, number);
    if (error != std::errc() || (behind != end && *behind != '.')) {
      return {};
    }
    numbers.push_back(number);
    at = behind == end ? end : behind + 1;
  }
  return numbers;
}

std::optional<std::filesystem::path> newest_installation(const std::filesystem::path& installations) {
  std::vector<int> newest;
  std::optional<std::filesystem::path> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(installations, ignored)) {
    std::vector<int> version = version_numbers(entry.path().filename().string());
    if (version > newest && holds_server(entry.path() / "bin")) {
      newest = std::move(version);
      found = entry.path() / "bin";
    }
  }
  return found;
}

std::optional<std::filesystem::path> named_by_environment() {
  const char* named = std::getenv(variable);
  return named != nullptr && *named != '\0' ? std::optional<std::filesystem::path>(named) : std::nullopt;
}

} // namespace

std::optional<std::filesystem::path> find_server_binaries(const std::filesystem::path& installations) {
  if (const auto named = named_by_environment()) {
    return holds_server(*named) ? std::optional(std::filesystem::absolute(*named)) : std::nullopt;
  }
  if (const auto configured = output_of("pg_config", {"--bindir"}); configured && holds_server(*configured)) {
    return *configured;
  }
  return newest_installation(installations);
}

std::filesystem::path require_server_binaries(const std::filesystem::path& installations) {
  if (auto found = find_server_binaries(installations)) {
    return *found;
  }
  const auto named = named_by_environment();
  throw Failure(
      Exit::database,
      {Severity::error,
       named ? fmt::format("no PostgreSQL server binaries found in {}, which {} names", named->string(), variable)
             : fmt::format("no PostgreSQL server binaries found by pg_config or in {}/*/bin", installations.string()),
       {},
       {},
       what_to_do});
}

void check_server_binaries(const std::filesystem::path& bindir) {
  if (!holds_server(bindir)) {
    throw Failure(Exit::usage, {Severity::error,
                                fmt::format("no PostgreSQL server binaries found in {}", bindir.string()),
                                {},
                                {},
                                what_to_do});
  }
}

} // namespace retort
