#include "server_test.hpp"
#include "text/file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

namespace retort {
namespace {

/// Databases that the next server has, too.
class KeepingTest : public ServerTest {
protected:
  static void keep(const Server&) {}

  static std::string databases(const Server& server) {
    return psql(server, "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE oid > 16000");
  }

  /// Tells one pattern from the next.
  ino_t pattern() const {
    for (const auto& entry : std::filesystem::directory_iterator(directory())) {
      struct stat status {};
      if (entry.path().filename().string().starts_with("template-") && ::stat(entry.path().c_str(), &status) == 0) {
        return status.st_ino;
      }
    }
    return 0;
  }
};

TEST_F(KeepingTest, AStopThatTidiesKeepsTheDatabases) {
  const Server server = start_server(options());
  psql(server, "CREATE DATABASE one");
  psql(server, "CREATE DATABASE two");
  EXPECT_EQ(stop_server(directory(), {{}, [](const Server& last) { psql(last, "DROP DATABASE two"); }}),
            StopOutcome::stopped);
  EXPECT_TRUE(are_folders_gone(server));
  const Server next = start_server(options());
  EXPECT_EQ(databases(next), "one");
  psql(next, "DROP DATABASE one");
  stop_server(directory(), {{}, keep});
  EXPECT_EQ(databases(start_server(options())), "");
}

TEST_F(KeepingTest, NothingIsWrittenWhenTheDatabasesAreTheSame) {
  start_server(options());
  const ino_t before = pattern();
  stop_server(directory(), {{}, keep});
  EXPECT_EQ(pattern(), before);
  psql(start_server(options()), "CREATE DATABASE one");
  stop_server(directory(), {{}, keep});
  EXPECT_NE(pattern(), before);
}

TEST_F(KeepingTest, EveryOtherEndKeepsNothing) {
  psql(start_server(options()), "CREATE DATABASE one");
  stop_server(directory());
  const Server terminated = start_server(options());
  EXPECT_EQ(databases(terminated), "");
  psql(terminated, "CREATE DATABASE one");
  ::kill(terminated.supervisor, SIGTERM);
  EXPECT_TRUE(soon([&] { return are_folders_gone(terminated); }));
  const Bystander ctest;
  const Server watched = start_server(watching(ctest.pid()));
  EXPECT_EQ(databases(watched), "");
  psql(watched, "CREATE DATABASE one");
  ctest.kill();
  EXPECT_TRUE(soon([&] { return are_folders_gone(watched); }));
  EXPECT_EQ(databases(start_server(options())), "");
}

TEST_F(KeepingTest, NothingIsKeptThatCouldNotBeTidied) {
  const Server server = start_server(options());
  psql(server, "CREATE DATABASE one");
  EXPECT_THROW(stop_server(directory(), {{}, [](const Server&) { throw std::runtime_error("no"); }}),
               std::runtime_error);
  EXPECT_TRUE(are_folders_gone(server));
  EXPECT_EQ(databases(start_server(options())), "");
}

TEST_F(KeepingTest, WhatCannotBeCopiedIsNotKept) {
  const Server server = start_server(options());
  psql(server, "CREATE DATABASE one");
  std::filesystem::create_symlink("/nowhere", server.data / "link");
  EXPECT_EQ(stop_server(directory(), {{}, keep}), StopOutcome::stopped);
  EXPECT_TRUE(are_folders_gone(server));
  EXPECT_NE(read_file(server.log).find("the databases are not kept: "), std::string::npos);
  EXPECT_EQ(databases(start_server(options())), "");
}

TEST_F(KeepingTest, OpenSessionsDoNotHoldItUp) {
  const Server server = start_server(options());
  psql(server, "CREATE DATABASE one");
  const pid_t client = spawn({"psql", {"-c", "SELECT pg_sleep(60)", server.uri}, {}, -1, 0});
  EXPECT_TRUE(
      soon([&] { return psql(server, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(60)'") == "1"; }));
  stop_server(directory(), {{}, keep});
  EXPECT_TRUE(wait_for(client, std::chrono::seconds(5)));
  EXPECT_EQ(databases(start_server(options())), "one");
}

TEST_F(KeepingTest, F40_EndsWhenTheWatchedProcessIsKilledMeanwhile) {
  const Bystander ctest;
  const Server server = start_server(watching(ctest.pid()));
  psql(server, "CREATE DATABASE one");
  // Stopped, it does not shut down.
  ::kill(postmaster(server).pid, SIGSTOP);
  const pid_t stopper = ::fork();
  if (stopper == 0) {
    stop_server(directory(), {ctest.pid(), keep});
    ::_exit(0);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_TRUE(std::filesystem::exists(server.data));
  ctest.kill();
  EXPECT_TRUE(soon([&] { return are_folders_gone(server); }));
  EXPECT_TRUE(wait_for(stopper, std::chrono::seconds(5)));
  EXPECT_EQ(databases(start_server(options())), "");
}

} // namespace
} // namespace retort
