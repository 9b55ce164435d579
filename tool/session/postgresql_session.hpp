#pragma once

#include "session/executor.hpp"
#include "session/postgresql_connection.hpp"
#include "session/session.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// A session on a PostgreSQL database. The lock is a session-level advisory lock on the working connection.
class PostgresqlSession : public Session {
public:
  PostgresqlSession(Url url, SessionOptions options) : url_(std::move(url)), options_(std::move(options)) {}

  Applied read() override;
  std::size_t migrate(const Planner& planner, Observer& observer) override;

  std::vector<std::string> settings() const override;

private:
  void connect(Observer& observer);
  void check_server(Observer& observer);
  Applied read_state();
  void check_table(std::string_view name);
  void execute(const Stream& stream, Observer& observer, std::size_t& committed);
  void report(const Stream& stream, Executor& executor, Observer& observer, std::size_t& committed) const;
  [[noreturn]] void stop(const Stream& stream, Executor& executor, const Command& command, const DatabaseError& error,
                         Observer& observer, std::size_t& committed);
  bool was_committed(const Stream& stream, std::size_t step) const;
  void add_outcome(const Stream& stream, const Command& command, const std::vector<std::size_t>& pending,
                   Diagnostic& diagnostic, Observer& observer, std::size_t& committed) const;

  /// What a command's text must mention for an index to count as the command's.
  enum class Mention { index, index_or_table };
  std::vector<std::string> invalid_indexes(const Command& command, Mention mention);

  Url url_;
  SessionOptions options_;
  Observer silent_;
  std::unique_ptr<PostgresqlConnection> connection_;
  std::vector<std::string> starting_settings_;
  bool checks_client_ = false; ///< whether the server ends a statement whose client is gone
};

} // namespace retort
