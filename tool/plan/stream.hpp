#pragma once

#include "dialect/revision_table.hpp"
#include "plan/plan.hpp"

#include <retort/transactions.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What is open when a stream begins.
enum class Surroundings {
  none,
  transaction ///< the caller's: a savepoint in it holds the whole plan
};

/// SQLite: all (a file is either upgraded or untouched); PostgreSQL: each (a result that does not depend on how many
/// revisions were pending). See docs/decisions/transactions.md.
Transactions default_transactions(Dialect dialect);

enum class CommandKind : std::uint8_t {
  begin,
  statement, ///< of a revision
  own,       ///< Retort's: tables, settings, purge
  record,    ///< writes or removes a row of the revision table: exactly one must change
  journal,   ///< writes a row of the journal: exactly one must change
  commit,
};

/// One command for the database. A statement of a revision is a view into its source.
struct Command {
  CommandKind kind = CommandKind::own;
  bool transactional = true; ///< false: a statement that runs alone, outside of any transaction
  std::uint32_t step = 0;    ///< number of the plan's step that it belongs to
  const Source* source = nullptr;
  Statement statement;
  std::string text; ///< of everything but a statement

  std::string_view sql() const { return source != nullptr ? text_of(*source, statement) : std::string_view(text); }
};

struct StreamOptions {
  Dialect dialect = Dialect::sqlite;
  Surroundings surroundings = Surroundings::none;
  Transactions transactions = Transactions::all; ///< where none surrounds it
  revision_table::Writer writer = revision_table::Writer::script;
  std::string schema{revision_table::default_schema}; ///< PostgreSQL: where Retort\'s tables are
  std::optional<std::string> user;                    ///< who applies, for SQLite
  std::vector<std::string> resets; ///< what brings the session back to how it was set up, behind each revision
  bool creates_table = true;       ///< whether the revision table may be missing
};

/// A plan as commands, complete: whoever runs or prints them adds nothing and decides nothing. The history must outlive
/// it.
struct Stream {
  const History* history = nullptr;
  Plan plan;
  std::vector<Command> commands;

  /// The steps behind which the transaction must be cut although one was asked for the whole plan.
  std::vector<std::size_t> cuts;

  const Revision& revision_of(std::size_t step) const { return (*history)[plan.steps[step].revision]; }
};

/// Renders a plan. Pure: no database, no clock, the same for the same arguments. Throws Failure (Exit::migrations) when
/// a revision that cannot run in a transaction would have to join the caller's.
Stream render_stream(const History& history, Plan plan, const StreamOptions& options);

} // namespace retort
