#pragma once

#include "script/script.hpp"

#include <set>
#include <string>
#include <string_view>

namespace retort {

/// The parts of a script that both dialects share.
class Printer {
public:
  Printer(const Stream& stream, const ScriptOptions& options) : stream_(stream), options_(options) {}

  const History& history() const { return *stream_.history; }
  const Stream& stream() const { return stream_; }
  const ScriptOptions& options() const { return options_; }

  /// A line, or several.
  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }
  void statement(std::string_view sql) {
    out_ += sql;
    out_ += ";\n";
  }
  void comment(std::string_view text);

  /// The lines on top: what the script does, the remarks.
  void heading();

  /// The step's line before its first command.
  void announce(const Command& command);

  /// Retort's own statements from `first` on, as long as they follow each other, on one line. Returns the number behind
  /// them.
  std::size_t settings(std::size_t first);

  /// The ids of the plan's start as SQL literals, joined by commas.
  std::string start_literals() const;

  /// What the start is called: the ids of its tips.
  std::string start_name() const;

  std::string take() { return std::move(out_); }

private:
  const Stream& stream_;
  const ScriptOptions& options_;
  std::string out_;
  std::set<std::uint32_t> announced_;
};

std::string write_sqlite_script(Printer printer);
std::string write_postgresql_script(Printer printer);

} // namespace retort
