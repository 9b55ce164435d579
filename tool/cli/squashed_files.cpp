#include "cli/squashed_files.hpp"

#include "cli/moved_files.hpp"
#include "revision/directory.hpp"
#include "revision/header.hpp"
#include "revision/id.hpp"
#include "text/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

namespace retort {
namespace {

namespace fs = std::filesystem;

/// Where the file stands until the others are moved.
fs::path hidden(const fs::path& path) {
  return path.parent_path() / fmt::format("{}{}", unfinished_prefix, path.filename().string());
}

void move_all(const fs::path& path, const std::vector<fs::path>& replaced, MovedFiles& moved) {
  for (const fs::path& file : replaced) {
    moved.move(file);
  }
  std::error_code error;
  if (fs::exists(path, error)) {
    error = std::make_error_code(std::errc::file_exists);
  } else {
    fs::rename(hidden(path), path, error);
  }
  if (error) {
    throw Failure(
        Exit::usage,
        {Severity::error, fmt::format("cannot create the file: {}", error.message()), locate(path.string()), {}, {}});
  }
}

void place(const fs::path& path, const std::vector<fs::path>& replaced) {
  MovedFiles moved(path.parent_path() / replaced_folder);
  try {
    move_all(path, replaced, moved);
  } catch (const Failure& failure) {
    const std::vector<fs::path> stuck = moved.take_back();
    if (stuck.empty()) {
      std::error_code lost;
      fs::remove(hidden(path), lost);
      throw;
    }
    std::vector<Diagnostic> diagnostics = failure.diagnostics();
    for (const fs::path& file : stuck) {
      diagnostics.push_back({Severity::error,
                             "it was moved here and cannot be moved back",
                             locate(file.string()),
                             {},
                             "'retort squash' finishes what was begun"});
    }
    throw Failure(failure.exit(), std::move(diagnostics));
  }
}

/// What the new file replaces.
std::set<std::string> replaced_ids(const fs::path& path) {
  const Source source(hidden(path).string(), read_file(hidden(path)));
  Revision revision;
  Diagnostics known; // a header that Retort has written
  read_header(source, revision, known);
  std::set<std::string> ids = {id_in(path.stem().string())};
  for (const Reference& reference : revision.replaces) {
    ids.insert(reference.name);
  }
  return ids;
}

/// The id in a file's or folder's name.
std::string id_of(std::string name) {
  for (const std::string_view ending : {".sql", ".up", ".down"}) {
    if (name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
    }
  }
  return id_in(name);
}

/// The files and folders of these revisions in a directory; of two files of one revision perhaps one is left.
std::vector<fs::path> files_in(const fs::path& directory, const std::set<std::string>& ids) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    const fs::path& path = entry->path();
    const std::string name = path.filename().string();
    const bool is_revision = fs::is_directory(path) ? fs::exists(path / "up.sql") : path.extension() == ".sql";
    if (is_revision && name.front() != '.' && ids.contains(id_of(name))) {
      files.push_back(path);
    }
  }
  std::ranges::sort(files);
  return files;
}

} // namespace

void place_squashed(const fs::path& path, std::string_view text, const std::vector<fs::path>& replaced) {
  write_file(hidden(path), text);
  place(path, replaced);
}

std::optional<fs::path> finish_squashed(const fs::path& directory) {
  Diagnostics known; // are told when the directory is read
  const std::optional<fs::path> unfinished = list_directory(directory, known).unfinished;
  if (!unfinished) {
    return std::nullopt;
  }
  fs::path path = directory / unfinished->filename().string().substr(unfinished_prefix.size());
  const std::set<std::string> ids = replaced_ids(path);
  if (files_in(directory / replaced_folder, ids).empty()) {
    std::error_code lost;
    fs::remove(*unfinished, lost);
    return std::nullopt;
  }
  place(path, files_in(directory, ids));
  return path;
}

} // namespace retort
