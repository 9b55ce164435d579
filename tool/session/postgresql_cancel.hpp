#pragma once

#include "session/errand.hpp"

#include <memory>
#include <optional>

struct pg_cancel;
struct pg_conn;

namespace retort {

/// Asks a server to cancel what it runs for a connection, on a thread of its own: libpq opens a connection for it, and
/// blocks.
class PostgresqlCancel {
public:
  explicit PostgresqlCancel(pg_conn* connection);

  /// Asks, unless it still does. What the server runs when the question arrives is cancelled, if it runs anything.
  void ask();

  /// Whether what is sent to the server now may still be hit.
  bool asks() const { return errand_ && !errand_->is_done(); }

  /// A file that can be read from when it asks no longer, while asks().
  int file() const { return errand_->file(); }

private:
  std::shared_ptr<pg_cancel> cancel_;
  std::optional<Errand> errand_;
};

} // namespace retort
