#pragma once

#include "plan/stream.hpp"

#include <span>
#include <vector>

namespace retort {

/// Says which commands of a stream to run next, and is told what became of them. It knows no database and does no I/O;
/// a blocking loop or a coroutine drives it. The stream must outlive it.
///
/// A batch is run in order; after the first command that fails, the rest of it must not run. A commit only ever opens a
/// batch: it is not sent before everything it commits is known to have succeeded (F13).
class Executor {
public:
  explicit Executor(const Stream& stream) : stream_(stream) { find_batch(); }

  /// The commands to run now; empty when everything ran. A statement that must stand outside a transaction is a batch
  /// of its own.
  std::span<const Command> batch() const;

  /// The whole batch ran.
  void succeeded();

  /// The first `count` commands of the batch ran, and the transaction that was open then was rolled back.
  void failed(std::size_t count);

  /// After failed(): makes the commands since the last begin the next ones again.
  void retry();

  /// Whether the commands that ran have left a transaction open.
  bool in_transaction() const { return in_transaction_; }

  /// The steps whose rows were written in the transaction that is open.
  const std::vector<std::size_t>& uncommitted() const { return recorded_; }

  /// The steps whose rows are committed, in order, since the last call.
  std::vector<std::size_t> take_committed();

private:
  void find_batch();
  void note(const Command& command);

  const Stream& stream_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t transaction_begin_ = 0;
  bool in_transaction_ = false;
  std::vector<std::size_t> recorded_; ///< steps whose rows wait for the commit
  std::vector<std::size_t> committed_;
};

} // namespace retort
