#include "server/lock.hpp"
#include "server_test.hpp"
#include "text/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/shm.h>
#include <unistd.h>

namespace retort {
namespace {

TEST_F(ServerTest, StopRemovesDataAndSocket) {
  const Server server = start_server(options());
  const ProcessId process = postmaster(server);
  ASSERT_TRUE(is_alive(process));
  EXPECT_EQ(stop_server(directory()), StopOutcome::stopped);
  EXPECT_FALSE(is_alive(process));
  EXPECT_TRUE(are_folders_gone(server));
  EXPECT_FALSE(find_server(directory()));
  EXPECT_EQ(stop_server(directory()), StopOutcome::not_running);
}

TEST_F(ServerTest, F40_EndsWhenTheWatchedProcessIsKilled) {
  const Bystander ctest;
  const Server server = start_server(watching(ctest.pid()));
  const ProcessId process = postmaster(server);
  ASSERT_TRUE(is_alive(process));
  ctest.kill();
  EXPECT_TRUE(soon([&] { return !is_alive(process) && are_folders_gone(server); }));
  EXPECT_TRUE(soon([&] { return !identify(server.supervisor); }));
}

TEST_F(ServerTest, F40_EndsWhileStartsHoldTheLock) {
  const Bystander ctest;
  const Server server = start_server(watching(ctest.pid()));
  const int lock = ::open((directory() / "lock").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(lock, LOCK_EX), 0);
  ctest.kill();
  EXPECT_TRUE(soon([&] { return are_folders_gone(server); }));
  ::close(lock);
}

TEST_F(ServerTest, F40_EndsWithSessionsOpen) {
  const Bystander ctest;
  const Server server = start_server(watching(ctest.pid()));
  const pid_t client =
      spawn({require_server_binaries() / "psql", {"-c", "SELECT pg_sleep(60)", server.uri}, {}, -1, 0});
  EXPECT_TRUE(
      soon([&] { return psql(server, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(60)'") == "1"; }));
  ctest.kill();
  EXPECT_TRUE(soon([&] { return are_folders_gone(server); }));
  EXPECT_TRUE(wait_for(client, std::chrono::seconds(5)));
}

TEST_F(ServerTest, F40_EndsWhenItsFolderHasGone) {
  const Bystander ctest;
  const Server server = start_server(watching(ctest.pid()));
  std::filesystem::remove_all(directory());
  ctest.kill();
  EXPECT_TRUE(soon([&] { return are_folders_gone(server); }));
}

TEST_F(ServerTest, EndsWhenNobodyCanStopItAnyMore) {
  const Server server = start_server(options());
  // While it looks whether it is wanted, the server locks its folder, and so makes a file there.
  EXPECT_TRUE(soon([&] {
    std::error_code error;
    std::filesystem::remove_all(directory(), error);
    return !error;
  }));
  EXPECT_TRUE(soon([&] { return are_folders_gone(server); }));
}

TEST_F(ServerTest, F40_EndsWhenItsStarterAndTheWatchedProcessAreKilledWhileItStarts) {
  const Bystander ctest;
  const pid_t starter = ::fork();
  if (starter == 0) {
    start_server(watching(ctest.pid()));
    ::_exit(0);
  }
  EXPECT_TRUE(soon([&] { return read_owner(directory() / "supervisor.pid") != 0; }));
  ::kill(starter, SIGKILL);
  ctest.kill();
  ::waitpid(starter, nullptr, 0);
  EXPECT_TRUE(soon([&] { return !find_server(directory()) && !std::filesystem::exists(sockets()); }));
}

TEST_F(ServerTest, AStartRightAfterTheWatchedProcessEndedGetsANewServer) {
  const Bystander first;
  const Bystander second;
  const Server old = start_server(watching(first.pid()));
  first.kill();
  EXPECT_TRUE(soon([&] { return !identify(first.pid()); }));
  const Server server = start_server(watching(second.pid()));
  EXPECT_NE(server.supervisor, old.supervisor);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(psql(server, "SELECT 1"), "1");
}

TEST_F(ServerTest, EndsOnSigterm) {
  const Server server = start_server(options());
  ::kill(server.supervisor, SIGTERM);
  EXPECT_TRUE(soon([&] { return are_folders_gone(server); }));
}

TEST_F(ServerTest, CleansUpWhenPostgresIsKilled) {
  const Server server = start_server(options());
  std::ifstream file(server.data / "postmaster.pid");
  std::string line;
  for (int number = 1; number <= 7; ++number) {
    std::getline(file, line);
  }
  const int segment = std::stoi(line.substr(line.find_last_of(' ')));
  shmid_ds status{};
  ASSERT_EQ(::shmctl(segment, IPC_STAT, &status), 0);
  ::kill(postmaster(server).pid, SIGKILL);
  EXPECT_TRUE(soon([&] { return are_folders_gone(server); }));
  EXPECT_TRUE(soon([&] { return !find_server(directory()); }));
  EXPECT_NE(::shmctl(segment, IPC_STAT, &status), 0);
  EXPECT_NE(read_file(server.log).find("postgres was ended by signal 9\n"), std::string::npos);
}

TEST_F(ServerTest, PostgresEndsWhenTheSupervisorIsKilled) {
  const Server server = start_server(options());
  const ProcessId process = postmaster(server);
  ::kill(server.supervisor, SIGKILL);
  EXPECT_TRUE(soon([&] { return !is_alive(process); }));
  const Server next = start_server(options());
  EXPECT_NE(next.supervisor, server.supervisor);
  EXPECT_EQ(psql(next, "SELECT 1"), "1");
  EXPECT_TRUE(next.data == server.data || !std::filesystem::exists(server.data));
}

TEST_F(ServerTest, AStartEndsAServerThatLostItsSupervisor) {
  ServerOptions on_disk = options();
  on_disk.memory.clear();
  const Server server = start_server(on_disk);
  const ProcessId process = postmaster(server);
  // Stopped, it cannot follow the signal that comes with its supervisor's death.
  ::kill(process.pid, SIGSTOP);
  ::kill(server.supervisor, SIGKILL);
  EXPECT_TRUE(soon([&] { return !identify(server.supervisor); }));
  const Server next = start_server(on_disk);
  EXPECT_FALSE(is_alive(process));
  EXPECT_EQ(psql(next, "SELECT 1"), "1");
}

TEST_F(ServerTest, F44_AStalePidFileHarmsNobody) {
  ServerOptions on_disk = options();
  on_disk.memory.clear();
  const Server server = start_server(on_disk);
  ::kill(server.supervisor, SIGSTOP);
  ::kill(postmaster(server).pid, SIGKILL);
  ::kill(server.supervisor, SIGKILL);
  EXPECT_TRUE(soon([&] { return !identify(server.supervisor); }));
  ASSERT_TRUE(std::filesystem::exists(server.data / "postmaster.pid"));
  // The number is another process's by now.
  const Bystander bystander;
  std::ofstream(server.data / "postmaster.pid") << bystander.pid() << "\n";
  const Server next = start_server(on_disk);
  EXPECT_TRUE(identify(bystander.pid()));
  EXPECT_EQ(psql(next, "SELECT 1"), "1");
}

TEST_F(ServerTest, AStartFollowsOneThatWasKilled) {
  const pid_t starter = ::fork();
  if (starter == 0) {
    start_server(options());
    ::_exit(0);
  }
  EXPECT_TRUE(soon([&] { return std::filesystem::exists(sockets()); }));
  ::kill(starter, SIGKILL);
  ::waitpid(starter, nullptr, 0);
  EXPECT_EQ(psql(start_server(options()), "SELECT 1"), "1");
}

} // namespace
} // namespace retort
