#pragma once

#include "session/sqlite_session.hpp"

#include <memory>

namespace SQLite {
class Database;
}

namespace retort {

/// A session on an SQLite file, which it opens when it is first needed.
class SqliteFile : public Session {
public:
  SqliteFile(Url url, SessionOptions options);
  ~SqliteFile() override;

  Applied read() override;
  std::size_t migrate(const Planner& planner, Observer& observer) override;

  /// The connection, once migrate() has opened it: for an observer that looks at the database.
  SqliteConnection& connection() { return session_->connection(); }

private:
  enum class Opening { existing, created };

  void open(Opening opening);
  void close();

  Url url_;
  SessionOptions options_;
  std::unique_ptr<SQLite::Database> database_;
  std::unique_ptr<SqliteSession> session_;
};

} // namespace retort
