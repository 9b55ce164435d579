#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace retort {

/// Moves `replaced` into the folder of the migrations directory that is for them, and creates `path`, in that
/// directory, with `text`. That file stands under a hidden name before anything is moved, so that a run that is killed
/// can be finished. An error moves everything back. Throws Failure.
void place_squashed(const std::filesystem::path& path, std::string_view text,
                    const std::vector<std::filesystem::path>& replaced);

/// Finishes what a killed run of place_squashed has begun in that migrations directory, and returns the path of the new
/// file; nothing where there is no such run, or where it had not moved anything yet. Throws as place_squashed.
std::optional<std::filesystem::path> finish_squashed(const std::filesystem::path& directory);

} // namespace retort
