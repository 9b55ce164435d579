#include "testing/sql_files.hpp"

#include "plan/sql_file.hpp"
#include "text/file.hpp"

#include <string>

namespace retort {

namespace {

/// Somebody named the file: that it is not there is no mistake in it.
std::string read_named(const std::filesystem::path& path) {
  try {
    return read_file(path);
  } catch (const Failure& failure) {
    throw Failure(Exit::usage, failure.diagnostics());
  }
}

} // namespace

void run_commands(Session& session, const std::vector<Command>& commands, Observer& observer) {
  if (!commands.empty()) {
    session.migrate([&](const Applied&) { return Stream{nullptr, Plan(State(0)), commands, {}}; }, observer);
  }
}

SqlFiles::SqlFiles(const std::vector<std::filesystem::path>& paths, Dialect dialect, std::string_view what) {
  for (const std::filesystem::path& path : paths) {
    const Source& source = sources_.emplace_back(path.string(), read_named(path));
    commands_.push_back(sql_file_commands(source, dialect, what));
  }
}

void SqlFiles::run(Session& session, Observer& observer) const {
  for (const std::vector<Command>& commands : commands_) {
    run_commands(session, commands, observer);
  }
}

} // namespace retort
