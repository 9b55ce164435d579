#pragma once

#include <memory>
#include <string>

struct pg_conn;

/// The visits in the database. Blocks: use it from one thread, which may wait.
class Visits {
public:
  /// Connects. Throws std::runtime_error, as all of it does.
  explicit Visits(const std::string& url);

  /// Adds a visit, and gives how many the visitor has made.
  std::string add(const std::string& name);

private:
  std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;
};
