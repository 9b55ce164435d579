#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A place in a text. Both numbers count from 1; a column counts characters (Unicode code points), not bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;

  bool operator==(const Position&) const = default;
};

enum class Severity { note, warning, error };

/// What a message points at, copied out of its source, so that it outlives it.
struct Location {
  std::string path;
  std::optional<Position> position; ///< absent: the file or directory as a whole
  std::string line;                 ///< the source line, when there is a position
  std::size_t width = 1;            ///< how many characters of `line` are marked
};

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
  std::string hint;   ///< what to do next; may be empty
  std::string code{}; ///< the database's: an SQLSTATE, or SQLite's extended result code; may be empty
};

enum class Paint { plain, colour };

/// The diagnostic as gcc prints one: `path:line:column: error: message`, the line, a caret, the notes, the hint.
/// Control and bidirectional characters are escaped: a file or a database cannot steer the terminal. Ends in a newline.
std::string render(const Diagnostic& diagnostic, Paint paint = Paint::plain);

} // namespace retort
