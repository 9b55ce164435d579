#include "server_test.hpp"
#include "support/rendered.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace retort {
namespace {

/// Several starts on one directory.
class SharingTest : public ServerTest {
protected:
  /// A start in a process of its own, which leaves what it was told, and what came of it, in files.
  pid_t start_apart(ServerOptions options) const {
    const pid_t starter = ::fork();
    if (starter == 0) {
      options.socket_directory = folder_ / "s2";
      options.waiting = [&](pid_t user) { write_file(folder_ / "waits", std::to_string(user)); };
      const std::string refused = refusal([&] { write_file(folder_ / "uri", start_server(options).uri); });
      write_file(folder_ / "refused", refused);
      ::_exit(0);
    }
    return starter;
  }

  bool waits_for(const Bystander& user) const {
    return soon([&] {
      return std::filesystem::exists(folder_ / "waits") && read_file(folder_ / "waits") == std::to_string(user.pid());
    });
  }

  bool has_started() const { return std::filesystem::exists(folder_ / "uri"); }
};

TEST_F(SharingTest, ASecondWatchedProcessWaitsForTheFirst) {
  const Bystander first;
  const Bystander second;
  const Server server = start_server(watching(first.pid()));
  const pid_t starter = start_apart(watching(second.pid()));
  ASSERT_TRUE(waits_for(first));
  EXPECT_EQ(stop_server(directory(), {second.pid(), {}}), StopOutcome::left_running) << "it is not the second's";
  EXPECT_EQ(psql(server, "SELECT 1"), "1");
  EXPECT_FALSE(has_started());
  EXPECT_EQ(stop_server(directory(), {first.pid(), {}}), StopOutcome::stopped);
  ASSERT_TRUE(wait_for(starter, std::chrono::seconds(20)));
  EXPECT_EQ(read_file(folder_ / "refused"), "");
  const std::optional<Server> next = find_server(directory());
  ASSERT_TRUE(next);
  EXPECT_NE(next->supervisor, server.supervisor);
  EXPECT_EQ(read_file(folder_ / "uri"), next->uri);
}

TEST_F(SharingTest, ASecondWatchedProcessWaitsUntilTheFirstIsKilled) {
  const Bystander first;
  const Bystander second;
  start_server(watching(first.pid()));
  const pid_t starter = start_apart(watching(second.pid()));
  ASSERT_TRUE(waits_for(first));
  first.kill();
  ASSERT_TRUE(wait_for(starter, std::chrono::seconds(20)));
  const std::optional<Server> next = find_server(directory());
  ASSERT_TRUE(next);
  EXPECT_EQ(psql(*next, "SELECT 1"), "1");
}

TEST_F(SharingTest, AStartThatWaitsEndsWithItsWatchedProcess) {
  const Bystander first;
  const Bystander second;
  start_server(watching(first.pid()));
  const pid_t starter = start_apart(watching(second.pid()));
  ASSERT_TRUE(waits_for(first));
  second.kill();
  ASSERT_TRUE(wait_for(starter, std::chrono::seconds(5)));
  EXPECT_EQ(read_file(folder_ / "refused"), fmt::format("3\n{}: error: the process {} ended before it got a server\n",
                                                        directory().string(), second.pid()));
}

TEST_F(SharingTest, AServerThatWasStartedByHandIsUsedByOneAtATime) {
  const Bystander first;
  const Bystander second;
  const Server server = start_server(options());
  EXPECT_EQ(start_server(watching(first.pid())).supervisor, server.supervisor);
  const pid_t starter = start_apart(watching(second.pid()));
  ASSERT_TRUE(waits_for(first));
  EXPECT_EQ(stop_server(directory(), {first.pid(), {}}), StopOutcome::left_running);
  ASSERT_TRUE(wait_for(starter, std::chrono::seconds(5)));
  EXPECT_EQ(read_file(folder_ / "uri"), server.uri);
  EXPECT_EQ(stop_server(directory(), {second.pid(), {}}), StopOutcome::left_running);
  EXPECT_EQ(stop_server(directory()), StopOutcome::stopped);
}

TEST_F(SharingTest, AStartByHandKeepsItRunning) {
  const Bystander first;
  const Server server = start_server(watching(first.pid()));
  EXPECT_EQ(start_server(options()).supervisor, server.supervisor);
  EXPECT_EQ(stop_server(directory(), {first.pid(), {}}), StopOutcome::left_running);
  first.kill();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(psql(server, "SELECT 1"), "1");
}

TEST_F(SharingTest, AServerWithOtherSettingsOrProgramsIsNoneToJoin) {
  ServerOptions set = options();
  set.settings = {{"max_connections", "20"}};
  const Server server = start_server(set);
  EXPECT_EQ(start_server(set).supervisor, server.supervisor);
  EXPECT_EQ(start_server(options()).supervisor, server.supervisor) << "it names none";
  const auto message = [&](const char* what) {
    return fmt::format("2\n{}: error: a server with other {} runs here already\n"
                       "hint: end it with retort server stop, then try again\n",
                       directory().string(), what);
  };
  set.settings = {{"max_connections", "30"}};
  EXPECT_EQ(refusal([&] { start_server(set); }), message("settings"));
  ServerOptions other = options();
  other.bindir = folder_ / "bin";
  EXPECT_EQ(refusal([&] { start_server(other); }), message("programs"));
}

} // namespace
} // namespace retort
