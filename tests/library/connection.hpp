#pragma once

#include "session/test_database.hpp"

#include <retort/migration.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct pg_conn;

namespace retort {

/// A program's own connection, and the library's functions on it, for tests that hold for both databases.
class Connection {
public:
  virtual ~Connection() = default;

  /// As TestDatabase::run, on this connection.
  virtual std::string run(const std::string& sql) = 0;

  virtual Report upgrade(const EmbeddedHistory& history, const Options& options = {}) = 0;
  virtual Report downgrade(const EmbeddedHistory& history, std::string_view target, const Options& options = {}) = 0;
  virtual Report stamp(const EmbeddedHistory& history, std::string_view target, const Options& options = {}) = 0;
  virtual std::vector<std::string> current(const EmbeddedHistory& history) = 0;
  virtual std::vector<RevisionName> pending(const EmbeddedHistory& history, const Options& options = {}) = 0;
  virtual Status check(const EmbeddedHistory& history, const Options& options = {}) = 0;
};

std::unique_ptr<Connection> connect(const TestDatabase& database);

/// An SQLite connection, bare.
class SqliteClient : public Connection {
public:
  explicit SqliteClient(const std::string& path);

  sqlite3* get() const { return handle_.get(); }

  std::string run(const std::string& sql) override;
  Report upgrade(const EmbeddedHistory& history, const Options& options = {}) override;
  Report downgrade(const EmbeddedHistory& history, std::string_view target, const Options& options = {}) override;
  Report stamp(const EmbeddedHistory& history, std::string_view target, const Options& options = {}) override;
  std::vector<std::string> current(const EmbeddedHistory& history) override;
  std::vector<RevisionName> pending(const EmbeddedHistory& history, const Options& options = {}) override;
  Status check(const EmbeddedHistory& history, const Options& options = {}) override;

private:
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_;
};

} // namespace retort
