#include "session/postgresql_connect.hpp"

#include "session/database_error.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace retort {
namespace {

struct OptionsFreer {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, OptionsFreer>;

/// libpq's complaint about a string that it cannot parse repeats parts of it, perhaps of a password: it is not passed
/// on (S4).
Options parse(const std::string& target) {
  char* complaint = nullptr;
  Options options(PQconninfoParse(target.c_str(), &complaint));
  PQfreemem(complaint);
  if (!options) {
    throw Failure(Exit::usage, {Severity::error,
                                "libpq cannot parse the database URL",
                                {},
                                {},
                                "write postgresql://user@host/name, special characters as %XX, or host=… dbname=…"});
  }
  return options;
}

/// The keywords and values for PQconnectStartParams: the options of a target with Retort's own defaults.
class Parameters {
public:
  explicit Parameters(const PQconninfoOption* options) {
    add("fallback_application_name", "retort");
    if (std::getenv("PGCONNECT_TIMEOUT") == nullptr) {
      add("connect_timeout", "10");
    }
    // A network that goes silent must not be waited for for hours.
    add("keepalives_idle", "60");
    add("keepalives_interval", "10");
    add("keepalives_count", "6");
    add("tcp_user_timeout", "120000");
    for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
      if (option->val != nullptr) {
        add(option->keyword, option->val);
      }
    }
    // Behind the user's own: sources are UTF-8, and RESET ALL comes back to what a session started with.
    add("client_encoding", "UTF8");
  }

  void add(const char* key, const char* value) {
    keys_.push_back(key);
    values_.push_back(value);
  }

  /// Valid until the next call.
  std::pair<const char* const*, const char* const*> arrays() {
    add(nullptr, nullptr);
    return {keys_.data(), values_.data()};
  }

private:
  std::vector<const char*> keys_;
  std::vector<const char*> values_;
};

[[noreturn]] void fail(pg_conn* connection, std::string message) {
  const std::string password = PQpass(connection) != nullptr ? PQpass(connection) : "";
  for (std::size_t at = 0; !password.empty() && (at = message.find(password, at)) != std::string::npos;) {
    message.replace(at, password.size(), "***");
  }
  DatabaseError error;
  error.message = std::move(message);
  error.hint = "check that the server runs and that the URL names it";
  throw Failure(Exit::database, explain(error, "cannot connect"));
}

void check(pg_conn* connection) {
  if (connection == nullptr) {
    throw std::bad_alloc();
  }
}

std::string_view value_of(const PQconninfoOption* options, std::string_view keyword) {
  for (; options->keyword != nullptr; ++options) {
    if (options->keyword == keyword && options->val != nullptr) {
      return options->val;
    }
  }
  return {};
}

/// The parts of a list with commas.
std::vector<std::string> parts(std::string_view list) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    parts.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string list(const std::vector<PostgresqlHost>& hosts, std::string PostgresqlHost::*member) {
  std::string list;
  for (const PostgresqlHost& host : hosts) {
    list += &host == &hosts.front() ? "" : ",";
    list += host.*member;
  }
  return list;
}

std::chrono::seconds time_for(pg_conn* connection) {
  long seconds = 0;
  const Options options(PQconninfo(connection));
  const std::string_view given = value_of(options.get(), "connect_timeout");
  std::from_chars(given.data(), given.data() + given.size(), seconds);
  return std::chrono::seconds(seconds > 0 ? seconds : 1'000'000);
}

bool has_name(const PostgresqlHost& host) {
  return !host.name.empty() && !host.name.starts_with('/') && !host.name.starts_with('@');
}

} // namespace

void PostgresqlCloser::operator()(pg_conn* connection) const { PQfinish(connection); }

std::string postgresql_name(pg_conn* connection) {
  const auto text = [](const char* part) { return std::string_view(part == nullptr ? "" : part); };
  return fmt::format("postgresql://{}@{}/{}", text(PQuser(connection)), text(PQhost(connection)),
                     text(PQdb(connection)));
}

PostgresqlHandle connect_postgresql(const std::string& target) {
  const Options options = parse(target);
  Parameters parameters(options.get());
  const auto [keys, values] = parameters.arrays();
  PostgresqlHandle connection(PQconnectdbParams(keys, values, 0));
  check(connection.get());
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    fail(connection.get(), PQerrorMessage(connection.get()));
  }
  return connection;
}

Task<PostgresqlHandle> connect_postgresql(std::string target, std::vector<PostgresqlHost> hosts, Waiter& waiter) {
  const Options options = parse(target);
  Parameters parameters(options.get());
  const std::string names = list(hosts, &PostgresqlHost::name);
  const std::string ports = list(hosts, &PostgresqlHost::port);
  const std::string addresses = list(hosts, &PostgresqlHost::address);
  if (!hosts.empty()) {
    parameters.add("host", names.c_str());
    parameters.add("port", ports.c_str());
    parameters.add("hostaddr", addresses.c_str());
  }
  const auto [keys, values] = parameters.arrays();
  PostgresqlHandle connection(PQconnectStartParams(keys, values, 0));
  check(connection.get());
  Wait wait;
  wait.until = Wait::Clock::now() + time_for(connection.get());
  for (PostgresPollingStatusType status = PGRES_POLLING_WRITING; status != PGRES_POLLING_OK;) {
    if (PQstatus(connection.get()) == CONNECTION_BAD || status == PGRES_POLLING_FAILED) {
      fail(connection.get(), PQerrorMessage(connection.get()));
    }
    if (waiter.stop().stop_requested()) {
      throw stopped();
    }
    wait.socket = PQsocket(connection.get());
    wait.readiness = status == PGRES_POLLING_READING ? Wait::For::reading : Wait::For::writing;
    co_await waiter(wait);
    if (Wait::Clock::now() >= wait.until) {
      fail(connection.get(), "timeout expired");
    }
    status = PQconnectPoll(connection.get());
  }
  co_return connection;
}

std::vector<PostgresqlHost> hosts_to_look_up(const std::string& target) {
  const Options options = parse(target);
  // What the string does not say, the environment, a service file or a default does.
  const Options all(PQconndefaults());
  const auto value = [&](std::string_view keyword) {
    const std::string_view given = value_of(options.get(), keyword);
    return given.empty() && all ? value_of(all.get(), keyword) : given;
  };
  std::vector<PostgresqlHost> hosts;
  if (!value("hostaddr").empty()) {
    return hosts;
  }
  const std::vector<std::string> ports = parts(value("port"));
  for (const std::string& name : parts(value("host"))) {
    hosts.push_back({name, ports[std::min(hosts.size(), ports.size() - 1)], {}});
  }
  if (std::ranges::all_of(hosts, [](const PostgresqlHost& host) { return !has_name(host); })) {
    hosts.clear();
  }
  return hosts;
}

} // namespace retort
