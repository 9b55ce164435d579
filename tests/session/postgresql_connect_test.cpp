#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_host.hpp"
#include "session/postgresql_test_database.hpp"
#include "support/rendered.hpp"

#include <gmock/gmock.h>
#include <libpq-fe.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// A server's socket that takes connections and says nothing.
class SilentServer {
public:
  SilentServer() : listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (folder_ / ".s.PGSQL.5432").c_str(), sizeof address.sun_path - 1);
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(listener_, 8);
  }
  ~SilentServer() { ::close(listener_); }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  std::string host() const { return folder_.path().string(); }

private:
  Folder folder_;
  int listener_;
};

/// The complaint of a failure to connect.
std::string complaint(const std::string& target, const std::stop_token& stop = {}) {
  Waiter waiter(stop);
  try {
    run_blocking(waiter, connect_postgresql(target, waiter));
    return "connected";
  } catch (const Failure& failure) {
    return render(failure.diagnostics().front());
  }
}

std::string addresses(const std::vector<PostgresqlHost>& hosts) {
  Waiter waiter;
  const PostgresqlAddresses found = run_blocking(waiter, look_up(hosts, waiter));
  std::string text;
  for (const PostgresqlHost& host : found.hosts) {
    text += host.name + " " + host.address + " " + host.port + "\n";
  }
  return text + found.complaints;
}

TEST(PostgresqlConnect, ASilentHostIsLeftForTheNextOne) {
  if (const auto reason = PostgresqlTestServer::missing()) {
    GTEST_SKIP() << *reason;
  }
  const SilentServer silent;
  const PostgresqlTestDatabase database;
  const PostgresqlClient client(database.url());
  const std::string target = "host=" + silent.host() + "," + client.host() + "," + silent.host() + " port=5432," +
                             client.port() + ",5432 dbname=" + database.name() + " user=" + client.user() +
                             " password='" + client.password() + "' connect_timeout=1";
  const auto begin = Clock::now();
  const PostgresqlHandle handle = connect_postgresql(target);
  EXPECT_EQ(PQdb(handle.get()), database.name());
  EXPECT_GE(Clock::now() - begin, 1s);
}

TEST(PostgresqlConnect, EverySilentHostIsNamed) {
  const SilentServer first;
  const SilentServer second;
  const auto begin = Clock::now();
  EXPECT_EQ(complaint("host=" + first.host() + "," + second.host() + " dbname=a user=b connect_timeout=1"),
            "error: cannot connect: connection to server on socket \"" + first.host() +
                "/.s.PGSQL.5432\" failed: timeout expired\nnote: connection to server on socket \"" + second.host() +
                "/.s.PGSQL.5432\" failed: timeout expired\n"
                "hint: check that the server runs and that the URL names it\n");
  EXPECT_GE(Clock::now() - begin, 2s);
}

TEST(PostgresqlConnect, AStopEndsIt) {
  const SilentServer silent;
  std::stop_source stop;
  const std::jthread thread([&] {
    std::this_thread::sleep_for(200ms);
    stop.request_stop();
  });
  const auto begin = Clock::now();
  EXPECT_EQ(complaint("host=" + silent.host() + " dbname=a user=b", stop.get_token()),
            "error: stopped, as asked\nhint: run it again: it goes on from what was committed\n");
  EXPECT_LT(Clock::now() - begin, 5s);
}

TEST(PostgresqlConnect, WhatLibpqRefusesItSays) {
  EXPECT_EQ(complaint("host=a,b port=1,2,3"), "error: cannot connect: could not match 3 port numbers to 2 hosts\n"
                                              "hint: check that the server runs and that the URL names it\n");
  EXPECT_EQ(complaint("host=a,b hostaddr=127.0.0.1"),
            "error: cannot connect: could not match 2 host names to 1 hostaddr values\n"
            "hint: check that the server runs and that the URL names it\n");
  EXPECT_EQ(complaint("sslmode=sometimes"), "error: cannot connect: invalid sslmode value: \"sometimes\"\n"
                                            "hint: check that the server runs and that the URL names it\n");
}

TEST(PostgresqlHosts, AddressesAndSocketsAreNotLookedUp) {
  EXPECT_EQ(
      addresses({{"/tmp", "", "1"}, {"", "", ""}, {"127.0.0.1", "", "2"}, {"::1", "", ""}, {"a", "10.0.0.1", ""}}),
      "/tmp  1\n  \n127.0.0.1 127.0.0.1 2\n::1 ::1 \na 10.0.0.1 \n");
}

TEST(PostgresqlHosts, NamesAreLookedUp) {
  EXPECT_THAT(addresses({{"localhost", "", "7"}}), testing::HasSubstr("localhost 127.0.0.1 7\n"));
  EXPECT_THAT(addresses({{"nowhere.invalid", "", ""}, {"127.0.0.1", "", ""}}),
              testing::StartsWith("127.0.0.1 127.0.0.1 \ncould not translate host name \"nowhere.invalid\" to "
                                  "address: "));
}

} // namespace
} // namespace retort
