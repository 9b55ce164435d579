#include "testing/battery_run.hpp"

#include "history/walk.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

/// With the template's name and a number, as long as PostgreSQL's names may be.
constexpr std::size_t longest_suffix = 13;

} // namespace

void add_notes(Diagnostic& diagnostic, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    diagnostic.notes.push_back({line, {}});
  }
}

std::vector<Index> BatteryRun::order() const {
  return upgrade_order(history(), State(history().size()), given_.contents.target);
}

Location BatteryRun::place(Index index, Direction direction) const {
  const Revision& revision = history()[index];
  const auto section = std::ranges::find_if(revision.sections, [&](const Section& candidate) {
    return candidate.direction == direction && (!candidate.dialect || *candidate.dialect == dialect());
  });
  return locate(section == revision.sections.end() ? revision.path : section->source->path());
}

Diagnostic& BatteryRun::blame(Index revision, Direction direction, std::string message) {
  return diagnostics_.error(std::move(message), place(revision, direction));
}

void BatteryRun::blame(Index revision, Direction direction, const Failure& failure) {
  for (Diagnostic diagnostic : failure.diagnostics()) {
    if (!diagnostic.location) {
      diagnostic.location = place(revision, direction);
    }
    diagnostics_.add(std::move(diagnostic));
  }
}

void BatteryRun::fail(const Failure& failure) {
  const bool is_mistake =
      failure.exit() == Exit::behind || std::ranges::any_of(failure.diagnostics(), [](const Diagnostic& diagnostic) {
        return diagnostic.location.has_value();
      });
  failed_ = is_mistake ? Exit::migrations : failure.exit();
  for (const Diagnostic& diagnostic : failure.diagnostics()) {
    diagnostics_.add(diagnostic);
  }
}

void BatteryRun::remark_irreversible(Index index) {
  const Revision& revision = history()[index];
  remark(fmt::format("passed over: {} is irreversible{}", revision.id,
                     revision.irreversible ? fmt::format(": {}", revision.irreversible->text) : ""));
}

BatteryResult BatteryRun::take() {
  result_.diagnostics = diagnostics_.sorted();
  if (diagnostics_.has_errors()) {
    result_.exit = failed_.value_or(Exit::migrations);
  }
  return std::move(result_);
}

std::string BatteryRun::next_url() {
  const std::string suffix = fmt::format(".{}", name_.substr(0, longest_suffix));
  const std::string first = suffixed(given_.url, suffix);
  if (++databases_ == 1) {
    given_.databases.drop_suffixed(first); // what an earlier run kept
    return first;
  }
  return suffixed(first, fmt::format(".{}", databases_));
}

} // namespace retort
