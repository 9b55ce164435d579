#include "session/executor.hpp"

#include <algorithm>
#include <utility>

namespace retort {
namespace {

/// What is sent before an answer is awaited is held in memory on both sides.
constexpr std::size_t largest_batch_commands = 512;
constexpr std::size_t largest_batch_bytes = 1 << 20;

bool runs_alone(const Command& command) { return !command.transactional; }

} // namespace

std::span<const Command> Executor::batch() const { return std::span(stream_.commands).subspan(begin_, end_ - begin_); }

void Executor::find_batch() {
  const std::vector<Command>& commands = stream_.commands;
  end_ = begin_;
  std::size_t bytes = 0;
  while (end_ < commands.size()) {
    const Command& command = commands[end_];
    const bool first = end_ == begin_;
    if (!first && (batching_ == Batching::single || runs_alone(command) || end_ - begin_ == largest_batch_commands ||
                   bytes > largest_batch_bytes)) {
      break;
    }
    bytes += command.sql().size();
    ++end_;
    if (first && runs_alone(command)) {
      break;
    }
  }
}

void Executor::ran() {
  const Command& command = stream_.commands[begin_];
  switch (command.kind) {
  case CommandKind::begin: transaction_begin_ = begin_; break;
  case CommandKind::commit:
    committed_.insert(committed_.end(), recorded_.begin(), recorded_.end());
    recorded_.clear();
    break;
  case CommandKind::record: recorded_.push_back(command.step); break;
  default: break;
  }
  ++begin_;
  if (begin_ == end_) {
    find_batch();
  }
}

void Executor::failed() { recorded_.clear(); }

void Executor::retry() {
  begin_ = transaction_begin_;
  find_batch();
}

std::vector<std::size_t> Executor::take_committed() { return std::exchange(committed_, {}); }

} // namespace retort
