#pragma once

#include "session/session.hpp"
#include "text/diagnostic.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// How a command prints its result: `dot` is read by Graphviz, `mermaid` by Mermaid.
enum class Format { text, json, dot, mermaid };

/// `text`, `json`, `dot` or `mermaid`.
std::string_view name(Format format);

enum class Verbosity { quiet, normal, verbose };

/// Prints what the tool has to say: results on standard output, diagnostics on standard error, or, as JSON, both as one
/// document on standard output. Where both go to one place they keep their order.
class Console {
public:
  Format format = Format::text;
  Verbosity verbosity = Verbosity::normal;
  Paint paint = Paint::plain;

  bool is_verbose() const { return verbosity == Verbosity::verbose; }

  /// One line of the result; nothing in JSON.
  void line(std::string_view text) const;

  /// Has what was printed so far reach its reader, where it is no terminal.
  void flush() const;

  /// A line about what goes on, on standard error; nothing when quiet or in JSON.
  void progress(std::string_view text) const;

  /// A line that stands below all others until the next one, on a terminal; empty: none.
  void status(std::string_view text);

  /// Notes only when verbose; nothing but errors when quiet. Kept for the document in JSON.
  void diagnose(const Diagnostic& diagnostic);

  /// Diagnoses them all, sorted. Throws Failure (Exit::migrations) without a further message when there are errors.
  void report(const Diagnostics& diagnostics);

  /// Ends the document: `result` and the diagnostics so far. In JSON only.
  void finish(nlohmann::json result);

private:
  void hide_status() const;

  std::vector<Diagnostic> diagnostics_;
  std::string status_;
};

/// A diagnostic as JSON: severity, message, path, line, column, notes, hint.
nlohmann::json to_json(const Diagnostic& diagnostic);

/// A step as JSON: direction, id, message.
nlohmann::json to_json(const History& history, const Step& step);

/// Tells the console about a session's events.
class ConsoleObserver : public Observer {
public:
  ConsoleObserver(const History& history, Console& console) : history_(&history), console_(console) {}

  /// Steps are of that history from now on.
  void follow(const History& history) { history_ = &history; }

  void step_started(const Step& step) override;
  void step_committed(const Step& step) override;
  void waiting_for_lock(const std::string& holder) override;
  void warned(const Diagnostic& diagnostic) override;

private:
  const History* history_;
  Console& console_;
};

} // namespace retort
