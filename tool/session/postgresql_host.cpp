#include "session/postgresql_host.hpp"

#include "session/database_error.hpp"
#include "session/errand.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>

#include <array>
#include <memory>
#include <optional>
#include <system_error>

namespace retort {
namespace {

/// What getaddrinfo says of a name.
struct Answer {
  std::vector<std::string> addresses;
  std::string complaint;
};

Answer ask(const std::string& name, int flags) {
  Answer answer;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(name.c_str(), nullptr, &hints, &found);
  if (error != 0) {
    answer.complaint =
        fmt::format("could not translate host name \"{}\" to address: {}\n", name, ::gai_strerror(error));
    return answer;
  }
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(entry->ai_addr, entry->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0) {
      answer.addresses.emplace_back(text.data());
    }
  }
  ::freeaddrinfo(found);
  return answer;
}

bool is_socket(const PostgresqlHost& host) {
  return host.name.empty() || host.name.starts_with('/') || host.name.starts_with('@');
}

Task<Answer> ask_elsewhere(const std::string& name, Waiter& waiter) {
  const auto answer = std::make_shared<Answer>();
  std::optional<Errand> errand;
  try {
    errand.emplace([name, answer] { *answer = ask(name, 0); });
  } catch (const std::system_error& error) {
    throw Failure(Exit::database,
                  {Severity::error, fmt::format("cannot look up {}: {}", name, error.what()), {}, {}, {}});
  }
  while (!errand->is_done()) {
    if (waiter.stop().stop_requested()) {
      throw stopped();
    }
    co_await waiter({errand->file()});
  }
  co_return std::move(*answer);
}

} // namespace

Task<PostgresqlAddresses> look_up(const std::vector<PostgresqlHost>& hosts, Waiter& waiter) {
  PostgresqlAddresses found;
  for (const PostgresqlHost& host : hosts) {
    if (is_socket(host) || !host.address.empty()) {
      found.hosts.push_back(host);
      continue;
    }
    Answer answer = ask(host.name, AI_NUMERICHOST);
    if (answer.addresses.empty()) {
      answer = co_await ask_elsewhere(host.name, waiter);
    }
    for (std::string& address : answer.addresses) {
      found.hosts.push_back({host.name, std::move(address), host.port});
    }
    found.complaints += answer.complaint;
  }
  co_return found;
}

} // namespace retort
