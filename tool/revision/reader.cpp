#include "revision/reader.hpp"

#include "revision/directory.hpp"
#include "revision/header.hpp"
#include "revision/id.hpp"
#include "revision/sections.hpp"
#include "revision/text_check.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

namespace retort {
namespace {

namespace fs = std::filesystem;

class Reader {
public:
  Reader(std::optional<Dialect> dialect, WayDown way_down, Diagnostics& diagnostics)
      : dialect_(dialect), way_down_(way_down), diagnostics_(diagnostics) {}

  Reading read(const fs::path& directory) {
    const Listing listing = list(directory);
    if (listing.unfinished) {
      diagnostics_.error("a squash was interrupted here", locate(listing.unfinished->string())).hint =
          "'retort squash' finishes it, or begins anew where it had not moved anything";
      return std::move(reading_);
    }
    if (listing.replaced) {
      for (const RevisionFiles& files : list(*listing.replaced).revisions) {
        read(files);
      }
      replaced_.swap(reading_.revisions);
    }
    for (const RevisionFiles& files : listing.revisions) {
      read(files);
    }
    add_replaced();
    const auto less = [](const Revision& a, const Revision& b) { return id_less(a.id, b.id); };
    if (!std::is_sorted(reading_.revisions.begin(), reading_.revisions.end(), less)) {
      std::stable_sort(reading_.revisions.begin(), reading_.revisions.end(), less);
    }
    return std::move(reading_);
  }

private:
  Listing list(const fs::path& directory) {
    Listing listing = list_directory(directory, diagnostics_);
    for (const fs::path& path : listing.directories) {
      reading_.inputs.push_back(path.string());
    }
    return listing;
  }

  /// Gives what lies in the folder of replaced revisions to those that stand for it.
  void add_replaced() {
    for (Revision& revision : reading_.revisions) {
      if (!revision.replaces.empty()) {
        for (const Reference& reference : revision.replaces) {
          take_replaced(revision, reference.name, locate(*revision.head, reference.offset, reference.length));
        }
        take_replaced(revision, revision.id, locate(revision.path));
      }
    }
    for (const Revision& left : replaced_) {
      diagnostics_.error(fmt::format("nothing replaces {}", left.id), locate(left.path)).hint =
          "move it back, or name it behind 'Replaces:' in the revision that stands for it";
    }
  }

  void take_replaced(Revision& revision, const std::string& id, const Location& location) {
    const auto found = std::find_if(replaced_.begin(), replaced_.end(), [&](const Revision& r) { return r.id == id; });
    if (found == replaced_.end()) {
      diagnostics_
          .error(fmt::format("{} replaces {}, which has no file in '{}'", revision.id, id, replaced_folder), location)
          .hint = "get the file back; or remove the line 'Replaces:' once no database needs what it names";
      return;
    }
    revision.replaced.push_back(std::move(*found));
    replaced_.erase(found);
  }

  void read(const RevisionFiles& files) {
    Revision revision;
    revision.id = id_in(files.name);
    revision.path = files.path.string();
    const std::size_t errors = diagnostics_.errors();
    revision.head = read_source(files.up);
    const bool was_read = diagnostics_.errors() == errors;
    const bool has_markers = has_sections(revision.head->text());
    if (files.has_sections && was_read && !has_markers && !is_revision_by_name(revision)) {
      return;
    }
    const std::size_t header_end = read_header(*revision.head, revision, diagnostics_);
    if (files.has_sections) {
      revision.sections = read_sections(revision.head, header_end, diagnostics_);
    } else {
      revision.message.clear();
      read_pair(files, revision, has_markers);
    }
    if (revision.message.empty()) {
      revision.message = slug_in(files.name);
    }
    if (!is_legal_id(revision.id)) {
      diagnostics_.error(fmt::format("illegal id '{}'", revision.id), locate(revision.path)).hint =
          "the id is the name up to the first '_'; it is made of letters, digits and '.'";
    }
    if (dialect_) {
      compile(revision, *dialect_, way_down_, digest_, diagnostics_);
    }
    reading_.revisions.push_back(std::move(revision));
  }

  // Names such as data_import.sql lie beside revisions in real sets; a name that begins with a digit is meant to be
  // one.
  bool is_revision_by_name(const Revision& revision) {
    if (revision.id.empty() || revision.id[0] < '0' || revision.id[0] > '9') {
      diagnostics_.note("passed over: no '-- migrate:up' in it, and no revision by its name", locate(revision.path));
      return false;
    }
    diagnostics_.error("no '-- migrate:up' in this file", locate(revision.path)).hint =
        "write '-- migrate:up' on a line of its own before the SQL";
    return false;
  }

  /// A file that cannot be read counts as an empty one, once that is reported.
  std::shared_ptr<const Source> read_source(const fs::path& path) {
    reading_.inputs.push_back(path.string());
    try {
      auto source = std::make_shared<const Source>(path.string(), read_file(path));
      if (check_text(*source, diagnostics_)) {
        return source;
      }
    } catch (const Failure& failure) {
      for (const Diagnostic& diagnostic : failure.diagnostics()) {
        diagnostics_.add(diagnostic);
      }
    }
    return std::make_shared<const Source>(path.string(), std::string());
  }

  void read_pair(const RevisionFiles& files, Revision& revision, bool has_markers) {
    if (has_markers) {
      diagnostics_.error("section markers in a file that is one direction by its name", locate(files.up.string()))
          .hint = "use one file ID_slug.sql with sections, or two files without";
    }
    const bool transactional = !files.metadata || is_transactional(*files.metadata);
    revision.sections.push_back({Direction::up, {}, transactional, revision.head, 0, revision.head->text().size()});
    if (!files.down) {
      return;
    }
    const auto down = read_source(*files.down);
    revision.sections.push_back({Direction::down, {}, transactional, down, 0, down->text().size()});
  }

  bool is_transactional(const fs::path& path) {
    constexpr std::string_view key = "run_in_transaction";
    const auto source = read_source(path);
    try {
      const toml::table table = toml::parse(source->text(), path.string());
      const toml::node* node = table.get(key);
      if (node != nullptr && !node->is_boolean()) {
        diagnostics_.error(fmt::format("'{}' must be true or false", key), locate_toml(*source, node->source()));
      }
      return node == nullptr || node->value_or(true);
    } catch (const toml::parse_error& error) {
      diagnostics_.error(std::string(error.description()), locate_toml(*source, error.source()));
      return true;
    }
  }

  static Location locate_toml(const Source& source, const toml::source_region& region) {
    return locate(source, Position{region.begin.line, region.begin.column});
  }

  std::optional<Dialect> dialect_;
  WayDown way_down_;
  Diagnostics& diagnostics_;
  Digest digest_;
  Reading reading_;
  std::vector<Revision> replaced_;
};

} // namespace

Reading read_revisions(const fs::path& directory, std::optional<Dialect> dialect, WayDown way_down,
                       Diagnostics& diagnostics) {
  return Reader(dialect, way_down, diagnostics).read(directory);
}

} // namespace retort
