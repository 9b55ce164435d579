#include "validate/lost_objects.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {

LostObjects::LostObjects(const History& history, const Plan& plan) : plan_(plan) {
  for (const Step& step : plan.steps) {
    steps_.emplace(step.revision, outlines_.size());
    SchemaOutline& outlined = outlines_.emplace_back();
    if (step.action == Action::run) {
      const Revision& revision = history[step.revision];
      outlined = outline(step.direction == Direction::up ? revision.up : revision.down.value());
    }
  }
}

/// The tables that the step rebuilds and what belongs to them, and whatever is called as what was there before.
LostObjects::Schema LostObjects::read(std::size_t step, const Schema& before, SqliteConnection& connection) const {
  std::string tables;
  for (const Rebuild& rebuild : outlines_[step].rebuilds) {
    tables += (tables.empty() ? "" : ", ") + literal(rebuild.table);
  }
  std::string names;
  for (const auto& [key, object] : before.objects) {
    names += (names.empty() ? "" : ", ") + literal(folded_name(object.name));
  }
  Schema schema;
  // What has no text belongs to a constraint.
  connection.run(fmt::format("SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE sql IS NOT NULL AND "
                             "(lower(tbl_name) IN ({}) OR lower(name) IN ({}))",
                             tables, names),
                 [&](const SqliteRow& row) {
                   const std::string type = row.text(0);
                   const std::string name = row.text(1);
                   if (type == "table") {
                     schema.tables.insert(folded_name(name));
                   } else {
                     schema.objects[type + " " + folded_name(name)] = {type, name, row.text(2), row.text(3)};
                   }
                 });
  return schema;
}

void LostObjects::step_before_plan(const Step& step, SqliteConnection& connection) {
  const auto undone = steps_.find(step.revision);
  if (undone != steps_.end() && !outlines_[undone->second].rebuilds.empty()) {
    found_[undone->second] = read(undone->second, {}, connection);
  }
}

void LostObjects::step_of_plan(const Step& step, SqliteConnection& connection) {
  finish_step(connection);
  const std::size_t number = steps_.at(step.revision);
  if (!outlines_[number].rebuilds.empty()) {
    current_ = number;
    before_ = read(number, {}, connection);
  }
}

void LostObjects::end_of_plan(SqliteConnection& connection) { finish_step(connection); }

void LostObjects::finish_step(SqliteConnection& connection) {
  if (!current_) {
    return;
  }
  const Schema after = read(*current_, before_, connection);
  for (const Rebuild& rebuild : outlines_[*current_].rebuilds) {
    for (const auto& [key, object] : before_.objects) {
      if (folded_name(object.table) == rebuild.table && after.tables.contains(rebuild.table) &&
          is_lost(key, object, after)) {
        losses_.push_back({*current_, rebuild.drop, object});
      }
    }
  }
  current_.reset();
}

bool LostObjects::is_lost(const std::string& key, const Object& object, const Schema& after) const {
  const bool undoes = plan_.steps[*current_].direction == Direction::down;
  if (after.objects.contains(key) || outlines_[*current_].dropped_objects.contains(key) ||
      (undoes && !found_.at(*current_).objects.contains(key))) {
    return false;
  }
  return std::ranges::none_of(after.objects, [&](const auto& other) {
    return folded_name(other.second.table) == folded_name(object.table) &&
           definition(other.second.sql) == definition(object.sql);
  });
}

/// By a step up that follows.
bool LostObjects::is_settled_later(const Loss& loss) const {
  const std::string key = loss.object.type + " " + folded_name(loss.object.name);
  return std::any_of(outlines_.begin() + static_cast<std::ptrdiff_t>(loss.step) + 1, outlines_.end(),
                     [&](const SchemaOutline& later) {
                       return later.created_objects.contains(key) || later.dropped_objects.contains(key) ||
                              later.dropped_tables.contains(folded_name(loss.object.table));
                     });
}

void LostObjects::report(Diagnostics& diagnostics) const {
  for (const Loss& loss : losses_) {
    const bool goes_up = plan_.steps[loss.step].direction == Direction::up;
    if (goes_up && is_settled_later(loss)) {
      continue;
    }
    diagnostics
        .warning(fmt::format("the rebuild of table {} lost its {} {}", loss.object.table, loss.object.type,
                             loss.object.name),
                 locate(*loss.drop.source, loss.drop.statement.offset, loss.drop.statement.length))
        .hint = goes_up
                    ? "create it again behind the rebuild, or drop it by name before; where this is applied already, "
                      "do so in a new revision"
                    : "create it again behind the rebuild, or drop it by name before";
  }
}

} // namespace retort
