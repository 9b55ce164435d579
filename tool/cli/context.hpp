#pragma once

#include "cli/arguments.hpp"
#include "cli/config.hpp"
#include "cli/console.hpp"
#include "history/applied.hpp"
#include "session/session.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace retort {

class Program;

/// What every command works on: its arguments, the configuration, and the console. The command line goes over the
/// environment, the environment over the file.
class Context {
public:
  Context(const Program& program, Arguments arguments, Console& console)
      : program_(program), arguments_(std::move(arguments)), console_(console) {}

  const Program& program() const { return program_; }
  const Arguments& arguments() const { return arguments_; }
  Console& console() const { return console_; }

  /// Read when it is first asked for: what the command line says in full does not depend on a file that happens to be
  /// found.
  const Config& config() const;

  /// The database: --url, --database, DATABASE_URL, or the only one of the configuration; absent when there is none.
  std::optional<Url> find_url() const;

  /// The database of that name in the configuration. Throws Failure (Exit::usage).
  Url database_url(const std::string& name) const;

  /// Whether the command line or the environment names a database.
  bool names_database() const;

  /// As find_url. Throws Failure (Exit::usage) when there is none.
  Url url() const;

  /// --dialect, the dialect of the database, or the program's usual one; absent when there is none.
  std::optional<Dialect> find_dialect() const;
  Dialect dialect() const;

  /// The database's. Throws Failure (Exit::usage) where --dialect names another one.
  Dialect dialect_of(const Url& url) const;

  /// What --schema and the command's lock options say.
  SessionOptions session_options() const;

  /// As session_options, for that schema instead of --schema; empty: none.
  SessionOptions session_options(const std::string& schema) const;

  /// A session on url().
  std::unique_ptr<Session> open(Absent absent = Absent::refused) const;

  /// What the tables of url() hold; `history` becomes the one that this database follows. What does not fit it is a
  /// warning.
  Applied read(History& history) const;

  /// The state of url(), when it is `needed`, or when one of these targets counts from `current`; absent otherwise.
  std::optional<State> find_state(const History& history, const std::vector<std::string>& targets, bool needed = false,
                                  Absent absent = Absent::refused) const;

  /// The program's history, as Program::load.
  History load(std::optional<Dialect> dialect) const;

private:
  const Program& program_;
  Arguments arguments_;
  Console& console_;
  mutable std::optional<Config> config_;
};

} // namespace retort
