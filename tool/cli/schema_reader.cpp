#include "cli/schema_reader.hpp"

#include "cli/declared_schema.hpp"
#include "cli/revision_text.hpp"
#include "history/replaced.hpp"
#include "history/resolve.hpp"
#include "history/target.hpp"
#include "schema/read.hpp"
#include "server/server.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <system_error>
#include <utility>

namespace retort {
namespace {

namespace fs = std::filesystem;

/// Where what can be made again is kept, as the XDG Base Directory Specification says.
fs::path cache_folder() {
  const auto folder = [](const char* name) {
    const char* value = std::getenv(name);
    return fs::path(value == nullptr ? "" : value);
  };
  const fs::path cache = folder("XDG_CACHE_HOME");
  const fs::path home = folder("HOME");
  if (cache.is_absolute()) {
    return cache / "retort";
  }
  return home.empty() ? fs::temp_directory_path() / fmt::format("retort-{}", ::geteuid()) : home / ".cache" / "retort";
}

} // namespace

void add_scratch_options(cxxopts::OptionAdder& options) {
  options("server", "PostgreSQL: a database by which others are made and removed (default: a private server)",
          cxxopts::value<std::string>(), "URL");
  options("sqlite-extension", "a shared library that SQLite loads; may be repeated",
          cxxopts::value<std::vector<std::string>>(), "FILE");
}

std::unique_ptr<ScratchDatabase> ScratchMaker::make(Dialect dialect) {
  if (dialect == Dialect::postgresql && server_.empty()) {
    server_ = context_.arguments().text("server").value_or("");
    if (server_.empty()) {
      ServerOptions options;
      options.directory = cache_folder() / "server";
      options.watched = ::getpid();
      options.waiting = [&](pid_t pid) {
        context_.console().progress(fmt::format("waiting: the process {} uses the private server until it ends", pid));
      };
      std::error_code error;
      if (fs::create_directories(options.directory, error); error) {
        throw Failure(Exit::usage, {Severity::error,
                                    fmt::format("cannot create the folder: {}", error.message()),
                                    locate(options.directory.string()),
                                    {},
                                    "set XDG_CACHE_HOME to a folder of yours, or name a server with --server"});
      }
      server_ = start_server(options).uri;
    }
  }
  return make_scratch_database(dialect, server_, context_.session_options(""));
}

bool is_database(const std::string& side) {
  std::error_code error;
  return side.starts_with("sqlite:") || side.starts_with("postgresql://") || side.starts_with("postgres://") ||
         (side.find('=') != std::string::npos && !fs::exists(side, error));
}

Schema SchemaReader::read(const std::string& side, Dialect dialect) {
  if (is_database(side)) {
    return read_schema(parse_url(side));
  }
  if (side == "declared") {
    const std::vector<fs::path> files = declared_schema(context_, dialect);
    if (files.empty()) {
      fail_usage(fmt::format("no schema is declared for {}", name(dialect)),
                 "write declared_schema = \"schema.sql\" into [database.NAME], or use --declared-schema");
    }
    return read_files(files, dialect);
  }
  if (side.ends_with(".sql")) {
    if (std::error_code error; !fs::exists(side, error)) {
      throw Failure(Exit::usage, {Severity::error, "there is no such file", locate(side), {}, {}});
    }
    return read_files({side}, dialect);
  }
  return read_revisions(side, dialect);
}

Schema SchemaReader::read_revisions(const std::string& targets, Dialect dialect) {
  History history = context_.load(dialect);
  std::optional<State> current;
  const std::vector<Target> parsed = parse_targets(targets);
  if (std::ranges::find(parsed, Place::current, &Target::place) != parsed.end()) {
    const Applied applied = context_.read(history);
    current = state_of(history, applied);
  } else if (targets != "base") {
    if (std::optional<History> followed = followed_history(history, targets)) {
      history = std::move(*followed);
    }
  }
  const std::vector<Index> at = tips(history, resolve_state(history, targets, current ? &*current : nullptr));
  const std::unique_ptr<ScratchDatabase> database = scratch_.make(dialect);
  if (!at.empty()) {
    database->upgrade(history, fmt::format("{}", fmt::join(ids(history, at), ",")));
  }
  return database->schema();
}

Schema SchemaReader::read_files(const std::vector<fs::path>& files, Dialect dialect) {
  const SqlFiles sql(files, dialect, "a declared schema");
  const std::unique_ptr<ScratchDatabase> database = scratch_.make(dialect);
  database->run(sql);
  return database->schema();
}

} // namespace retort
