#include "session/postgresql_connect.hpp"

#include "session/blocking.hpp"
#include "session/database_error.hpp"
#include "session/postgresql_host.hpp"

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
  const char* known = PQpass(connection);
  const std::string password = known != nullptr ? known : "";
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

/// The target's hosts as libpq would try them: what the string does not say, the environment, a service or a default
/// does. None where libpq refuses it all.
std::vector<PostgresqlHost> hosts_of(const PQconninfoOption* target) {
  Parameters parameters(target);
  // With this libpq puts together all that it would connect with, and gives up before it looks anything up.
  parameters.add("sslmode", "unknown");
  const auto [keys, values] = parameters.arrays();
  const PostgresqlHandle connection(PQconnectStartParams(keys, values, 0));
  check(connection.get());
  const Options all(PQconninfo(connection.get()));
  const std::vector<std::string> names = parts(value_of(all.get(), "host"));
  const std::vector<std::string> addresses = parts(value_of(all.get(), "hostaddr"));
  const std::vector<std::string> ports = parts(value_of(all.get(), "port"));
  const std::size_t count = std::max(names.size(), addresses.size());
  std::vector<PostgresqlHost> hosts;
  const auto fits = [=](const std::vector<std::string>& list) { return list.size() == count; };
  if ((!fits(names) && names != parts("")) || (!fits(addresses) && addresses != parts("")) ||
      (!fits(ports) && ports.size() != 1)) {
    return hosts;
  }
  const auto at = [](const std::vector<std::string>& list, std::size_t number) {
    return list.size() == 1 ? list.front() : list[number];
  };
  for (std::size_t i = 0; i < count; ++i) {
    hosts.push_back({at(names, i), at(addresses, i), at(ports, i)});
  }
  return hosts;
}

PostgresqlHandle begin(const PQconninfoOption* options, const std::vector<PostgresqlHost>& hosts) {
  Parameters parameters(options);
  const std::string names = list(hosts, &PostgresqlHost::name);
  const std::string addresses = list(hosts, &PostgresqlHost::address);
  const std::string ports = list(hosts, &PostgresqlHost::port);
  if (!hosts.empty()) {
    parameters.add("host", names.c_str());
    parameters.add("hostaddr", addresses.c_str());
    parameters.add("port", ports.c_str());
  }
  const auto [keys, values] = parameters.arrays();
  PostgresqlHandle connection(PQconnectStartParams(keys, values, 0));
  check(connection.get());
  return connection;
}

/// Which host libpq tries.
PostgresqlHost current(pg_conn* connection) {
  const auto text = [](const char* part) { return std::string(part == nullptr ? "" : part); };
  return {text(PQhost(connection)), text(PQhostaddr(connection)), text(PQport(connection))};
}

bool is_same(const PostgresqlHost& host, const PostgresqlHost& tried) {
  return (host.name.empty() || host.name == tried.name) && (host.address.empty() || host.address == tried.address) &&
         (host.port.empty() || host.port == tried.port);
}

/// What libpq wrote last: behind which host it stands.
std::string_view last_line(pg_conn* connection) {
  const std::string_view text = PQerrorMessage(connection);
  return text.substr(text.rfind('\n') + 1);
}

} // namespace

void PostgresqlCloser::operator()(pg_conn* connection) const { PQfinish(connection); }

std::string postgresql_name(pg_conn* connection) {
  const auto text = [](const char* part) { return std::string_view(part == nullptr ? "" : part); };
  return fmt::format("postgresql://{}@{}/{}", text(PQuser(connection)), text(PQhost(connection)),
                     text(PQdb(connection)));
}

Task<PostgresqlHandle> connect_postgresql(std::string target, Waiter& waiter) {
  const Options options = parse(target);
  const std::vector<PostgresqlHost> named = hosts_of(options.get());
  PostgresqlAddresses addresses = co_await look_up(named, waiter);
  std::vector<PostgresqlHost>& hosts = addresses.hosts;
  std::string& complaints = addresses.complaints;
  if (hosts.empty() && !complaints.empty()) {
    fail(nullptr, complaints);
  }
  PostgresqlHandle connection = begin(options.get(), hosts);
  PostgresqlHost tried;
  Wait wait;
  for (PostgresPollingStatusType status = PGRES_POLLING_WRITING; status != PGRES_POLLING_OK;) {
    if (PQstatus(connection.get()) == CONNECTION_BAD || status == PGRES_POLLING_FAILED) {
      fail(connection.get(), complaints + PQerrorMessage(connection.get()));
    }
    if (PostgresqlHost now = current(connection.get()); !is_same(now, tried)) {
      tried = std::move(now);
      wait.until = Wait::Clock::now() + time_for(connection.get());
    }
    wait.socket = PQsocket(connection.get());
    wait.readiness = status == PGRES_POLLING_READING ? Wait::For::reading : Wait::For::writing;
    co_await waiter(wait);
    if (waiter.stop().stop_requested()) {
      throw stopped();
    }
    if (is_ready(wait)) {
      status = PQconnectPoll(connection.get());
    } else if (Wait::Clock::now() >= wait.until) {
      // libpq goes on to the next host by itself, but for one that is silent.
      complaints += fmt::format("{}timeout expired\n", last_line(connection.get()));
      std::erase_if(hosts, [&](const PostgresqlHost& host) { return is_same(host, tried); });
      if (hosts.empty()) {
        fail(connection.get(), complaints);
      }
      connection = begin(options.get(), hosts);
      status = PGRES_POLLING_WRITING;
      tried = {};
    }
  }
  co_return connection;
}

PostgresqlHandle connect_postgresql(const std::string& target) {
  Waiter waiter;
  return run_blocking(waiter, connect_postgresql(target, waiter));
}

} // namespace retort
