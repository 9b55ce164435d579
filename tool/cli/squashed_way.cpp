#include "cli/squashed_way.hpp"

#include "cli/change_text.hpp"
#include "cli/default_schema.hpp"
#include "cli/directory.hpp"
#include "cli/renames.hpp"
#include "cli/schema_reader.hpp"
#include "cli/squashed_range.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace retort {
namespace {

/// The target in front of the range.
std::string target_below(const History& history, const std::vector<Index>& range) {
  std::vector<Index> below = outer_dependencies(history, range);
  const auto parents = history.parents(range.front());
  below.insert(below.end(), parents.begin(), parents.end());
  std::string target = id_list(history, below);
  std::erase(target, ' ');
  return target;
}

bool has_way_down(const History& history, const std::vector<Index>& range) {
  return std::ranges::all_of(range, [&](Index index) { return history[index].down.has_value(); });
}

/// Absent where the range does not lead back: then the new revision need not, either, to be as good.
std::optional<Contents> contents_below(ScratchDatabase& end, const History& history, const std::vector<Index>& range,
                                       const std::string& below) {
  if (!has_way_down(history, range)) {
    return std::nullopt;
  }
  try {
    end.downgrade(history, below);
    return end.contents();
  } catch (const Failure&) {
    return std::nullopt;
  }
}

std::vector<SchemaChange::Step> steps_of(const History& history, const std::vector<UnseenStatement>& kept) {
  std::vector<SchemaChange::Step> steps;
  for (const UnseenStatement& found : kept) {
    steps.push_back(
        {fmt::format("-- From {}.\n{}", history[found.revision].id, found.text()), {}, found.transactional});
  }
  return steps;
}

std::string names_of(const History& history, const std::vector<UnseenStatement>& left) {
  std::string text;
  for (const UnseenStatement& found : left) {
    text += fmt::format("-- Left out, from {}: {}\n", history[found.revision].id, found.first_line());
  }
  return text;
}

void leave_out(SquashedWay::Unseen& unseen, const std::function<bool(const UnseenStatement&)>& is_left) {
  std::vector<UnseenStatement> kept;
  for (const UnseenStatement& found : unseen.kept) {
    const bool is_effect = found.role == UnseenStatement::Role::effect;
    (is_effect && is_left(found) ? unseen.left : kept).push_back(found);
  }
  unseen.kept = without_idle_settings(kept);
}

bool runs_apart(const UnseenStatement& a, const UnseenStatement& b) {
  return a.revision != b.revision || a.unit != b.unit;
}

void compare(SquashedWay& squashed, Direction direction, const Contents& expected, const Contents& found) {
  for (const std::string& line : differences(expected, found)) {
    squashed.lost.push_back(fmt::format("{}: behind the way {}, {}", name(squashed.dialect()), name(direction), line));
  }
}

/// What the range names without a schema is wherever search_path leads, and so it stays: one for each tenant.
void name_as_the_range(SquashedWay& squashed, const std::vector<Index>& range) {
  SchemaWay& way = squashed.way;
  const WrittenNames written = written_names(way.history, range);
  if (written.with_public.empty()) {
    way.up = without_public(std::move(way.up));
    way.down = without_public(std::move(way.down));
    return;
  }
  std::vector<std::string> names;
  std::ranges::copy_if(written_names(way.up).with_public, std::back_inserter(names), [&](const std::string& name) {
    return written.bare.contains(name) && !written.with_public.contains(name);
  });
  if (!names.empty()) {
    squashed.lost.push_back(
        fmt::format("postgresql: the range names {} without a schema and other objects with 'public'; the new revision "
                    "has it everywhere",
                    fmt::join(names, ", ")));
  }
}

} // namespace

SquashedWay squashed_way(const Context& context, ScratchMaker& scratch, const std::vector<Index>& range,
                         Dialect dialect) {
  SquashedWay squashed;
  SchemaWay& way = squashed.way;
  way.dialect = dialect;
  way.history = load_directory(context, dialect);
  way.database = scratch.make(dialect);
  const std::string below = target_below(way.history, range);
  if (below != "base") {
    way.database->upgrade(way.history, below);
  }
  way.from = way.database->schema();
  const std::unique_ptr<ScratchDatabase> end = scratch.make(dialect);
  end->upgrade(way.history, way.history[range.back()].id);
  way.to = end->schema();
  squashed.end = end->contents();
  squashed.start = contents_below(*end, way.history, range, below);
  ChangeOptions options = change_options(context, way.from);
  ask_for_renames(context, way.from, way.to, options.renames);
  way.up = change_schema(way.from, way.to, options);
  way.down = change_schema(way.to, way.from, reversed(options));
  if (dialect == Dialect::postgresql) {
    name_as_the_range(squashed, range);
  }
  squashed.up.kept = unseen_statements(way.history, range, Direction::up, dialect);
  squashed.down.kept = unseen_statements(way.history, range, Direction::down, dialect);
  return squashed;
}

void leave_out(SquashedWay& squashed, const std::function<bool(const UnseenStatement&)>& is_left) {
  leave_out(squashed.up, is_left);
  leave_out(squashed.down, is_left);
}

const UnseenStatement* leaking_setting(const SquashedWay& squashed) {
  const auto find = [](const std::vector<UnseenStatement>& kept, bool is_followed) -> const UnseenStatement* {
    for (const UnseenStatement& found : kept) {
      if (found.transactional && changes_settings(found) && (is_followed || runs_apart(found, kept.back()))) {
        return &found;
      }
    }
    return nullptr;
  };
  const UnseenStatement* up = find(squashed.up.kept, false);
  return up != nullptr ? up : find(squashed.down.kept, !squashed.way.down.steps.empty());
}

std::string section_text(const SquashedWay& squashed, Direction direction, std::string_view words) {
  const bool is_up = direction == Direction::up;
  SchemaChange change = is_up ? squashed.way.up : squashed.way.down;
  const SquashedWay::Unseen& unseen = is_up ? squashed.up : squashed.down;
  const auto kept = steps_of(squashed.way.history, unseen.kept);
  change.steps.insert(is_up ? change.steps.end() : change.steps.begin(), kept.begin(), kept.end());
  return section_text(direction, words, change) + names_of(squashed.way.history, unseen.left);
}

std::vector<Gap> prove(SquashedWay& squashed, const History& history, const std::string& id, Ways ways) {
  std::optional<Contents> end;
  try {
    squashed.way.database->upgrade(history, id);
    end = squashed.way.database->contents();
  } catch (const Failure&) {
    end.reset(); // the proof comes to the same place and tells
  }
  std::vector<Gap> gaps = prove(squashed.way, history, id, {ways, "-1", ColumnOrder::compared});
  if (gaps.empty() && end) {
    compare(squashed, Direction::up, squashed.end, *end);
    if (ways == Ways::up_and_down && squashed.start) {
      compare(squashed, Direction::down, *squashed.start, squashed.way.database->contents());
    }
  }
  return gaps;
}

} // namespace retort
