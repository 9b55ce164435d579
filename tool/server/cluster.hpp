#pragma once

#include "server/account.hpp"
#include "server/folder.hpp"
#include "server/process.hpp"

#include <sys/types.h>

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// A parameter of the server, and its value.
using Setting = std::pair<std::string, std::string>;

/// What one private server is made of.
struct Cluster {
  ServerFolder folder;
  std::filesystem::path bindir;
  Account account;
  std::filesystem::path data;
  std::filesystem::path socket_directory;
  std::filesystem::path pattern; ///< an initialised data folder, made at the first start and copied at every start
  std::vector<Setting> settings; ///< beyond Retort's own
};

/// Where the data of a new server go: into a folder with a new name in `memory`, when that is a memory file system with
/// at least 256 MB free; otherwise into the state folder, when `account` can reach it; otherwise beside the socket.
std::filesystem::path choose_data_folder(const ServerFolder& folder, const std::filesystem::path& memory,
                                         const std::filesystem::path& socket_directory, const Account& account);

/// The initialised data folder for the programs in `bindir`: another version, installation or setting, another name.
/// Throws Failure (Exit::database) when the programs do not run.
std::filesystem::path pattern_folder(const ServerFolder& folder, const std::filesystem::path& bindir,
                                     const std::vector<Setting>& settings);

/// Throws Failure (Exit::usage) for a parameter that decides how the server is found, or who may reach it.
void check_settings(const std::vector<Setting>& settings);

/// Initialises the data folder, which is empty. Throw-away: it is never flushed to the disk.
Executable initdb_program(const Cluster& cluster, int output);

/// The server itself: on no TCP port, ends at once when the calling process ends.
Executable postgres_program(const Cluster& cluster, int output);

/// Whether what is in `folder` lies in memory.
bool is_in_memory(const std::filesystem::path& folder);

/// The libpq URI of the server. It makes libpq prove that the server runs as `account`.
std::string server_uri(const std::filesystem::path& socket_directory, const Account& account);

/// Throws Failure (Exit::usage) when no server can listen in `socket_directory` and be found there by libpq.
void check_socket_directory(const std::filesystem::path& socket_directory);

/// Whether the server of this data folder accepts connections.
bool is_ready(const std::filesystem::path& data);

/// The names of the folders of all databases in the data folder.
std::set<std::string> database_folders(const std::filesystem::path& data);

/// Ends what a killed supervisor may have left running on this data folder. True when nothing runs there any more.
bool end_stray_server(const std::filesystem::path& data);

/// Removes the data and the socket directory, as far as they are there; what is in the latter and no server's stays.
void remove_folders(const std::filesystem::path& data, const std::filesystem::path& socket_directory);

/// A name that nobody can guess, for a new folder.
std::string unpredictable_name();

} // namespace retort
