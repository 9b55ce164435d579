#pragma once

#include "cli/process.hpp"
#include "support/folder.hpp"

#include <map>
#include <string>
#include <vector>

namespace retort {

/// The real `retort` in a folder of its own.
class Tool {
public:
  /// Writes `migrations/NAME.sql`.
  void revision(const std::string& name, const std::string& text) const { write("migrations/" + name + ".sql", text); }
  void write(const std::string& path, const std::string& text) const { folder.write(path, text); }

  Invocation invocation(std::vector<std::string> arguments) const {
    return {RETORT_TOOL, std::move(arguments), folder.path(), environment, {}};
  }

  Output run(std::vector<std::string> arguments) const { return run_process(invocation(std::move(arguments))); }

  /// What comes out, as one text, without the folder's random name.
  std::string text(std::vector<std::string> arguments) const {
    return folder.without_path(run(std::move(arguments)).text());
  }

  std::string read(const std::string& path) const;

  Folder folder;
  std::map<std::string, std::string> environment;
};

inline std::string Tool::read(const std::string& path) const {
  std::ifstream file(folder / path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace retort
