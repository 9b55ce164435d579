// delay_proxy MILLISECONDS TARGET: a link with that delay in each direction, to a server's Unix socket. Listens on a
// free port of 127.0.0.1, prints it, and runs until it is killed.
//
// What arrives is passed on exactly so much later, in order; the link has no limit of its own: it reads on while older
// chunks are on their way. A connection itself is made at once.

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <array>
#include <chrono>
#include <deque>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Client = asio::ip::tcp::socket;
using Server = asio::local::stream_protocol::socket;

struct Chunk {
  Clock::time_point due;
  std::vector<char> bytes; ///< none: the end
};

/// What is on its way in one direction.
class Flight {
public:
  Flight(const asio::any_io_executor& executor, Clock::duration delay) : delay_(delay), arrived_(executor) {
    arrived_.expires_at(Clock::time_point::max());
  }

  void put(std::vector<char> bytes) {
    chunks_.push_back({Clock::now() + delay_, std::move(bytes)});
    arrived_.cancel();
  }

  /// The next chunk, at its time.
  asio::awaitable<std::vector<char>> take() {
    while (chunks_.empty()) {
      co_await wait();
    }
    Chunk chunk = std::move(chunks_.front());
    chunks_.pop_front();
    asio::steady_timer due(co_await asio::this_coro::executor, chunk.due);
    co_await due.async_wait(asio::use_awaitable);
    co_return std::move(chunk.bytes);
  }

private:
  asio::awaitable<void> wait() {
    try {
      co_await arrived_.async_wait(asio::use_awaitable);
    } catch (const asio::system_error&) {
      // Something arrived.
    }
  }

  Clock::duration delay_;
  asio::steady_timer arrived_;
  std::deque<Chunk> chunks_;
};

template <typename From>
asio::awaitable<void> receive(std::shared_ptr<From> from, std::shared_ptr<Flight> flight) {
  std::array<char, 65536> buffer{};
  asio::error_code end;
  while (!end) {
    const std::size_t size =
        co_await from->async_read_some(asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, end));
    flight->put({buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size)});
  }
}

template <typename To>
asio::awaitable<void> send(std::shared_ptr<Flight> flight, std::shared_ptr<To> to) {
  asio::error_code end;
  for (;;) {
    const std::vector<char> bytes = co_await flight->take();
    if (bytes.empty() || end) {
      to->shutdown(To::shutdown_send, end);
      co_return;
    }
    co_await asio::async_write(*to, asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, end));
  }
}

template <typename From, typename To>
void link(std::shared_ptr<From> from, std::shared_ptr<To> to, Clock::duration delay) {
  const auto executor = from->get_executor();
  const auto flight = std::make_shared<Flight>(executor, delay);
  asio::co_spawn(executor, receive(from, flight), asio::detached);
  asio::co_spawn(executor, send(flight, to), asio::detached);
}

asio::awaitable<void> serve(asio::ip::tcp::acceptor acceptor, std::string target, Clock::duration delay) {
  const auto executor = co_await asio::this_coro::executor;
  for (;;) {
    const auto client = std::make_shared<Client>(co_await acceptor.async_accept(asio::use_awaitable));
    client->set_option(asio::ip::tcp::no_delay(true));
    const auto server = std::make_shared<Server>(executor);
    asio::error_code refused;
    co_await server->async_connect(target, asio::redirect_error(asio::use_awaitable, refused));
    if (!refused) {
      link(client, server, delay);
      link(server, client, delay);
    }
  }
}

} // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: delay_proxy MILLISECONDS SOCKET\n";
    return 2;
  }
  asio::io_context context(1);
  asio::ip::tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  std::cout << acceptor.local_endpoint().port() << std::endl;
  asio::co_spawn(context, serve(std::move(acceptor), arguments[2], std::chrono::milliseconds(std::stoi(arguments[1]))),
                 asio::detached);
  context.run();
  return 0;
}
