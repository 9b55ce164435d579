#pragma once

#include "text/source.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

enum class Severity { note, warning, error };

/// What a message points at, copied out of its source, so that it outlives it.
struct Location {
  std::string path;
  std::optional<Position> position; ///< absent: the file or directory as a whole
  std::string line;                 ///< the source line, when there is a position
  std::size_t width = 1;            ///< how many characters of `line` are marked
};

/// The location of `length` bytes of `source` from `offset` on; what lies on later lines is not marked.
Location locate(const Source& source, std::size_t offset, std::size_t length = 1);

/// The character at `position` of `source`, for parsers that count lines and columns themselves.
Location locate(const Source& source, Position position);

/// A file or directory as a whole.
Location locate(std::string path);

struct Note {
  std::string message;
  std::optional<Location> location;
};

/// One message for the user: what, where, and what to do next.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string message;
  std::optional<Location> location;
  std::vector<Note> notes;
  std::string hint; ///< what to do next; may be empty
};

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

/// Ends an operation with one diagnostic or several.
class Failure : public std::runtime_error {
public:
  Failure(Exit exit, Diagnostic diagnostic);
  Failure(Exit exit, std::vector<Diagnostic> diagnostics);

  Exit exit() const { return exit_; }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

private:
  Exit exit_;
  std::vector<Diagnostic> diagnostics_;
};

enum class Paint { plain, colour };

/// The diagnostic as gcc prints one: `path:line:column: error: message`, the line, a caret, the notes, the hint.
/// Control and bidirectional characters are escaped: a file or a database cannot steer the terminal. Ends in a newline.
std::string render(const Diagnostic& diagnostic, Paint paint = Paint::plain);

} // namespace retort
