#pragma once

#include "text/source.hpp"

#include <retort/diagnostic.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// The location of `length` bytes of `source` from `offset` on; what lies on later lines is not marked.
Location locate(const Source& source, std::size_t offset, std::size_t length = 1);

/// The character at `position` of `source`, for parsers that count lines and columns themselves.
Location locate(const Source& source, Position position);

/// A file or directory as a whole.
Location locate(std::string path);

/// Collects the diagnostics of a phase that reports every problem in one run.
class Diagnostics {
public:
  /// Returns the stored diagnostic, for notes and a hint to be added; valid until the next call.
  Diagnostic& error(std::string message, std::optional<Location> location = {});
  Diagnostic& warning(std::string message, std::optional<Location> location = {});
  Diagnostic& note(std::string message, std::optional<Location> location = {});
  void add(Diagnostic diagnostic);

  bool has_errors() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }

  /// In the order of their paths and positions; those without a location come last, in the order of their arrival.
  std::vector<Diagnostic> sorted() const;

private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

/// How the process ends; the numbers are the exit statuses of the tool.
enum class Exit { fine = 0, migrations = 1, usage = 2, database = 3, behind = 4 };

/// What a caller may want to tell apart from all other failures.
enum class Cause {
  any,
  newer,  ///< a database has revisions that the program does not know
  stopped ///< as the caller asked
};

/// Ends an operation with one diagnostic or several.
class Failure : public std::runtime_error {
public:
  Failure(Exit exit, Diagnostic diagnostic, Cause cause = Cause::any);
  Failure(Exit exit, std::vector<Diagnostic> diagnostics, Cause cause = Cause::any);

  Exit exit() const { return exit_; }
  Cause cause() const { return cause_; }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

private:
  Exit exit_;
  Cause cause_;
  std::vector<Diagnostic> diagnostics_;
};

} // namespace retort
