#pragma once

#include "plan/stream.hpp"

#include <span>
#include <vector>

namespace retort {

/// How much is sent before an answer is awaited.
enum class Batching {
  many,  ///< as much as fits
  single ///< a command: what has not been said to have run, has not been sent
};

/// Says which commands of a stream to run next, and is told what became of them. It knows no database and does no I/O;
/// a blocking loop or a coroutine drives it. The stream must outlive it.
///
/// A batch is run in order; after the first command that fails, the rest of it must not run. It can hold several
/// transactions (docs/decisions/pipelined-commits.md).
class Executor {
public:
  explicit Executor(const Stream& stream, Batching batching = Batching::many) : stream_(stream), batching_(batching) {
    find_batch();
  }

  /// The commands to run now; empty when everything ran. A statement that must stand outside a transaction is a batch
  /// of its own.
  std::span<const Command> batch() const;

  /// The first command of the batch ran; the batch is the rest of it, or the next one.
  void ran();

  /// The first command of the batch failed, and the transaction that was open was rolled back.
  void failed();

  /// After failed(): makes the commands since the last begin the next ones again.
  void retry();

  /// The steps whose rows were written in the transaction that is open.
  const std::vector<std::size_t>& uncommitted() const { return recorded_; }

  /// The steps whose rows are committed, in order, since the last call.
  std::vector<std::size_t> take_committed();

private:
  void find_batch();

  const Stream& stream_;
  Batching batching_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t transaction_begin_ = 0;
  std::vector<std::size_t> recorded_; ///< steps whose rows wait for the commit
  std::vector<std::size_t> committed_;
};

} // namespace retort
