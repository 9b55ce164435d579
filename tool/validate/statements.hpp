#pragma once

#include "history/history.hpp"
#include "plan/plan.hpp"

#include <string_view>

namespace retort {

/// Calls `visit(const Source&, const Statement&)` for every statement that the plan runs, in order.
template <typename Visit>
void for_each_statement(const History& history, const Plan& plan, Visit visit) {
  for (const Step& step : plan.steps) {
    if (step.action == Action::record) {
      continue;
    }
    const Revision& revision = history[step.revision];
    const Change& change = step.direction == Direction::up ? revision.up : revision.down.value();
    for (const Unit& unit : change.units) {
      for (const Unit::Piece& piece : unit.pieces) {
        visit(*piece.source, piece.statement);
      }
    }
  }
}

} // namespace retort
