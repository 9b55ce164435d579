#include "cli/schema_way.hpp"

#include "cli/change_text.hpp"
#include "revision/compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace retort {
namespace {

void expect(const SchemaWay& way, Direction direction, ColumnOrder order, std::vector<Gap>& gaps) {
  const Schema& expected = direction == Direction::up ? way.to : way.from;
  for (const Difference& difference : compare(expected, way.database->schema(), order)) {
    const std::string line = describe(difference);
    gaps.push_back({direction, line, fmt::format("the way {} does not lead there: {}", name(direction), line)});
  }
}

/// Which statement fails, and why. Its place is one in a file that nobody has.
std::string failed(const Diagnostic& diagnostic) {
  std::string_view line = diagnostic.location ? std::string_view(diagnostic.location->line) : std::string_view();
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  line.remove_suffix(line.ends_with(';') ? 1 : 0);
  return line.empty() ? diagnostic.message : fmt::format("'{}' fails: {}", line, diagnostic.message);
}

} // namespace

ChangeOptions reversed(ChangeOptions options) {
  std::ranges::reverse(options.renames);
  for (Rename& rename : options.renames) {
    std::swap(rename.from, rename.to);
  }
  return options;
}

std::string section_text(Direction direction, std::string_view words, const SchemaChange& change,
                         const std::vector<std::string>& todo) {
  std::string text;
  std::optional<bool> in_transaction; // the section that is open
  const auto open_section = [&](bool needs_transaction) {
    if (in_transaction != needs_transaction) {
      in_transaction = needs_transaction;
      text += fmt::format("{}-- migrate:{}{}{}\n", text.empty() ? "" : "\n", name(direction), words,
                          needs_transaction ? "" : " transaction:false");
    }
  };
  for (const std::vector<std::string>& lines : {change.impossible, todo}) {
    for (const std::string& line : lines) {
      open_section(true);
      text += todo_text(line);
    }
  }
  for (const SchemaChange::Step& step : change.steps) {
    open_section(step.in_transaction);
    text += step_text(step);
  }
  if (text.empty()) {
    open_section(true);
  }
  return text;
}

Revision compiled(Revision drafted, Dialect dialect) {
  Diagnostics diagnostics;
  Digest digest;
  compile(drafted, dialect, WayDown::must_work, digest, diagnostics);
  if (diagnostics.has_errors()) {
    throw Failure(Exit::migrations, diagnostics.sorted());
  }
  return drafted;
}

std::vector<Gap> prove(SchemaWay& way, const History& history, const std::string& id, const Proof& proof) {
  std::vector<Gap> gaps;
  Direction direction = Direction::up;
  try {
    way.database->upgrade(history, id);
    expect(way, Direction::up, proof.order, gaps);
    if (proof.ways == Ways::up_and_down) {
      direction = Direction::down;
      way.database->downgrade(history, proof.below);
      expect(way, Direction::down, ColumnOrder::ignored, gaps);
    }
  } catch (const Failure& failure) {
    for (const Diagnostic& diagnostic : failure.diagnostics()) {
      const std::string what = failed(diagnostic);
      gaps.push_back({direction, what, fmt::format("the way {}: {}", name(direction), what)});
    }
  }
  return gaps;
}

} // namespace retort
