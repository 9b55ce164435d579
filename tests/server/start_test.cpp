#include "environment.hpp"
#include "server_test.hpp"
#include "text/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

namespace retort {
namespace {

using testing::HasSubstr;

std::string percent(std::string path) {
  for (std::size_t at = 0; (at = path.find('/', at)) != std::string::npos;) {
    path.replace(at, 1, "%2F");
  }
  return path;
}

TEST_F(ServerTest, AnswersAtItsUri) {
  const Server server = start_server(options());
  EXPECT_EQ(server.uri, fmt::format("postgresql://postgres@/postgres?host={}&port=5432&requirepeer={}",
                                    percent(sockets().string()), server.user));
  EXPECT_EQ(psql(server, "SELECT current_user, current_database()"), "postgres|postgres");
  EXPECT_EQ(stop_server(directory()), StopOutcome::stopped);
  EXPECT_EQ(psql(server, "SELECT 1"), "failed");
}

TEST_F(ServerTest, HasSettingsForThrowAwayData) {
  const Server server = start_server(options());
  EXPECT_EQ(psql(server, "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN "
                         "('fsync', 'synchronous_commit', 'full_page_writes', 'wal_level', 'max_wal_senders', "
                         "'max_connections', 'wal_segment_size', 'server_encoding', 'TimeZone', 'autovacuum', "
                         "'client_connection_check_interval')"),
            "TimeZone=UTC autovacuum=off client_connection_check_interval=0 fsync=off full_page_writes=off "
            "max_connections=200 max_wal_senders=0 server_encoding=UTF8 synchronous_commit=off "
            "wal_level=minimal wal_segment_size=1048576");
}

TEST_F(ServerTest, TakesFurtherSettings) {
  ServerOptions set = options();
  set.settings = {{"max_connections", "20"}, {"app.name", "a=b 'c' ö"}};
  const Server server = start_server(set);
  EXPECT_EQ(psql(server, "SHOW max_connections"), "20");
  EXPECT_EQ(psql(server, "SHOW app.name"), "a=b 'c' ö");
}

TEST_F(ServerTest, NamesItsKindOfStorage) {
  const Server in_memory = start_server(options());
  EXPECT_EQ(in_memory.storage, is_in_memory("/dev/shm") ? Storage::memory : Storage::disk);
  stop_server(directory());
  ServerOptions on_disk = options();
  on_disk.memory.clear();
  EXPECT_EQ(start_server(on_disk).storage, is_in_memory(folder_.path()) ? Storage::memory : Storage::disk);
}

TEST_F(ServerTest, S8_ListensOnNoTcpPort) {
  const Server server = start_server(options());
  EXPECT_EQ(psql(server, "SHOW listen_addresses"), "");
  std::set<std::string> tcp;
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream file(table);
    for (std::string line; std::getline(file, line);) {
      std::istringstream fields(line);
      const std::vector<std::string> words{std::istream_iterator<std::string>(fields), {}};
      tcp.insert("socket:[" + words.at(9) + "]");
    }
  }
  std::size_t sockets = 0;
  for (const auto& entry : std::filesystem::directory_iterator(fmt::format("/proc/{}/fd", postmaster(server).pid))) {
    const std::string target = std::filesystem::read_symlink(entry.path()).string();
    sockets += target.substr(0, 7) == "socket:" ? 1 : 0;
    EXPECT_EQ(tcp.count(target), 0U) << target;
  }
  EXPECT_GT(sockets, 0U);
}

TEST_F(ServerTest, S8_SocketDirectoryIsPrivate) {
  const Server server = start_server(options());
  struct stat status {};
  ASSERT_EQ(::stat(sockets().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  EXPECT_EQ(status.st_uid, server_account().uid);
  ASSERT_EQ(::stat(server.data.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(ServerTest, S8_DoesNotReadPgVariables) {
  const Environment encoding("PGCLIENTENCODING", "LATIN1");
  const Environment port("PGPORT", "1");
  const Environment data("PGDATA", "/nonexistent");
  const Server server = start_server(options());
  EXPECT_EQ(psql(server, "SHOW client_encoding"), "UTF8");
}

TEST_F(ServerTest, S9_TheUriRequiresTheServersUser) {
  Server server = start_server(options());
  server.uri.replace(server.uri.find("requirepeer="), std::string::npos, "requirepeer=somebody");
  EXPECT_EQ(psql(server, "SELECT 1"), "failed");
}

TEST_F(ServerTest, F42_RunsAsAnotherUserThanRoot) {
  const Server server = start_server(options());
  struct stat status {};
  ASSERT_EQ(::stat(fmt::format("/proc/{}", postmaster(server).pid).c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, server_account().uid);
  EXPECT_NE(status.st_uid, 0U);
}

TEST_F(ServerTest, UsesOddPaths) {
  ServerOptions odd = options();
  odd.directory = folder_ / "stät e%$'\"";
  odd.socket_directory = folder_ / "s ö%'\"&=";
  odd.memory.clear();
  const Server server = start_server(odd);
  EXPECT_EQ(psql(server, "SELECT 1"), "1");
  EXPECT_EQ(stop_server(odd.directory), StopOutcome::stopped);
  EXPECT_FALSE(std::filesystem::exists(odd.socket_directory));
}

TEST_F(ServerTest, F43_UsesLongDirectories) {
  ServerOptions deep = options();
  deep.memory.clear();
  deep.directory = folder_ / std::string(100, 'x');
  deep.directory /= std::string(200 - deep.directory.native().size(), 'y');
  const Server server = start_server(deep);
  EXPECT_EQ(server.data, deep.directory / "data");
  EXPECT_EQ(psql(server, "SELECT 1"), "1");
  EXPECT_EQ(stop_server(deep.directory), StopOutcome::stopped);
  EXPECT_FALSE(std::filesystem::exists(server.data));
}

TEST_F(ServerTest, ReachesItsDataBelowAFolderThatIsClosedToOthers) {
  ::chmod(folder_.path().c_str(), 0700);
  Folder open;
  ServerOptions closed = options();
  closed.memory.clear();
  closed.socket_directory = open / "s";
  const Server server = start_server(closed);
  EXPECT_EQ(server.data, ::geteuid() == 0 ? open / "s" / "data" : directory() / "data");
  EXPECT_EQ(psql(server, "SELECT 1"), "1");
  EXPECT_EQ(stop_server(directory()), StopOutcome::stopped);
  EXPECT_FALSE(std::filesystem::exists(open / "s"));
}

TEST_F(ServerTest, ChoosesASocketDirectory) {
  ServerOptions unnamed = options();
  unnamed.socket_directory.clear();
  const Server server = start_server(unnamed);
  EXPECT_THAT(server.uri, HasSubstr("?host=%2Ftmp%2Fretort-"));
  EXPECT_EQ(psql(server, "SELECT 1"), "1");
}

TEST_F(ServerTest, ASecondStartFindsTheFirst) {
  const Server first = start_server(options());
  const Server second = start_server(options());
  EXPECT_EQ(second.uri, first.uri);
  EXPECT_EQ(second.supervisor, first.supervisor);
  const std::optional<Server> found = find_server(directory());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->uri, first.uri);
}

TEST_F(ServerTest, StartsAgainFromTheCopyOfItsFirstDataFolder) {
  start_server(options());
  stop_server(directory());
  const Server server = start_server(options());
  EXPECT_EQ(psql(server, "SELECT 1"), "1");
  EXPECT_EQ(read_file(server.log).find("initdb"), std::string::npos);
  EXPECT_FALSE(find_server(folder_ / "elsewhere"));
}

TEST_F(ServerTest, TwoStartsAtOnceShareOneServer) {
  std::vector<pid_t> starters;
  for (const char* name : {"a", "b"}) {
    starters.push_back(::fork());
    if (starters.back() == 0) {
      int status = 1;
      try {
        ServerOptions mine = options();
        mine.socket_directory = folder_ / name;
        write_file(folder_ / (std::string(name) + ".uri"), start_server(mine).uri);
        status = 0;
      } catch (const std::exception&) {
      }
      ::_exit(status);
    }
  }
  for (const pid_t starter : starters) {
    int status = 1;
    ::waitpid(starter, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(read_file(folder_ / "a.uri"), read_file(folder_ / "b.uri"));
  EXPECT_NE(std::filesystem::exists(folder_ / "a"), std::filesystem::exists(folder_ / "b"));
}

TEST_F(ServerTest, F41_KeepsNothingOfItsStarterOpen) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t starter = ::fork();
  if (starter == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    start_server(options());
    ::_exit(0);
  }
  ::close(ends[1]);
  int status = 1;
  ::waitpid(starter, &status, 0);
  EXPECT_EQ(status, 0);
  pollfd event{ends[0], POLLIN, 0};
  EXPECT_EQ(::poll(&event, 1, 1000), 1);
  EXPECT_EQ(event.revents & POLLHUP, POLLHUP);
  ::close(ends[0]);
  const std::optional<Server> server = find_server(directory());
  ASSERT_TRUE(server);
  EXPECT_EQ(psql(*server, "SELECT 1"), "1");
}

} // namespace
} // namespace retort
