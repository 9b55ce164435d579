#include "text/diagnostic.hpp"

#include "text/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace retort {
namespace {

/// A line longer than this is shown as the part around the caret: a minified statement must not fill the screen.
constexpr std::size_t widest_excerpt = 200;
constexpr std::size_t excerpt_before_caret = 60;

std::string_view word(Severity severity) {
  switch (severity) {
  case Severity::note: return "note";
  case Severity::warning: return "warning";
  default: return "error";
  }
}

std::string_view colour(Severity severity) {
  switch (severity) {
  case Severity::note: return "\x1b[1;36m";
  case Severity::warning: return "\x1b[1;35m";
  default: return "\x1b[1;31m";
  }
}

std::string_view skip_characters(std::string_view text, std::size_t count) {
  while (count > 0 && !text.empty()) {
    text.remove_prefix(std::max<std::size_t>(1, utf8_sequence(text)));
    --count;
  }
  return text;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  return text.substr(0, text.size() - skip_characters(text, count).size());
}

void append_excerpt(std::string& out, const Location& location) {
  std::string_view line = location.line;
  std::size_t column = location.position->column;
  std::string_view left;
  std::string_view right;
  if (utf8_length(line) > widest_excerpt) {
    const std::size_t cut = column > excerpt_before_caret ? column - excerpt_before_caret : 0;
    left = cut > 0 ? "…" : "";
    line = skip_characters(line, cut);
    column -= cut;
    right = utf8_length(line) > widest_excerpt ? "…" : "";
    line = first_characters(line, widest_excerpt);
  }
  const std::string_view before = first_characters(line, column - 1);
  const std::string_view marked = first_characters(line.substr(before.size()), location.width);
  out += fmt::format("{:5} | {}{}{}\n      | ", location.position->line, left, printable(line), right);
  out.append(left.empty() ? 0 : 1, ' ');
  // Tabs stay tabs, so that the caret stands below its character whatever the tab width is.
  for (const char c : printable(before)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80) {
      out += c == '\t' ? '\t' : ' ';
    }
  }
  out += '^';
  const std::size_t tildes = utf8_length(printable(marked));
  out.append(tildes > 1 ? tildes - 1 : 0, '~');
  out += '\n';
}

void append(std::string& out, Severity severity, std::string_view message, const std::optional<Location>& location,
            Paint paint) {
  const bool paints = paint == Paint::colour;
  if (location) {
    std::string place = printable(location->path);
    if (location->position) {
      place += fmt::format(":{}:{}", location->position->line, location->position->column);
    }
    out += paints ? fmt::format("\x1b[1m{}:\x1b[0m ", place) : place + ": ";
  }
  out += paints ? fmt::format("{}{}:\x1b[0m ", colour(severity), word(severity)) : fmt::format("{}: ", word(severity));
  out += printable(message);
  out += '\n';
  if (location && location->position) {
    append_excerpt(out, *location);
  }
}

} // namespace

Location locate(const Source& source, std::size_t offset, std::size_t length) {
  offset = std::min(offset, source.text().size());
  const std::string_view line = source.line_at(offset);
  const auto line_end = static_cast<std::size_t>(line.data() - source.text().data()) + line.size();
  const std::size_t on_line = offset < line_end ? std::min(length, line_end - offset) : 1;
  return {source.path(), source.position(offset), std::string(line),
          std::max<std::size_t>(1, utf8_length(source.text().substr(offset, on_line)))};
}

Location locate(const Source& source, Position position) {
  std::size_t offset = 0;
  for (std::size_t line = 1; line < position.line && offset < source.text().size(); ++line) {
    offset = std::min(source.text().find('\n', offset), source.text().size() - 1) + 1;
  }
  return {source.path(), position, std::string(source.line_at(offset)), 1};
}

Location locate(std::string path) { return {std::move(path), {}, {}, 1}; }

Diagnostic& Diagnostics::error(std::string message, std::optional<Location> location) {
  add({Severity::error, std::move(message), std::move(location), {}, {}});
  return all_.back();
}

Diagnostic& Diagnostics::warning(std::string message, std::optional<Location> location) {
  add({Severity::warning, std::move(message), std::move(location), {}, {}});
  return all_.back();
}

Diagnostic& Diagnostics::note(std::string message, std::optional<Location> location) {
  add({Severity::note, std::move(message), std::move(location), {}, {}});
  return all_.back();
}

void Diagnostics::add(Diagnostic diagnostic) {
  errors_ += diagnostic.severity == Severity::error ? 1 : 0;
  all_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  const auto key = [](const Diagnostic& diagnostic) {
    const Location* location = diagnostic.location ? &*diagnostic.location : nullptr;
    const Position position = location != nullptr && location->position ? *location->position : Position{0, 0};
    return std::make_tuple(location == nullptr, location != nullptr ? std::string_view(location->path) : "",
                           position.line, position.column);
  };
  std::vector<Diagnostic> sorted = all_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  return sorted;
}

Failure::Failure(Exit exit, Diagnostic diagnostic, Cause cause)
    : Failure(exit, std::vector{std::move(diagnostic)}, cause) {}

Failure::Failure(Exit exit, std::vector<Diagnostic> diagnostics, Cause cause)
    : std::runtime_error(diagnostics.empty() ? "" : diagnostics.front().message), exit_(exit), cause_(cause),
      diagnostics_(std::move(diagnostics)) {}

std::string render(const Diagnostic& diagnostic, Paint paint) {
  std::string out;
  append(out, diagnostic.severity, diagnostic.message, diagnostic.location, paint);
  for (const Note& note : diagnostic.notes) {
    append(out, Severity::note, note.message, note.location, paint);
  }
  if (!diagnostic.hint.empty()) {
    out += paint == Paint::colour ? "\x1b[1;32mhint:\x1b[0m " : "hint: ";
    out += printable(diagnostic.hint);
    out += '\n';
  }
  return out;
}

} // namespace retort
