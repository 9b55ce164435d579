#pragma once

#include "session/executor.hpp"
#include "session/session.hpp"
#include "session/sqlite_connection.hpp"

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace retort {

/// A session on an SQLite connection that it borrows, and leaves as it found it. The lock is the database's own: BEGIN
/// IMMEDIATE, with the state read inside it (F26). A transaction that the caller has open is joined.
class SqliteSession : public Session {
public:
  /// `name`: what messages call the database.
  SqliteSession(sqlite3* handle, std::string name, SessionOptions options)
      : connection_(handle), name_(std::move(name)), options_(std::move(options)) {}

  Applied read() override;
  std::size_t migrate(const Planner& planner, Observer& observer) override;
  bool joins() const override { return joins_; }

  SqliteConnection& connection() { return connection_; }

private:
  /// The rows of `PRAGMA foreign_key_check`.
  struct Violations {
    std::map<std::pair<std::string, std::string>, std::size_t> counts; ///< of child and parent table
    std::set<std::string> unchecked;                                   ///< child tables that SQLite cannot check
  };

  enum class Outcome { finished, changed_by_another };

  Applied read_unlocked(Observer& observer);
  Applied read_state();
  void begin(Observer& observer);
  void roll_back();
  void check_joined(const Stream& stream);
  template <typename Try>
  void retry_while_busy(Observer& observer, Try attempt);
  void count_violations(std::string_view pragma, Violations& violations);
  Violations violations(Observer& observer);
  Outcome execute(const Stream& stream, Observer& observer, std::size_t& committed);
  Outcome run(const Command& command, Observer& observer);
  void run_statement(const Command& command, Observer& observer);
  void commit(const Command& command, Observer& observer);
  void check_foreign_keys(Observer& observer);

  SqliteConnection connection_;
  std::string name_;
  SessionOptions options_;
  Violations before_;
  std::set<std::string> told_;    ///< warnings
  std::int64_t data_version_ = 0; ///< SQLite's count of the changes that others made to the file
  bool joins_ = false;            ///< whether the caller has a transaction open
  bool opened_ = false;           ///< whether a savepoint is open in the caller's transaction
  std::chrono::steady_clock::time_point step_began_;
};

} // namespace retort
