#pragma once

#include <filesystem>
#include <optional>

namespace retort {

/// The folder with PostgreSQL's `initdb` and `postgres`: the one that the environment variable RETORT_POSTGRESQL_BINDIR
/// names (no other then counts), otherwise the one that `pg_config --bindir` prints, otherwise `bin` in the folder of
/// `installations` with the highest version number. Nothing when there is none.
std::optional<std::filesystem::path>
find_server_binaries(const std::filesystem::path& installations = "/usr/lib/postgresql");

/// As find_server_binaries, but throws Failure (Exit::database) when there is none.
std::filesystem::path require_server_binaries(const std::filesystem::path& installations = "/usr/lib/postgresql");

/// Throws Failure (Exit::usage) when `bindir` does not hold the programs of a server.
void check_server_binaries(const std::filesystem::path& bindir);

} // namespace retort
