#pragma once

#include <retort/diagnostic.hpp>
#include <retort/history.hpp>
#include <retort/transactions.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace retort {

/// A revision as reports name it.
struct RevisionName {
  std::string id;
  std::string message;

  bool operator==(const RevisionName&) const = default;
};

/// A revision that was applied or undone, or whose row a stamp wrote or removed.
struct MigratedRevision {
  RevisionName revision;
  Direction direction = Direction::up;
};

/// What a migration did.
struct Report {
  std::vector<MigratedRevision> committed; ///< in order
  std::vector<std::string> current;        ///< where the database stands: the ids on which no applied revision follows
  std::vector<Diagnostic> remarks;         ///< warnings, and what the server said
};

// What a progress callback is told. Texts are valid during the call.
struct RevisionStarted {
  const MigratedRevision& revision;
  std::size_t number = 0; ///< of the revisions to migrate, from 1 on
  std::size_t count = 0;
};
struct StatementRan {
  std::string_view id;
  std::string_view sql;
};
struct RevisionCommitted {
  const MigratedRevision& revision;
};
struct Finished {
  const Report& report;
};
struct WaitingForLock {
  std::string_view holder; ///< who migrates this database now
};
using Event = std::variant<RevisionStarted, StatementRan, RevisionCommitted, Finished, WaitingForLock>;

struct Options {
  // No aggregate: GCC 12 copies the bytes of one that is made in a full expression with co_await.
  Options() = default;

  /// Where an upgrade goes (docs/targets.md).
  std::string target = "heads";

  /// PostgreSQL: a schema that stands for a database. It has its own revision table and lock, and stands first in
  /// search_path, before `public`. Empty: none.
  std::string schema;

  /// Absent: SQLite all, PostgreSQL each. In a transaction that the caller has open, neither counts: it is joined.
  std::optional<Transactions> transactions;

  /// Applies revisions below applied ones late, instead of refusing them.
  bool out_of_order = false;

  /// How long to wait for another process that migrates this database.
  std::chrono::milliseconds lock_wait{60'000};

  /// PostgreSQL: how long a statement may wait for a table, and how long it may run; 0: for ever.
  std::chrono::milliseconds lock_timeout{5'000};
  std::chrono::milliseconds statement_timeout{0};

  /// Is called between statements, on the thread that migrates. What it throws ends the migration as an error does; to
  /// PostgreSQL revisions are sent ahead, and those that ran meanwhile are committed.
  std::function<void(const Event&)> progress;

  /// A request to stop takes effect between statements; PostgreSQL's running statement is cancelled, unless it runs
  /// outside of a transaction. What is not committed is rolled back.
  std::stop_token stop;
};

/// How a database stands to a history.
enum class Standing {
  current, ///< at the target
  behind,  ///< revisions are pending
  newer,   ///< it has revisions that the program does not know
  drifted  ///< its rows do not fit the history otherwise: edited, out of order, or interrupted
};

struct Status {
  Standing standing = Standing::current;
  std::vector<std::string> current;  ///< known ids on which no applied revision follows
  std::vector<RevisionName> pending; ///< in the order in which an upgrade would apply them
  std::vector<Diagnostic> findings;  ///< what is newer or drifted, and what to do
};

/// The one exception of the library. What it has to say in full is what().
class Error : public std::runtime_error {
public:
  enum class Reason {
    request,  ///< the target, the options or the URL are wrong, or the history cannot go there
    database, ///< it refused, or could not be reached
    drifted,  ///< it does not fit the history: Standing::drifted
    newer,    ///< it is newer than the program: Standing::newer. Nothing was written.
    stopped   ///< as asked
  };

  Error(Reason reason, std::vector<Diagnostic> diagnostics, Report report);

  Reason reason() const { return reason_; }

  /// The first error: its place in a revision's file, and the database's code, where there are any.
  const Diagnostic& diagnostic() const { return diagnostics_.front(); }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

  /// What was committed before it. `current` is empty when that is not known.
  const Report& report() const { return report_; }

private:
  Reason reason_;
  std::vector<Diagnostic> diagnostics_;
  Report report_;
};

} // namespace retort
