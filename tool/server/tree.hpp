#pragma once

#include "server/account.hpp"

#include <filesystem>

namespace retort {

/// Creates the folder `path`, open to `owner` alone. Throws Failure (Exit::database), also when it exists.
void create_private_folder(const std::filesystem::path& path, const Account& owner);

/// As create_private_folder, but an empty folder that is already there is taken over, when it is open to nobody but
/// `owner` or the calling user. Throws Failure (Exit::usage) for any other.
void claim_private_folder(const std::filesystem::path& path, const Account& owner);

/// Copies the files and folders in `from` into the empty folder `to`, for `owner` alone. Symbolic links are not
/// followed: they, and all else that is no file or folder, throw Failure (Exit::database).
void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to, const Account& owner);

} // namespace retort
