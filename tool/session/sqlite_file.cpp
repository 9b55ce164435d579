#include "session/sqlite_file.hpp"

#include "session/sqlite_confinement.hpp"
#include "session/sqlite_extension.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

namespace retort {
namespace {

constexpr std::string_view memory = ":memory:";

/// Whether opening would create the file.
bool is_missing(const std::string& target) {
  std::error_code error;
  return target != memory && !target.starts_with("file:") && !std::filesystem::exists(target, error);
}

} // namespace

SqliteFile::SqliteFile(Url url, SessionOptions options) : url_(std::move(url)), options_(std::move(options)) {}

SqliteFile::~SqliteFile() = default;

void SqliteFile::open(Opening opening) {
  if (session_) {
    return;
  }
  try {
    // With OPEN_URI, sqlite:file:app.db?mode=ro means what SQLite's documentation says. One thread uses the connection.
    const int flags = SQLite::OPEN_READWRITE | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX |
                      (opening == Opening::created ? SQLite::OPEN_CREATE : 0);
    const auto wait =
        std::min<std::chrono::milliseconds::rep>(options_.lock_wait.count(), std::numeric_limits<int>::max());
    database_ = std::make_unique<SQLite::Database>(url_.target, flags, static_cast<int>(wait));
  } catch (const SQLite::Exception& exception) {
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("cannot open {}: {}", url_.display(), exception.what()),
                                   {},
                                   {},
                                   "check that the folder exists and that this user may write to it"});
  }
  for (const std::string& extension : options_.sqlite_extensions) {
    load_sqlite_extension(database_->getHandle(), extension);
  }
  if (options_.other_files == OtherFiles::refused) {
    confine(database_->getHandle());
  }
  session_ = std::make_unique<SqliteSession>(database_->getHandle(), url_.display(), options_);
}

/// A transaction that could not be rolled back ends with its connection.
void SqliteFile::close() {
  if (session_ && session_->connection().in_transaction()) {
    session_.reset();
    database_.reset();
  }
}

Applied SqliteFile::read() {
  if (!session_ && is_missing(url_.target)) {
    if (options_.absent == Absent::empty) {
      return {};
    }
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("there is no database {}", url_.display()),
                                   {},
                                   {},
                                   "check the path, or let 'upgrade head' create it"});
  }
  open(Opening::existing);
  try {
    return session_->read();
  } catch (const Failure&) {
    close();
    throw;
  }
}

std::size_t SqliteFile::migrate(const Planner& planner, Observer& observer) {
  // A plan that is refused, or empty, must not leave an empty file behind.
  if (!session_ && is_missing(url_.target) && planner(Applied()).commands.empty()) {
    return 0;
  }
  open(Opening::created);
  try {
    return session_->migrate(planner, observer);
  } catch (const Failure&) {
    close();
    throw;
  }
}

} // namespace retort
