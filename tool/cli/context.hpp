#pragma once

#include "cli/arguments.hpp"
#include "cli/config.hpp"
#include "cli/console.hpp"
#include "history/applied.hpp"
#include "revision/compile.hpp"
#include "session/session.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// What every command works on: its arguments, the configuration, and the console. The command line goes over the
/// environment, the environment over the file.
class Context {
public:
  Context(Arguments arguments, Console& console) : arguments_(std::move(arguments)), console_(console) {}

  const Arguments& arguments() const { return arguments_; }
  Console& console() const { return console_; }

  /// Read when it is first asked for: what the command line says in full does not depend on a file that happens to be
  /// found.
  const Config& config() const;

  /// The migrations directory, as the user would write it.
  std::string directory() const;

  /// The database: --url, --database, DATABASE_URL, or the only one of the configuration; absent when there is none.
  std::optional<Url> find_url() const;

  /// As find_url. Throws Failure (Exit::usage) when there is none.
  Url url() const;

  /// --dialect, or the dialect of the database; absent when neither is given.
  std::optional<Dialect> find_dialect() const;
  Dialect dialect() const;

  /// The command's lock options.
  SessionOptions session_options() const;

  /// A session on url().
  std::unique_ptr<Session> open(Absent absent = Absent::refused) const;

  /// What the tables of url() hold. What of it does not fit the history is a warning.
  Applied read(const History& history) const;

  /// The state of url(), when it is `needed`, or when one of these targets counts from `current`; absent otherwise.
  std::optional<State> find_state(const History& history, const std::vector<std::string>& targets, bool needed = false,
                                  Absent absent = Absent::refused) const;

  /// Reads and verifies the migrations directory, for a dialect where one is given. Reports all diagnostics; throws
  /// Failure (Exit::migrations) without a further message when there were errors. `inputs` receives what was read.
  History load(std::optional<Dialect> dialect, WayDown way_down = WayDown::must_work,
               std::vector<std::string>* inputs = nullptr) const;

private:
  Arguments arguments_;
  Console& console_;
  mutable std::optional<Config> config_;
};

} // namespace retort
