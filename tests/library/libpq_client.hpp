#pragma once

#include "library/connection.hpp"

namespace retort {

/// A libpq connection, blocking. Collects what the server remarks.
class LibpqClient : public Connection {
public:
  explicit LibpqClient(const std::string& url);

  pg_conn* get() const { return connection_.get(); }

  /// The notices since the last call, a line each.
  std::string take_notices();

  std::string run(const std::string& sql) override;
  Report upgrade(const EmbeddedHistory& history, const Options& options = {}) override;
  Report downgrade(const EmbeddedHistory& history, std::string_view target, const Options& options = {}) override;
  Report stamp(const EmbeddedHistory& history, std::string_view target, const Options& options = {}) override;
  std::vector<std::string> current(const EmbeddedHistory& history) override;
  std::vector<RevisionName> pending(const EmbeddedHistory& history, const Options& options = {}) override;
  Status check(const EmbeddedHistory& history, const Options& options = {}) override;

private:
  std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;
  std::string notices_;
};

} // namespace retort
