#include "cli/commands.hpp"
#include "cli/directory.hpp"
#include "history/resolve.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace retort {
namespace {

std::string find_editor() {
  for (const char* name : {"VISUAL", "EDITOR"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      return value;
    }
  }
  fail_usage("no editor is set", "set EDITOR, for example EDITOR=vi");
}

/// The text as one word of a shell's command.
std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) {
    word += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return word + "'";
}

/// Waits for the editor, which may be a command with arguments of its own.
void open_in_editor(const std::string& editor, const std::vector<std::string>& paths) {
  std::string command = editor;
  for (const std::string& path : paths) {
    command += fmt::format(" {}", shell_word(path));
  }
  if (std::system(command.c_str()) != 0) {
    fail_usage(fmt::format("the editor failed: {}", editor), "check VISUAL and EDITOR");
  }
}

/// Every file of a revision that holds SQL.
void add_paths(const Revision& revision, std::vector<std::string>& paths) {
  const auto add = [&](const std::string& path) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
      paths.push_back(path);
    }
  };
  add(revision.head->path());
  for (const Section& section : revision.sections) {
    add(section.source->path());
  }
}

Exit run(const Context& context) {
  const std::string& target = context.arguments().single("the revision");
  const std::string editor = find_editor();
  const History history = load_directory(context, {});
  const auto state = context.find_state(history, {target});
  std::vector<std::string> paths;
  for (const Index index : resolve_revisions(history, target, state ? &*state : nullptr)) {
    add_paths(history[index], paths);
  }
  if (paths.empty()) {
    fail_usage(fmt::format("'{}' names no revision", target), "'history' lists the revisions");
  }
  open_in_editor(editor, paths);
  load_directory(context, context.arguments().has("dialect") ? context.find_dialect() : std::nullopt);
  context.console().finish({{"edited", paths}});
  return Exit::fine;
}

} // namespace

const CommandLine edit_command = {"edit", "TARGET", "open a revision's file in the editor, then check it", no_options,
                                  run};

} // namespace retort
