#pragma once

#include "server/account.hpp"
#include "server/binaries.hpp"
#include "server/process.hpp"
#include "server/server.hpp"
#include "support/folder.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace retort {

/// A process that does nothing until it is killed, and is then left as a zombie, as a killed ctest may be.
class Bystander {
public:
  Bystander() : pid_(::fork()) {
    if (pid_ == 0) {
      for (;;) {
        ::pause();
      }
    }
  }
  ~Bystander() {
    kill();
    ::waitpid(pid_, nullptr, 0);
  }
  Bystander(const Bystander&) = delete;
  Bystander& operator=(const Bystander&) = delete;

  pid_t pid() const { return pid_; }
  void kill() const { ::kill(pid_, SIGKILL); }

private:
  pid_t pid_;
};

/// Starts real servers, each test in folders of its own; what a test leaves running is ended.
class ServerTest : public testing::Test {
protected:
  void SetUp() override {
    if (!find_server_binaries()) {
      GTEST_SKIP() << "no PostgreSQL server binaries: install postgresql or set RETORT_POSTGRESQL_BINDIR";
    }
  }
  void TearDown() override { stop_server(directory()); }

  std::filesystem::path directory() const { return folder_ / "state"; }
  std::filesystem::path sockets() const { return folder_ / "s"; }

  ServerOptions options() const {
    ServerOptions options;
    options.directory = directory();
    options.socket_directory = sockets();
    return options;
  }

  ServerOptions watching(pid_t watched) const {
    ServerOptions watching = options();
    watching.watched = watched;
    return watching;
  }

  /// What psql prints for `query`; "failed" when it does not get through.
  static std::string psql(const Server& server, const std::string& query) {
    return output_of(require_server_binaries() / "psql", {"-XAtc", query, server.uri}).value_or("failed");
  }

  static ProcessId postmaster(const Server& server) {
    std::ifstream file(server.data / "postmaster.pid");
    pid_t pid = 0;
    file >> pid;
    return identify(pid).value_or(ProcessId());
  }

  /// Whether `condition` comes true within five seconds.
  template <typename Condition>
  static bool soon(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) {
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
  }

  bool are_folders_gone(const Server& server) const {
    return !std::filesystem::exists(server.data) && !std::filesystem::exists(sockets()) &&
           !std::filesystem::exists(directory() / "server.json");
  }

  Folder folder_;
};

} // namespace retort
