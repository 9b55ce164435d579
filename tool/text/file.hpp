#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace retort {

/// The content of a regular file. Throws Failure (Exit::migrations) that names the path and the system's reason.
std::string read_file(const std::filesystem::path& path);

/// Replaces `path` by `content` in one step: an exclusively created temporary file beside it, flushed to the disk,
/// renamed. A run that is killed leaves the old file or the new one, never a part. Throws Failure (Exit::usage).
void write_file(const std::filesystem::path& path, std::string_view content);

/// Creates `path`, which must not exist yet, with `content`. Throws Failure (Exit::usage).
void create_file(const std::filesystem::path& path, std::string_view content);

} // namespace retort
