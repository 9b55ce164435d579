#include "cli/schema_reader.hpp"

#include "cli/declared_schema.hpp"
#include "cli/revision_text.hpp"
#include "history/replaced.hpp"
#include "history/resolve.hpp"
#include "history/target.hpp"
#include "revision/lexer.hpp"
#include "schema/read.hpp"
#include "server/server.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>
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

/// What writes rows, or makes what goes with the session.
constexpr std::array<std::string_view, 3> passing = {
    "INSERT|UPDATE|DELETE|REPLACE|MERGE",
    "WITH ... INSERT|UPDATE|DELETE",
    "CREATE [GLOBAL|LOCAL] TEMP|TEMPORARY",
};

bool is_passing(const Command& command, Dialect dialect) {
  if (command.source == nullptr) {
    return false;
  }
  Diagnostics known; // from when the file was split
  const Statement& statement = command.statement;
  Lexer lexer(*command.source, statement.offset, statement.offset + statement.length, lexicon(dialect), known);
  std::vector<std::string_view> texts;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    texts.push_back(lexer.text_of(token));
  }
  return std::ranges::any_of(passing, [&](std::string_view pattern) { return match(pattern, texts).has_value(); });
}

/// Warns once a file: there can be many rows.
void warn_of_passing(const SqlFiles& files, Dialect dialect, Console& console) {
  for (const std::vector<Command>& commands : files.commands()) {
    const auto found =
        std::ranges::find_if(commands, [&](const Command& command) { return is_passing(command, dialect); });
    if (found != commands.end()) {
      console.diagnose({Severity::warning,
                        "rows, and what is temporary, are no part of a schema",
                        locate(*found->source, found->statement.offset, found->statement.length),
                        {},
                        "a revision writes rows; remove this, and what is like it further on"});
    }
  }
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
    return read_files(context_, scratch_, SqlFiles(files, dialect, "a declared schema"), dialect);
  }
  if (side.ends_with(".sql")) {
    return read_files(context_, scratch_, SqlFiles({side}, dialect, "a declared schema"), dialect);
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

Schema read_files(const Context& context, ScratchMaker& scratch, const SqlFiles& files, Dialect dialect) {
  warn_of_passing(files, dialect, context.console());
  const std::unique_ptr<ScratchDatabase> database = scratch.make(dialect);
  database->run(files);
  return database->schema();
}

} // namespace retort
