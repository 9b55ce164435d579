#include "session/sqlite_extension.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>

namespace retort {
namespace {

struct MemoryFreer {
  void operator()(char* text) const { sqlite3_free(text); }
};

} // namespace

void load_sqlite_extension(sqlite3* handle, const std::string& path) {
  char* raw = nullptr;
  sqlite3_enable_load_extension(handle, 1);
  const int code = sqlite3_load_extension(handle, path.c_str(), nullptr, &raw);
  const std::unique_ptr<char, MemoryFreer> complaint(raw);
  sqlite3_enable_load_extension(handle, 0);
  if (code != SQLITE_OK) {
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("cannot load the SQLite extension {}: {}", path,
                                               complaint ? complaint.get() : sqlite3_errstr(code)),
                                   {},
                                   {},
                                   "check its path, and that it is built for this SQLite"});
  }
}

} // namespace retort
