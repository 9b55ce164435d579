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
  try {
    way.database->upgrade(history, id);
    expect(way, Direction::up, proof.order, gaps);
    if (proof.ways == Ways::up_and_down) {
      way.database->downgrade(history, proof.below);
      expect(way, Direction::down, ColumnOrder::ignored, gaps);
    }
  } catch (const Failure& failure) {
    for (const Diagnostic& diagnostic : failure.diagnostics()) {
      gaps.push_back({Direction::up, diagnostic.message, diagnostic.message});
    }
  }
  return gaps;
}

} // namespace retort
