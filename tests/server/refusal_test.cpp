#include "server_test.hpp"
#include "support/rendered.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace retort {
namespace {

using std::filesystem::path;

/// Programs that only pretend to be a server's.
class RefusalTest : public ServerTest {
protected:
  void SetUp() override {
    std::filesystem::create_directories(bindir());
    program("postgres", "echo 'postgres (PostgreSQL) 15.0'");
  }

  path bindir() const { return folder_ / "bin"; }

  void program(const std::string& name, const std::string& body) const {
    write_file(bindir() / name, "#!/bin/sh\n" + body + "\n");
    ::chmod((bindir() / name).c_str(), 0755);
  }

  ServerOptions pretending() const {
    ServerOptions pretending = options();
    pretending.bindir = bindir();
    return pretending;
  }
};

TEST_F(RefusalTest, ShowsTheEndOfTheLogWhenInitdbFails) {
  program("initdb",
          "for i in 1 2 3 4 5 6 7 8 9 10 11; do echo line $i; done; echo '\x1b[1minitdb: broken' >&2; exit 3");
  EXPECT_EQ(
      refusal([&] { start_server(pretending()); }),
      fmt::format("3\n{0}/server.log: error: the private PostgreSQL server did not start: initdb ended with status 3\n"
                  "note: line 3\nnote: line 4\nnote: line 5\nnote: line 6\nnote: line 7\nnote: line 8\n"
                  "note: line 9\nnote: line 10\nnote: line 11\nnote: \\x1b[1minitdb: broken\n"
                  "hint: the notes are the end of the log; see there, then try again\n",
                  directory().string()));
  EXPECT_FALSE(std::filesystem::exists(sockets()));
  EXPECT_FALSE(std::filesystem::exists(directory() / "server.json"));
  EXPECT_FALSE(find_server(directory()));
}

TEST_F(RefusalTest, ShowsTheEndOfTheLogWhenPostgresFails) {
  program("initdb", "exit 0");
  program("postgres",
          "test \"$1\" = --version && exec echo 'postgres (PostgreSQL) 15.0'; echo 'FATAL:  no' >&2; exit 1");
  EXPECT_EQ(
      refusal([&] { start_server(pretending()); }),
      fmt::format("3\n{}/server.log: error: the private PostgreSQL server did not start: postgres ended with status 1\n"
                  "note: FATAL:  no\n"
                  "hint: the notes are the end of the log; see there, then try again\n",
                  directory().string()));
  EXPECT_FALSE(std::filesystem::exists(sockets()));
}

TEST_F(RefusalTest, NamesMissingBinaries) {
  std::filesystem::remove(bindir() / "postgres");
  EXPECT_EQ(refusal([&] { start_server(pretending()); }),
            fmt::format("2\nerror: no PostgreSQL server binaries found in {}\n"
                        "hint: install postgresql or set RETORT_POSTGRESQL_BINDIR\n",
                        bindir().string()));
}

TEST_F(RefusalTest, NamesBinariesThatDoNotRun) {
  program("initdb", "exit 0");
  program("postgres", "exit 1");
  EXPECT_EQ(refusal([&] { start_server(pretending()); }),
            fmt::format("3\nerror: {}/postgres does not run\n"
                        "hint: install postgresql or set RETORT_POSTGRESQL_BINDIR\n",
                        bindir().string()));
}

TEST_F(RefusalTest, S8_SettingsThatDecideWhoReachesTheServer) {
  program("initdb", "exit 0");
  ServerOptions open = pretending();
  for (const char* name : {"listen_addresses", "Listen-Addresses"}) {
    open.settings = {{"work_mem", "1MB"}, {name, "*"}};
    EXPECT_EQ(refusal([&] { start_server(open); }),
              "2\nerror: the setting listen_addresses of a private server cannot be changed\nhint: leave it out\n");
  }
  EXPECT_FALSE(std::filesystem::exists(sockets()));
}

TEST_F(RefusalTest, F43_SocketPathIsTooLong) {
  ServerOptions longer = pretending();
  longer.socket_directory = "/tmp/" + std::string(90, 'x');
  EXPECT_EQ(refusal([&] { start_server(longer); }),
            fmt::format("2\n{0}: error: the socket path {0}/.s.PGSQL.5432 has 109 bytes, and the system allows 107\n"
                        "hint: choose a shorter socket directory, such as one in /tmp\n",
                        longer.socket_directory.string()));
  longer.socket_directory = "/tmp/a,b";
  EXPECT_EQ(refusal([&] { start_server(longer); }),
            "2\n/tmp/a,b: error: a comma cannot stand in a socket directory: PostgreSQL takes it for a list\n"
            "hint: choose a shorter socket directory, such as one in /tmp\n");
}

TEST_F(RefusalTest, SocketDirectoryIsInUse) {
  program("initdb", "exit 0");
  std::filesystem::create_directories(sockets());
  ::chmod(sockets().c_str(), 0755);
  const auto message = [&](const char* text) {
    return fmt::format("2\n{}: error: {}\nhint: name a socket directory that does not exist yet\n", sockets().string(),
                       text);
  };
  EXPECT_EQ(refusal([&] { start_server(pretending()); }),
            message("the socket directory belongs to another user, or is open to others"));
  ::chmod(sockets().c_str(), 0700);
  write_file(sockets() / "mine", "");
  EXPECT_EQ(refusal([&] { start_server(pretending()); }), message("the socket directory is not empty"));
  EXPECT_TRUE(std::filesystem::exists(sockets() / "mine"));
}

TEST_F(RefusalTest, ThereIsNothingToWatch) {
  const pid_t ended = ::fork();
  if (ended == 0) {
    ::_exit(0);
  }
  ::waitpid(ended, nullptr, 0);
  ServerOptions late = pretending();
  late.watched = ended;
  EXPECT_EQ(refusal([&] { start_server(late); }),
            fmt::format("2\nerror: there is no process {} to watch\nhint: name a running process\n", ended));
}

TEST_F(RefusalTest, DirectoryCannotBeMade) {
  write_file(folder_ / "file", "");
  ServerOptions blocked = pretending();
  blocked.directory = folder_ / "file" / "state";
  EXPECT_EQ(refusal([&] { start_server(blocked); }),
            fmt::format("2\n{}: error: cannot create the directory: Not a directory\n", blocked.directory.string()));
}

TEST_F(RefusalTest, PathIsNoUtf8) {
  program("initdb", "exit 0");
  ServerOptions odd = pretending();
  odd.directory = folder_ / "\xff";
  EXPECT_EQ(refusal([&] { start_server(odd); }),
            fmt::format("2\n{}/\\xff: error: the path of a private server must be valid UTF-8\n"
                        "hint: choose another directory\n",
                        folder_.path().string()));
  EXPECT_FALSE(std::filesystem::exists(sockets()));
}

} // namespace
} // namespace retort
