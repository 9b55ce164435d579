#include "session/database_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace retort {
namespace {

struct Advice {
  std::string_view code;
  std::string_view hint;
};

constexpr std::size_t longest_excerpt = 200;

/// What to do about errors whose message alone does not say it; by SQLSTATE
/// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
constexpr std::array<Advice, 8> advice = {{
    {"25001", "move the statement to a section of its own: -- migrate:up transaction:false"},
    {"25006", "the server or this role is read-only; connect to the primary with a role that may write"},
    {"42501", "connect as a role that owns the object, or grant the right"},
    {"53200", "the transaction holds more locks than the server has room for; try --transaction each"},
    {"55006", "the object has pending trigger events; try --transaction each, or split the revision"},
    {"55P03", "another session holds the table; try again when it is less busy, or wait longer with --lock-timeout"},
    {"55P04", "a new enum value can be used only after a commit; move what uses it to a revision of its own, or try "
              "--transaction each"},
    {"57014", "the statement was cancelled"},
}};

/// The lines of a text, without the white space around them.
std::vector<std::string> lines(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(space), line.size()));
    line = line.substr(0, line.find_last_not_of(space) + 1);
    if (!line.empty()) {
      lines.emplace_back(line);
    }
  }
  return lines;
}

std::string_view advice_for(const DatabaseError& error) {
  const auto found =
      std::find_if(advice.begin(), advice.end(), [&](const Advice& entry) { return entry.code == error.code; });
  return found == advice.end() ? std::string_view() : found->hint;
}

Diagnostic diagnose(const DatabaseError& error, std::optional<Location> location, bool shows_code) {
  // A message has one line here; what a database says on further lines becomes notes.
  std::vector<std::string> message = lines(error.message);
  Diagnostic diagnostic{Severity::error,
                        message.empty() ? std::string("the database gave no reason") : message.front(),
                        std::move(location),
                        {},
                        std::string(advice_for(error))};
  diagnostic.code = error.code;
  if (shows_code && !error.code.empty()) {
    diagnostic.message += fmt::format(" [{}]", error.code);
  }
  if (!message.empty()) {
    message.erase(message.begin());
  }
  for (const std::vector<std::string>& texts : {message, lines(error.detail), lines(error.context)}) {
    for (const std::string& text : texts) {
      diagnostic.notes.push_back({text, {}});
    }
  }
  const std::string own_hint = fmt::format("{}", fmt::join(lines(error.hint), " "));
  if (diagnostic.hint.empty()) {
    diagnostic.hint = own_hint;
  } else if (!own_hint.empty()) {
    diagnostic.notes.push_back({own_hint, {}});
  }
  return diagnostic;
}

} // namespace

Diagnostic explain(const DatabaseError& error, const Command& command, Dialect dialect) {
  const bool shows_code = dialect == Dialect::postgresql;
  if (command.source == nullptr) {
    Diagnostic diagnostic = diagnose(error, {}, shows_code);
    const std::string_view sql = command.sql();
    diagnostic.notes.push_back(
        {fmt::format("while running: {}{}", fmt::join(lines(sql.substr(0, longest_excerpt)), " "),
                     sql.size() > longest_excerpt ? " …" : ""),
         {}});
    return diagnostic;
  }
  const std::size_t begin = command.statement.offset + error.offset.value_or(0);
  const std::size_t end = command.statement.offset + command.statement.length;
  // The database gives a point; what is marked is the word there, or the whole statement when it gave none.
  const std::string_view rest = command.source->text().substr(begin, end - begin);
  const std::size_t word = std::min(rest.find_first_of(" \t\r\n(),;"), rest.size());
  const std::size_t length = error.offset ? std::max<std::size_t>(1, word) : rest.size();
  return diagnose(error, locate(*command.source, begin, length), shows_code);
}

Diagnostic explain(const DatabaseError& error, std::string_view doing) {
  Diagnostic diagnostic = diagnose(error, {}, true);
  diagnostic.message = fmt::format("{}: {}", doing, diagnostic.message);
  return diagnostic;
}

Failure stopped() {
  return {Exit::database,
          {Severity::error, "stopped, as asked", {}, {}, "run it again: it goes on from what was committed"},
          Cause::stopped};
}

Failure after_commits(const Failure& failure, std::size_t committed) {
  std::vector<Diagnostic> diagnostics = failure.diagnostics();
  if (diagnostics.empty() || (committed == 0 && failure.exit() != Exit::database)) {
    return failure;
  }
  diagnostics.back().notes.push_back({committed == 0 ? "no revision was committed"
                                                     : fmt::format("{} {} committed before this", committed,
                                                                   committed == 1 ? "revision was" : "revisions were"),
                                      {}});
  return {failure.exit(), std::move(diagnostics), failure.cause()};
}

} // namespace retort
