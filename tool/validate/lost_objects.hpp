#pragma once

#include "history/history.hpp"
#include "plan/plan.hpp"
#include "session/sqlite_connection.hpp"
#include "validate/schema_outline.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace retort {

/// Finds the indexes and triggers that SQLite silently dropped together with a table that a revision rebuilds (F24). It
/// is told of every step while the plan runs, and looks at the schema around rebuilds only.
///
/// On the way up an object is not lost when a later revision creates it, drops it by name or drops its table; on the
/// way down, when the revision itself brought it.
class LostObjects {
public:
  LostObjects(const History& history, const Plan& plan);

  /// A step on the way to the plan's start begins.
  void step_before_plan(const Step& step, SqliteConnection& connection);

  /// A step of the plan begins.
  void step_of_plan(const Step& step, SqliteConnection& connection);

  /// All steps of the plan ran.
  void end_of_plan(SqliteConnection& connection);

  void report(Diagnostics& diagnostics) const;

private:
  struct Object {
    std::string type; ///< `index` or `trigger`
    std::string name;
    std::string table;
    std::string sql;
  };

  struct Schema {
    std::set<std::string> tables;
    std::map<std::string, Object> objects; ///< by type and name, as SchemaOutline has them
  };

  struct Loss {
    std::size_t step;
    Unit::Piece drop;
    Object object;
  };

  Schema read(std::size_t step, const Schema& before, SqliteConnection& connection) const;
  void finish_step(SqliteConnection& connection);
  bool is_lost(const std::string& key, const Object& object, const Schema& after) const;
  bool is_settled_later(const Loss& loss) const;

  const Plan& plan_;
  std::vector<SchemaOutline> outlines_; ///< of the plan's steps
  std::map<Index, std::size_t> steps_;  ///< of the plan, by their revisions
  std::map<std::size_t, Schema> found_; ///< what stood before the revisions that steps undo, by step
  std::optional<std::size_t> current_;  ///< the step that runs, when it rebuilds a table
  Schema before_;                       ///< that step
  std::vector<Loss> losses_;
};

} // namespace retort
