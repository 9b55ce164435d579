#include "cli/config.hpp"

#include "text/diagnostic.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cstdlib>

namespace retort {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_name = "retort.toml";

/// A path as it is used from the working directory, short enough to be read in messages.
fs::path resolve(const fs::path& folder, const fs::path& path) {
  return folder.empty() || path.is_absolute() ? path : folder / path;
}

class ConfigReader {
public:
  explicit ConfigReader(const fs::path& path) : source_(path.string(), read_text(path)) { config_.path = path; }

  Config read() {
    try {
      const toml::table table = toml::parse(source_.text(), source_.path());
      for (const auto& [key, node] : table) {
        read_top(key.str(), node);
      }
    } catch (const toml::parse_error& error) {
      fail(std::string(error.description()), error.source());
    }
    return std::move(config_);
  }

private:
  static std::string read_text(const fs::path& path) {
    try {
      return read_file(path);
    } catch (const Failure& failure) {
      throw Failure(Exit::usage, failure.diagnostics());
    }
  }

  [[noreturn]] void fail(std::string message, const toml::source_region& region, std::string hint = {}) const {
    throw Failure(Exit::usage, {Severity::error,
                                std::move(message),
                                locate(source_, Position{region.begin.line, region.begin.column}),
                                {},
                                std::move(hint)});
  }

  std::string text(std::string_view key, const toml::node& node) const {
    if (!node.is_string()) {
      fail(fmt::format("'{}' must be a string", key), node.source());
    }
    return node.value_or(std::string());
  }

  /// One path, or a list of them.
  std::vector<fs::path> paths(std::string_view key, const toml::node& node) const {
    const auto path_of = [&](const toml::node& element) {
      return resolve(config_.path->parent_path(), text(key, element));
    };
    std::vector<fs::path> paths;
    if (const toml::array* array = node.as_array()) {
      for (const toml::node& element : *array) {
        paths.push_back(path_of(element));
      }
    } else {
      paths.push_back(path_of(node));
    }
    return paths;
  }

  void read_top(std::string_view key, const toml::node& node) {
    if (key == "migrations") {
      config_.migrations = resolve(config_.path->parent_path(), text(key, node));
    } else if (key == "database" && node.is_table()) {
      for (const auto& [name, database] : *node.as_table()) {
        read_database(std::string(name.str()), database);
      }
    } else {
      fail(fmt::format("unknown key '{}'", key), node.source(), "the keys are migrations and [database.NAME]");
    }
  }

  void read_database(const std::string& name, const toml::node& node) {
    if (!node.is_table()) {
      fail(fmt::format("'database.{}' must be a table", name), node.source(), "write [database.NAME] with url = \"…\"");
    }
    DatabaseConfig& database = config_.databases[name];
    for (const auto& [key, value] : *node.as_table()) {
      if (key == "url") {
        database.url = text(key.str(), value);
      } else if (key == "declared_schema") {
        database.declared_schema = paths(key.str(), value);
      } else {
        fail(fmt::format("unknown key '{}'", key.str()), value.source(), "the keys are url and declared_schema");
      }
    }
  }

  Source source_;
  Config config_;
};

std::optional<fs::path> find_config() {
  std::error_code error;
  fs::path prefix;
  for (fs::path folder = fs::current_path(error); !error; folder = folder.parent_path()) {
    if (fs::exists(prefix / file_name, error)) {
      return prefix / file_name;
    }
    if (folder == folder.parent_path()) {
      break;
    }
    prefix /= "..";
  }
  return {};
}

} // namespace

Config read_config(const std::optional<std::string>& path) {
  const std::optional<fs::path> found = path ? std::optional<fs::path>(*path) : find_config();
  return found ? ConfigReader(*found).read() : Config();
}

std::string expand_environment(const std::string& text) {
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t open = text.find("${", begin);
    const std::size_t close = text.find('}', open);
    if (open == std::string::npos || close == std::string::npos) {
      out += text.substr(begin);
      break;
    }
    const std::string name = text.substr(open + 2, close - open - 2);
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) {
      throw Failure(Exit::usage, {Severity::error,
                                  fmt::format("the environment variable {} is not set", name),
                                  {},
                                  {},
                                  fmt::format("set {}, or give the database with --url", name)});
    }
    out += text.substr(begin, open - begin) + value;
    begin = close + 1;
  }
  return out;
}

} // namespace retort
