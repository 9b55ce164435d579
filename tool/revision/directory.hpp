#pragma once

#include "text/diagnostic.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// The files that make up one revision.
struct RevisionFiles {
  std::string name;                              ///< file or folder name without its endings: `ID_slug`
  std::filesystem::path path;                    ///< the file, or the folder
  std::filesystem::path up;                      ///< the file with the way up; in the native form the way down, too
  std::optional<std::filesystem::path> down;     ///< in the forms with a file for each direction
  std::optional<std::filesystem::path> metadata; ///< metadata.toml
  bool has_sections = false;                     ///< the native form: section markers in one file
};

/// What a migrations directory holds.
struct Listing {
  std::vector<RevisionFiles> revisions;
  std::vector<std::filesystem::path>
      directories; ///< the directory and its folders: a change in one can change the history
  std::optional<std::filesystem::path> replaced;   ///< the folder of revisions that others stand for
  std::optional<std::filesystem::path> unfinished; ///< the new revision of a squash that was killed
};

/// The folder, in a migrations directory, of the revisions that squashed ones stand for.
inline constexpr std::string_view replaced_folder = "replaced";

/// Begins the name of a squashed revision until those that it stands for are moved.
inline constexpr std::string_view unfinished_prefix = ".squash-";

/// Lists a migrations directory in the forms that docs/revision-files.md describes: `ID_slug.sql`, `ID_slug/up.sql`,
/// `ID_slug.up.sql`. What is no revision by its name is passed over with a note; hidden files without one.
/// An unreadable directory or a symbolic link that leads nowhere is an error, never "no migrations" (F38).
Listing list_directory(const std::filesystem::path& directory, Diagnostics& diagnostics);

} // namespace retort
