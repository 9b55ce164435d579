#pragma once

#include "session/sqlite_connection.hpp"

namespace retort {

/// While it lives, SQLite does not wait for a lock by itself: nobody could end that.
class SqliteImpatience {
public:
  explicit SqliteImpatience(SqliteConnection& connection) : connection_(connection), found_(connection.busy_timeout()) {
    if (found_ > 0) {
      connection_.set_busy_timeout(0);
    }
  }
  SqliteImpatience(const SqliteImpatience&) = delete;
  SqliteImpatience& operator=(const SqliteImpatience&) = delete;
  ~SqliteImpatience() {
    if (found_ > 0) {
      connection_.set_busy_timeout(found_);
    }
  }

private:
  SqliteConnection& connection_;
  int found_;
};

} // namespace retort
