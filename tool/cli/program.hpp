#pragma once

#include "cli/commands.hpp"
#include "cli/config.hpp"
#include "history/history.hpp"
#include "library/migration.hpp"
#include "session/session.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A program with a command line: the tool, or one that carries its history.
class Program {
public:
  virtual ~Program() = default;

  /// As its help calls it.
  virtual std::string name() const = 0;
  /// What it is, in a line.
  virtual std::string title() const = 0;
  /// The answer to --version.
  virtual std::string version() const = 0;

  /// In the order of the help.
  virtual std::vector<CommandLine> commands() const = 0;
  /// The options of every command that only this program has.
  virtual void add_options(cxxopts::OptionAdder& options) const = 0;

  /// The configuration in `path`, the value of --config. Throws Failure (Exit::usage).
  virtual Config config(const std::optional<std::string>& path) const = 0;

  virtual Origin origin() const = 0;

  /// The history, compiled for a dialect where one is given. A revision with a broken way down counts as irreversible.
  /// Reports all diagnostics; throws Failure (Exit::migrations) when there are errors.
  virtual History load(const Context& context, std::optional<Dialect> dialect) const = 0;

  /// The dialect of a command line that names none.
  virtual std::optional<Dialect> usual_dialect() const = 0;

  /// Throws Failure (Exit::usage) for a URL of a dialect that the program cannot connect to.
  virtual std::unique_ptr<Session> open(const Url& url, const SessionOptions& options) const = 0;
};

/// Runs a program with the arguments behind its name. Prints to standard output and error, throws nothing and returns
/// the process's exit status.
int run(const Program& program, const std::vector<std::string>& arguments);

} // namespace retort
