#pragma once

#include "session/test_database.hpp"
#include "support/embedded.hpp"
#include "support/revisions.hpp"

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <retort/async.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A history as a program has it.
class ProgramHistory {
public:
  ProgramHistory(const std::vector<RevisionText>& texts, Dialect dialect)
      : history_(history_of(texts, dialect)), compiled_{dialect, &history_}, embedded_(std::span(&compiled_, 1)),
        view_(embedded_.view()) {}

  const EmbeddedHistory& view() const { return view_; }

private:
  History history_;
  CompiledHistory compiled_;
  Embedded embedded_;
  EmbeddedHistory view_;
};

/// What became of an operation, as one text.
inline std::string shown(const Report& report) {
  std::string text;
  for (const MigratedRevision& step : report.committed) {
    text += std::string(name(step.direction)) + " " + step.revision.id + "\n";
  }
  text += "at";
  for (const std::string& id : report.current) {
    text += " " + id;
  }
  return text + "\n";
}

inline std::string shown(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error& error) {
    static constexpr const char* reasons[] = {"request", "database", "drifted", "newer", "stopped"};
    return std::string(reasons[static_cast<std::size_t>(error.reason())]) + ": " + error.what() + "\n";
  }
}

/// One thread that runs operations to their ends.
class Loop {
public:
  asio::any_io_executor executor() { return context_.get_executor(); }

  /// Starts an operation; its result is text once run() has returned.
  void start(asio::awaitable<Report> operation, std::string& result) {
    asio::co_spawn(context_, std::move(operation), [&result](const std::exception_ptr& thrown, const Report& report) {
      result = thrown ? shown(thrown) : shown(report);
    });
  }

  void run() { context_.run(); }

  std::string run(asio::awaitable<Report> operation) {
    std::string result;
    start(std::move(operation), result);
    run();
    return result;
  }

  asio::io_context& context() { return context_; }

private:
  asio::io_context context_;
};

} // namespace retort
