#include "session/proxy.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace retort {
namespace {

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return address;
}

int connect_to(const std::string& host, const std::string& port) {
  if (host.starts_with('/')) {
    const sockaddr_un address = address_of(fmt::format("{}/.s.PGSQL.{}", host, port));
    const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::connect(file, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return file;
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
  if (found == nullptr) {
    throw std::runtime_error("no address of " + host);
  }
  const int file = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::connect(file, found->ai_addr, found->ai_addrlen);
  ::freeaddrinfo(found);
  return file;
}

/// Reads what there is, has it changed and passes it on; false at the end.
template <typename Change>
bool pass(int from, int to, Change change) {
  char buffer[65536];
  const ssize_t size = ::read(from, buffer, sizeof buffer);
  std::string bytes(buffer, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  if (size <= 0 || !change(bytes)) {
    return false;
  }
  return ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (const char byte : bytes.substr(at, 4)) {
    number = number << 8U | static_cast<unsigned char>(byte);
  }
  return number;
}

} // namespace

Proxy::Proxy(const PostgresqlTestDatabase& database, MakeRelay make_relay) : make_relay_(std::move(make_relay)) {
  const PostgresqlClient client(database.url());
  host_ = client.host();
  port_ = client.port();
  url_ = fmt::format("host={} port=5432 dbname={} user={} password='{}' sslmode=disable gssencmode=disable",
                     folder_.path().string(), database.name(), client.user(), client.password());
  const sockaddr_un address = address_of((folder_ / ".s.PGSQL.5432").string());
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 8) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  server_ = std::thread([this] { serve(); });
}

Proxy::~Proxy() {
  ends_ = true;
  server_.join();
  for (std::thread& connection : connections_) {
    connection.join();
  }
  ::close(listener_);
}

void Proxy::serve() {
  for (std::size_t number = 0; !ends_;) {
    pollfd file{listener_, POLLIN, 0};
    if (::poll(&file, 1, 50) <= 0) {
      continue;
    }
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (std::shared_ptr<Relay> relay = make_relay_(number++)) {
      connections_.emplace_back([this, client, relay] { forward(client, *relay); });
    } else {
      ::close(client);
    }
  }
}

void Proxy::forward(int client, Relay& relay) const {
  const int server = connect_to(host_, port_);
  bool open = true;
  while (open && !ends_) {
    pollfd files[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    ::poll(files, 2, 50);
    if (files[0].revents != 0) {
      open = pass(client, server, [&](std::string& bytes) { return relay.to_server(bytes); });
    }
    if (open && files[1].revents != 0) {
      open = pass(server, client, [&](std::string& bytes) { return relay.to_client(bytes); });
    }
  }
  ::close(client);
  ::close(server);
}

bool CommitCutter::to_server(std::string& bytes) {
  if (bytes.find("COMMIT") == std::string::npos) {
    return true;
  }
  committing_ = true;
  return cut_ == Cut::before_the_client;
}

bool CommitCutter::to_client(std::string& /*bytes*/) { return !committing_; }

bool Pooler::to_client(std::string& bytes) {
  if (started_) {
    return true;
  }
  received_ += bytes;
  bytes.clear();
  // A message is a letter, the length of what follows the letter, and its body.
  while (!started_ && received_.size() >= 5 && received_.size() > number_at(received_, 1)) {
    std::string message = received_.substr(0, 1 + number_at(received_, 1));
    received_.erase(0, message.size());
    if (message.front() == 'K') {
      message.replace(5, 4, std::string(3, '\0') + '\7');
      started_ = true;
    }
    bytes += message;
  }
  if (started_) {
    bytes += received_;
  }
  return true;
}

} // namespace retort
