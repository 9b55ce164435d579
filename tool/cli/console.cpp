#include "cli/console.hpp"

#include "text/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstdio>

namespace retort {
namespace {

bool is_shown(Severity severity, Verbosity verbosity) {
  switch (severity) {
  case Severity::note: return verbosity == Verbosity::verbose;
  case Severity::warning: return verbosity != Verbosity::quiet;
  default: return true;
  }
}

nlohmann::json to_json(const Location& location) {
  nlohmann::json json = {{"path", location.path}};
  if (location.position) {
    json["line"] = location.position->line;
    json["column"] = location.position->column;
  }
  return json;
}

} // namespace

std::string_view name(Format format) {
  constexpr std::string_view names[] = {"text", "json", "dot", "mermaid"};
  return names[static_cast<std::size_t>(format)];
}

void Console::line(std::string_view text) const {
  if (format != Format::json) {
    hide_status();
    fmt::print("{}\n", printable(text));
  }
}

void Console::flush() const { std::fflush(stdout); }

void Console::hide_status() const {
  if (!status_.empty()) {
    std::fflush(stdout);
    fmt::print(stderr, "\r\x1b[K");
  }
}

void Console::status(std::string_view text) {
  if (format == Format::json || verbosity == Verbosity::quiet || ::isatty(STDERR_FILENO) == 0) {
    return;
  }
  hide_status();
  status_ = printable(text);
  fmt::print(stderr, "{}", status_);
}

void Console::progress(std::string_view text) const {
  if (format != Format::json && verbosity != Verbosity::quiet) {
    std::fflush(stdout);
    hide_status();
    fmt::print(stderr, "{}\n", printable(text));
  }
}

void Console::diagnose(const Diagnostic& diagnostic) {
  if (format == Format::json) {
    diagnostics_.push_back(diagnostic);
  } else if (is_shown(diagnostic.severity, verbosity)) {
    std::fflush(stdout);
    hide_status();
    fmt::print(stderr, "{}", render(diagnostic, paint));
  }
}

void Console::report(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    diagnose(diagnostic);
  }
  if (diagnostics.has_errors()) {
    throw Failure(Exit::migrations, std::vector<Diagnostic>());
  }
}

void Console::finish(nlohmann::json result) {
  if (format != Format::json) {
    return;
  }
  nlohmann::json diagnostics = nlohmann::json::array();
  for (const Diagnostic& diagnostic : diagnostics_) {
    diagnostics.push_back(to_json(diagnostic));
  }
  result["diagnostics"] = std::move(diagnostics);
  // Bytes that are not UTF-8, from a database for example, become U+FFFD instead of an exception.
  fmt::print("{}\n", result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

nlohmann::json to_json(const Diagnostic& diagnostic) {
  constexpr std::string_view names[] = {"note", "warning", "error"};
  nlohmann::json json = {{"severity", names[static_cast<std::size_t>(diagnostic.severity)]},
                         {"message", diagnostic.message}};
  if (diagnostic.location) {
    json.update(to_json(*diagnostic.location));
  }
  for (const Note& note : diagnostic.notes) {
    nlohmann::json entry = {{"message", note.message}};
    if (note.location) {
      entry.update(to_json(*note.location));
    }
    json["notes"].push_back(std::move(entry));
  }
  if (!diagnostic.hint.empty()) {
    json["hint"] = diagnostic.hint;
  }
  return json;
}

nlohmann::json to_json(const History& history, const Step& step) {
  return {{"direction", name(step.direction)},
          {"id", history[step.revision].id},
          {"message", history[step.revision].message}};
}

void ConsoleObserver::step_started(const Step& step) {
  if (console_.is_verbose()) {
    console_.progress(fmt::format("running: {}", describe(*history_, step)));
  }
}

void ConsoleObserver::step_committed(const Step& step) {
  if (console_.verbosity != Verbosity::quiet) {
    console_.line(describe(*history_, step));
    std::fflush(stdout); // a log shows how far a long migration is
  }
}

void ConsoleObserver::waiting_for_lock(const std::string& holder) {
  console_.progress(fmt::format("waiting: another process migrates this database ({})", holder));
}

void ConsoleObserver::warned(const Diagnostic& diagnostic) { console_.diagnose(diagnostic); }

} // namespace retort
