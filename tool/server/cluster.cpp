#include "server/cluster.hpp"

#include "text/diagnostic.hpp"
#include "text/digest.hpp"

#include <fmt/format.h>
#include <linux/magic.h>
#include <locale.h> // NOLINT(modernize-deprecated-headers): newlocale is POSIX, not C++
#include <sys/random.h>
#include <sys/shm.h>
#include <sys/vfs.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <clocale>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace retort {
namespace {

constexpr std::uint64_t wanted_memory = std::uint64_t{256} << 20;
constexpr std::size_t longest_socket_path = 107;
constexpr std::string_view socket_name = ".s.PGSQL.5432";

/// For data that nobody misses after the test run: no flush to the disk, no archive, no network. Autovacuum is off,
/// because its workers take locks at moments that no test chose; shared memory lies in the data folder, so that a kill
/// leaves none. Log segments are not reused, so that data that are kept have few.
constexpr std::pair<const char*, const char*> own_settings[] = {
    {"listen_addresses", ""},
    {"port", "5432"},
    {"unix_socket_permissions", "0700"},
    {"fsync", "off"},
    {"synchronous_commit", "off"},
    {"full_page_writes", "off"},
    {"wal_level", "minimal"},
    {"max_wal_senders", "0"},
    {"max_connections", "200"},
    {"shared_buffers", "64MB"},
    {"autovacuum", "off"},
    {"dynamic_shared_memory_type", "mmap"},
    {"logging_collector", "off"},
    {"log_checkpoints", "off"},
    {"wal_init_zero", "off"},
    {"wal_recycle", "off"},
};

/// How the server is found, and who may reach it: nobody's to change.
constexpr std::string_view fixed_settings[] = {
    "config_file",       "data_directory",          "external_pid_file",      "hba_file", "listen_addresses", "port",
    "unix_socket_group", "unix_socket_directories", "unix_socket_permissions"};

/// As PostgreSQL compares names of settings.
bool is_same_setting(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '-' ? '_' : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool has_memory(const std::filesystem::path& memory) {
  struct statfs status {};
  return !memory.empty() && is_in_memory(memory) && ::statfs(memory.c_str(), &status) == 0 &&
         static_cast<std::uint64_t>(status.f_bavail) * static_cast<std::uint64_t>(status.f_bsize) >= wanted_memory &&
         ::access(memory.c_str(), W_OK | X_OK) == 0;
}

bool can_reach(const Account& account, const std::filesystem::path& folder) {
  if (!account.is_other()) {
    return true;
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(become(account) && ::chdir(folder.c_str()) == 0 ? 0 : 1);
  }
  int status = 1;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

const char* utf8_locale() {
  const locale_t locale = ::newlocale(LC_ALL_MASK, "C.UTF-8", nullptr);
  if (locale == nullptr) {
    return "C";
  }
  ::freelocale(locale);
  return "C.UTF-8";
}

std::vector<std::string> initdb_settings() {
  return {"--no-sync",    "--wal-segsize=1", "--username=postgres",
          "--auth=trust", "--encoding=UTF8", std::string("--locale=") + utf8_locale()};
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view unreserved = "-._~";
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || unreserved.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

/// An element of a list of paths, as PostgreSQL's settings have them.
std::string quoted(const std::string& path) {
  std::string out = "\"";
  for (const char c : path) {
    out.append(c == '"' ? 2 : 1, c);
  }
  return out + '"';
}

/// A word on the line `number`, both from 1 on, of the file by which a running server announces itself.
std::string announced(const std::filesystem::path& data, int number, int word = 1) {
  std::ifstream file(data / "postmaster.pid");
  std::string line;
  for (int i = 0; i < number; ++i) {
    if (!std::getline(file, line)) {
      return {};
    }
  }
  std::istringstream words(line);
  std::string found;
  for (int i = 0; i < word; ++i) {
    words >> found;
  }
  return words ? found : "";
}

/// A killed server leaves its System V segment, of some bytes, for ever.
void remove_shared_memory(const std::filesystem::path& data) {
  const std::string id = announced(data, 7, 2);
  shmid_ds segment{};
  if (!id.empty() && ::shmctl(std::atoi(id.c_str()), IPC_STAT, &segment) == 0 && segment.shm_nattch == 0) {
    ::shmctl(std::atoi(id.c_str()), IPC_RMID, nullptr);
  }
}

} // namespace

bool is_in_memory(const std::filesystem::path& folder) {
  struct statfs status {};
  return ::statfs(folder.c_str(), &status) == 0 && status.f_type == TMPFS_MAGIC;
}

std::filesystem::path choose_data_folder(const ServerFolder& folder, const std::filesystem::path& memory,
                                         const std::filesystem::path& socket_directory, const Account& account) {
  if (has_memory(memory)) {
    return memory / unpredictable_name();
  }
  return can_reach(account, folder.path()) ? folder.data() : socket_directory / "data";
}

std::filesystem::path pattern_folder(const ServerFolder& folder, const std::filesystem::path& bindir,
                                     const std::vector<Setting>& settings) {
  const std::optional<std::string> version = output_of(bindir / "postgres", {"--version"});
  if (!version) {
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("{} does not run", (bindir / "postgres").string()),
                                   {},
                                   {},
                                   "install postgresql or set RETORT_POSTGRESQL_BINDIR"});
  }
  Digest digest;
  digest.update(bindir.string() + '\0' + *version);
  for (const std::string& setting : initdb_settings()) {
    digest.update('\0' + setting);
  }
  for (const auto& [name, value] : settings) {
    digest.update(fmt::format("{}{}={}", '\0', name, value));
  }
  return folder.path() / ("template-" + digest.finish().substr(0, 12));
}

void check_settings(const std::vector<Setting>& settings) {
  for (const auto& [name, value] : settings) {
    for (const std::string_view fixed : fixed_settings) {
      if (is_same_setting(name, fixed)) {
        throw Failure(Exit::usage, {Severity::error,
                                    fmt::format("the setting {} of a private server cannot be changed", fixed),
                                    {},
                                    {},
                                    "leave it out"});
      }
    }
  }
}

Executable initdb_program(const Cluster& cluster, int output) {
  std::vector<std::string> arguments = initdb_settings();
  arguments.push_back("--pgdata=" + cluster.data.string());
  return {cluster.bindir / "initdb", std::move(arguments), cluster.account, output, SIGKILL};
}

Executable postgres_program(const Cluster& cluster, int output) {
  std::vector<std::string> arguments{"-D", cluster.data.string()};
  const auto set = [&](std::string_view name, std::string_view value) {
    arguments.insert(arguments.end(), {"-c", fmt::format("{}={}", name, value)});
  };
  for (const auto& [name, value] : own_settings) {
    set(name, value);
  }
  for (const auto& [name, value] : cluster.settings) {
    set(name, value);
  }
  arguments.insert(arguments.end(), {"-c", "unix_socket_directories=" + quoted(cluster.socket_directory.string())});
  return {cluster.bindir / "postgres", std::move(arguments), cluster.account, output, SIGQUIT};
}

std::string server_uri(const std::filesystem::path& socket_directory, const Account& account) {
  std::string uri =
      fmt::format("postgresql://postgres@/postgres?host={}&port=5432", percent_encoded(socket_directory.string()));
  if (!account.name.empty()) {
    uri += "&requirepeer=" + percent_encoded(account.name);
  }
  return uri;
}

void check_socket_directory(const std::filesystem::path& socket_directory) {
  const std::size_t size = (socket_directory / socket_name).native().size();
  const bool has_comma = socket_directory.native().find(',') != std::string::npos;
  if (size > longest_socket_path || has_comma) {
    throw Failure(Exit::usage,
                  {Severity::error,
                   has_comma ? "a comma cannot stand in a socket directory: PostgreSQL takes it for a list"
                             : fmt::format("the socket path {}/{} has {} bytes, and the system allows {}",
                                           socket_directory.string(), socket_name, size, longest_socket_path),
                   locate(socket_directory.string()),
                   {},
                   "choose a shorter socket directory, such as one in /tmp"});
  }
}

bool is_ready(const std::filesystem::path& data) { return announced(data, 8) == "ready"; }

std::set<std::string> database_folders(const std::filesystem::path& data) {
  std::set<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(data / "base", ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") == std::string::npos) {
      names.insert(name);
    }
  }
  return names;
}

bool end_stray_server(const std::filesystem::path& data) {
  const std::string announced_pid = announced(data, 1);
  const pid_t pid = announced_pid.empty() ? 0 : static_cast<pid_t>(std::atoi(announced_pid.c_str()));
  const std::optional<ProcessId> process = identify(pid);
  std::error_code unknown;
  // The number may by now be another process's; a server works in its data folder.
  if (!process || !std::filesystem::equivalent(fmt::format("/proc/{}/cwd", pid), data, unknown)) {
    return true;
  }
  for (const int signal : {SIGQUIT, SIGKILL}) {
    ::kill(pid, signal);
    for (int i = 0; i < 200 && is_alive(*process); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  return !is_alive(*process);
}

void remove_folders(const std::filesystem::path& data, const std::filesystem::path& socket_directory) {
  remove_shared_memory(data);
  std::error_code ignored;
  std::filesystem::remove_all(data, ignored);
  const std::filesystem::path socket = socket_directory / socket_name;
  std::filesystem::remove(socket, ignored);
  std::filesystem::remove(socket.string() + ".lock", ignored);
  std::filesystem::remove(socket_directory, ignored);
}

std::string unpredictable_name() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != static_cast<ssize_t>(sizeof number)) {
    throw Failure(Exit::database, {Severity::error, "the system gives no random numbers", {}, {}, {}});
  }
  return fmt::format("retort-{:016x}", number);
}

} // namespace retort
