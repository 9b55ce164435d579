#include "validate/sqlite_verdict.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>

namespace retort {
namespace {

/// What an application can add to SQLite.
constexpr std::array<std::string_view, 4> own_things = {
    "no such function: ", "no such collation sequence: ", "no such module: ", "no such vfs: "};

/// Words at which an older parser stops, and the release that brought them (https://sqlite.org/changes.html).
struct NewSyntax {
  int version;
  std::string_view word;
};
constexpr std::array<NewSyntax, 9> new_syntax = {{{3035000, "RETURNING"},
                                                  {3035000, "MATERIALIZED"},
                                                  {3037000, "STRICT"},
                                                  {3038000, ">"},
                                                  {3039000, "DISTINCT"},
                                                  {3044000, "ORDER"},
                                                  {3046000, "_"},
                                                  {3053000, "ALTER"},
                                                  {3053000, "CONSTRAINT"}}};

} // namespace

bool is_syntax_error(std::string_view message) {
  return message.ends_with(": syntax error") || message == "incomplete input" ||
         message.starts_with("unrecognized token");
}

bool forgive_newer(Diagnostic& diagnostic) {
  const std::string_view message = diagnostic.message;
  for (const std::string_view thing : own_things) {
    if (message.starts_with(thing)) {
      diagnostic.severity = Severity::warning;
      diagnostic.hint = "if the application adds it, this is fine; SQLITE_EXTENSIONS lets the build load it, too";
      return true;
    }
  }
  for (const NewSyntax& syntax : new_syntax) {
    if (sqlite3_libversion_number() < syntax.version && is_syntax_error(message) &&
        message.find(fmt::format("\"{}", syntax.word)) != std::string_view::npos) {
      diagnostic.severity = Severity::warning;
      diagnostic.hint = fmt::format("this may be syntax of SQLite {}.{}; this build has {}", syntax.version / 1000000,
                                    syntax.version / 1000 % 1000, sqlite3_libversion());
      return true;
    }
  }
  return false;
}

} // namespace retort
