#include "program/driver.hpp"
#include "session/sqlite_file.hpp"

namespace retort {
namespace {

std::unique_ptr<Session> open(const Url& url, const SessionOptions& options) {
  return std::make_unique<SqliteFile>(url, options);
}

} // namespace

const Driver sqlite_driver = {Dialect::sqlite, open};

} // namespace retort
