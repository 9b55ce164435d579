#pragma once

#include "dialect/dialect.hpp"

#include <string>
#include <string_view>

namespace retort {

/// Where a database is: `sqlite:file.db`, `sqlite::memory:`, a libpq URI (`postgresql://…`, `postgres://…`) or a libpq
/// keyword string (`host=… dbname=…`).
struct Url {
  Dialect dialect = Dialect::sqlite;
  std::string target; ///< the file, or the string for libpq. It can hold a password: never print it.

  /// The database as messages may name it: without password.
  std::string display() const;
};

/// Throws Failure (Exit::usage) when `text` is none; the text is not repeated, since it can hold a password (S4).
Url parse_url(std::string_view text);

} // namespace retort
