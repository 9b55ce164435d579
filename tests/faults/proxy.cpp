#include "faults/proxy.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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

/// Reads what there is and passes it on; false at the end.
bool pass(int from, int to) {
  char buffer[65536];
  const ssize_t size = ::read(from, buffer, sizeof buffer);
  return size > 0 && ::write(to, buffer, static_cast<std::size_t>(size)) == size;
}

} // namespace

CommitCutter::CommitCutter(const PostgresqlTestDatabase& database, Cut cut, Afterwards afterwards)
    : cut_(cut), afterwards_(afterwards) {
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

CommitCutter::~CommitCutter() {
  ends_ = true;
  server_.join();
  for (std::thread& connection : connections_) {
    connection.join();
  }
  ::close(listener_);
}

void CommitCutter::serve() {
  while (!ends_) {
    pollfd file{listener_, POLLIN, 0};
    if (::poll(&file, 1, 50) <= 0) {
      continue;
    }
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const bool first = connections_.empty();
    if (!first && afterwards_ == Afterwards::refuses) {
      ::close(client);
    } else {
      connections_.emplace_back([this, client, first] { forward(client, first); });
    }
  }
}

void CommitCutter::forward(int client, bool cuts) {
  const int server = connect_to(host_, port_);
  bool open = true;
  bool committing = false;
  while (open && !ends_) {
    pollfd files[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    ::poll(files, 2, 50);
    if (open && files[0].revents != 0) {
      char buffer[65536];
      const ssize_t size = ::recv(client, buffer, sizeof buffer, MSG_PEEK);
      const bool has_commit =
          size > 0 && std::string_view(buffer, static_cast<std::size_t>(size)).find("COMMIT") != std::string_view::npos;
      if (cuts && has_commit) {
        committing = true;
        open = cut_ == Cut::before_the_client;
      }
      open = open && pass(client, server);
    }
    if (open && files[1].revents != 0) {
      open = !committing && pass(server, client);
    }
  }
  ::close(client);
  ::close(server);
}

} // namespace retort
