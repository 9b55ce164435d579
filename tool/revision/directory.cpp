#include "revision/directory.hpp"

#include "revision/id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

namespace retort {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view up_ending = ".up.sql";
constexpr std::string_view down_ending = ".down.sql";
constexpr std::string_view sql_ending = ".sql";

std::string_view without(std::string_view name, std::string_view ending) {
  return name.substr(0, name.size() - ending.size());
}

class Lister {
public:
  explicit Lister(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  Listing list(const fs::path& directory) {
    for (const fs::directory_entry& entry : entries(directory)) {
      add(entry);
    }
    add_down_files();
    return std::move(listing_);
  }

private:
  std::vector<fs::directory_entry> entries(const fs::path& directory) {
    std::vector<fs::directory_entry> entries;
    std::error_code error;
    fs::directory_iterator iterator(directory, error);
    for (; !error && iterator != fs::directory_iterator(); iterator.increment(error)) {
      const std::string name = iterator->path().filename().string();
      if (!name.starts_with('.')) {
        entries.push_back(*iterator);
      } else if (name.starts_with(unfinished_prefix) && name.ends_with(sql_ending)) {
        listing_.unfinished = iterator->path();
      }
    }
    if (error) {
      Diagnostic& diagnostic =
          diagnostics_.error(fmt::format("cannot read the directory: {}", error.message()), locate(directory.string()));
      if (error == std::errc::no_such_file_or_directory) {
        diagnostic.hint = "'retort init' makes it; --directory names another one";
      }
    } else {
      listing_.directories.push_back(directory);
    }
    // Paths themselves are compared part by part, which takes longer than reading the directory.
    std::sort(entries.begin(), entries.end(), [](const fs::directory_entry& a, const fs::directory_entry& b) {
      return a.path().native() < b.path().native();
    });
    return entries;
  }

  void add(const fs::directory_entry& entry) {
    const fs::path& path = entry.path();
    const std::string name = path.filename().string();
    std::error_code error;
    const bool is_folder = entry.is_directory(error);
    if (error) {
      diagnostics_.error(fmt::format("cannot read the entry: {}", error.message()), locate(path.string()));
    } else if (is_folder && name == replaced_folder) {
      listing_.replaced = path;
    } else if (is_folder) {
      add_folder(path, name);
    } else if (name.ends_with(up_ending)) {
      listing_.revisions.push_back({std::string(without(name, up_ending)), path, path, {}, {}, false});
    } else if (name.ends_with(down_ending)) {
      downs_.push_back(path);
    } else if (name.ends_with(sql_ending)) {
      listing_.revisions.push_back({std::string(without(name, sql_ending)), path, path, {}, {}, true});
    } else {
      diagnostics_.note("passed over: no revision by its name", locate(path.string()));
    }
  }

  void add_folder(const fs::path& folder, const std::string& name) {
    RevisionFiles files{name, folder, {}, {}, {}, false};
    bool holds_sql = false;
    for (const fs::directory_entry& entry : entries(folder)) {
      const fs::path& path = entry.path();
      const std::string file = path.filename().string();
      if (file == "up.sql") {
        files.up = path;
      } else if (file == "down.sql") {
        files.down = path;
      } else if (file == "metadata.toml") {
        files.metadata = path;
      }
      holds_sql = holds_sql || path.extension() == sql_ending;
    }
    if (!files.up.empty()) {
      listing_.revisions.push_back(std::move(files));
    } else if (files.down || (holds_sql && name.front() >= '0' && name.front() <= '9')) {
      diagnostics_.error("a revision folder without up.sql", locate(folder.string())).hint =
          "add up.sql, or take the folder away";
    } else {
      diagnostics_.note("passed over: no up.sql in this folder", locate(folder.string()));
    }
  }

  // By id: in real sets the two files of a revision bear different slugs.
  void add_down_files() {
    std::multimap<std::string, RevisionFiles*, std::less<>> ups;
    for (RevisionFiles& files : listing_.revisions) {
      if (files.up.filename().string().ends_with(up_ending)) {
        ups.emplace(id_in(files.name), &files);
      }
    }
    for (const fs::path& down : downs_) {
      const std::string name(without(down.filename().string(), down_ending));
      const auto [first, last] = ups.equal_range(id_in(name));
      const auto same_name = std::find_if(first, last, [&](const auto& up) { return up.second->name == name; });
      const auto up = same_name != last ? same_name : first;
      if (first == last) {
        diagnostics_.error("a way down without a way up", locate(down.string())).hint =
            fmt::format("add {}{}, or remove the file", name, up_ending);
      } else if (up->second->down) {
        diagnostics_.error("a second way down for the same revision", locate(down.string()))
            .notes.push_back({"the first is here", locate(up->second->down->string())});
      } else {
        up->second->down = down;
      }
    }
  }

  Diagnostics& diagnostics_;
  Listing listing_;
  std::vector<fs::path> downs_;
};

} // namespace

Listing list_directory(const fs::path& directory, Diagnostics& diagnostics) {
  return Lister(diagnostics).list(directory);
}

} // namespace retort
