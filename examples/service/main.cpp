// service [SECONDS]: counts visits. A client sends a line with a name, and gets a line with the number of its visits.
//
// DATABASE_URL names the PostgreSQL database. It is upgraded first, which may take so many seconds (default: 60).
// The service listens on a free port of the loopback interface, which it prints. SIGTERM and SIGINT end it at any time.

#include "visits.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read_until.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <retort/async.hpp>
#include <service_history.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

using asio::ip::tcp;

struct Settings {
  std::string url;
  std::chrono::seconds upgrade_limit{60};
};

void log(const retort::Event& event) {
  if (const auto* started = std::get_if<retort::RevisionStarted>(&event)) {
    std::cout << "applying " << started->revision.revision.id << std::endl;
  } else if (std::holds_alternative<retort::WaitingForLock>(event)) {
    std::cout << "waiting for another instance that upgrades the database" << std::endl;
  }
}

/// Several instances may start at once: one upgrades, the others wait for it.
asio::awaitable<void> upgrade(const Settings& settings) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  std::stop_source late;
  asio::steady_timer deadline(executor, settings.upgrade_limit);
  deadline.async_wait([late](std::error_code cancelled) mutable {
    if (!cancelled) {
      late.request_stop();
    }
  });
  retort::Options options;
  options.progress = log;
  options.stop = late.get_token();
  try {
    co_await retort::async_upgrade(executor, settings.url, service::history, options);
  } catch (const retort::Error& error) {
    if (late.stop_requested()) {
      throw std::runtime_error("the upgrade took too long:\n" + std::string(error.what()));
    }
    throw;
  }
}

asio::awaitable<std::string> add(Visits& visits, const std::string& name) { co_return visits.add(name); }

/// Answers a client until it goes away.
asio::awaitable<void> answer(tcp::socket client, Visits& visits, asio::thread_pool& database) {
  constexpr std::size_t longest_line = 1000;
  std::string received;
  try {
    while (true) {
      const std::size_t length = co_await asio::async_read_until(client, asio::dynamic_buffer(received, longest_line),
                                                                 '\n', asio::use_awaitable);
      const std::string name = received.substr(0, length - 1);
      received.erase(0, length);
      const std::string count = co_await asio::co_spawn(database, add(visits, name), asio::use_awaitable);
      const std::string line = name + ": " + count + "\n";
      co_await asio::async_write(client, asio::buffer(line), asio::use_awaitable);
    }
  } catch (const asio::system_error& error) {
    if (error.code() != asio::error::eof) {
      std::cout << "lost a client: " << error.what() << std::endl;
    }
  } catch (const std::exception& error) {
    std::cout << "refused a client: " << error.what() << std::endl;
  }
}

asio::awaitable<void> serve(const Settings& settings) {
  co_await upgrade(settings);
  Visits visits(settings.url);
  asio::thread_pool database(1); // libpq waits there, not on the event loop
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  tcp::acceptor acceptor(executor, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  std::cout << "listening on port " << acceptor.local_endpoint().port() << std::endl;
  while (true) {
    tcp::socket client = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(executor, answer(std::move(client), visits, database), asio::detached);
  }
}

/// Serves until a signal asks for the end; what is done then, the upgrade also, is cancelled.
void run(const Settings& settings) {
  asio::io_context loop;
  asio::cancellation_signal cancel;
  bool ended = false;
  asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&](std::error_code cancelled, int) {
    if (!cancelled) {
      ended = true;
      cancel.emit(asio::cancellation_type::terminal);
    }
  });
  std::exception_ptr failure;
  const auto end = [&](const std::exception_ptr& thrown) {
    failure = thrown;
    loop.stop();
  };
  asio::co_spawn(loop, serve(settings), asio::bind_cancellation_slot(cancel.slot(), end));
  loop.run();
  if (!ended) {
    std::rethrow_exception(failure);
  }
  std::cout << "ended" << std::endl;
}

} // namespace

int main(int argc, char** argv) {
  const char* url = std::getenv("DATABASE_URL");
  if (argc > 2 || url == nullptr) {
    std::cerr << "usage: DATABASE_URL=URL service [SECONDS]\n";
    return 2;
  }
  try {
    Settings settings;
    settings.url = url;
    if (argc == 2) {
      settings.upgrade_limit = std::chrono::seconds(std::stoi(argv[1]));
    }
    run(settings);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
