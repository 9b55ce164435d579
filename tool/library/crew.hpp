#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <stop_token>

namespace retort {

/// Does a number of pieces of work, a few at the same time, in their order. What is given must outlive it.
struct Crew {
  std::size_t pieces = 0;
  std::size_t jobs = 1;

  /// Does one piece; whether to go on with further ones.
  std::function<asio::awaitable<bool>(std::size_t number)> work;

  /// Requested when the crew's coroutine is cancelled; begins no further piece.
  std::stop_source stop;
};

/// Ends when the last piece that was begun has ended; throws what the first one threw.
asio::awaitable<void> run(asio::any_io_executor executor, Crew& crew);

} // namespace retort
