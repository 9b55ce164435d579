#pragma once

#include "dialect/dialect.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// The client that people run scripts with: `psql` or `sqlite3`.
std::string_view client_name(Dialect dialect);

/// Whether it is in PATH.
bool has_client(Dialect dialect);

struct ClientResult {
  int status = 0;     ///< its exit status; 128 and the number of the signal that ended it
  std::string output; ///< both kinds
};

/// Runs a script on the database with its client, without the user's own start-up file. Throws Failure (Exit::database)
/// when there is no process to be had.
ClientResult run_client(const std::string& url, const std::string& script);

/// As many lines from the end of the output as a message can show.
std::vector<std::string> last_lines(const std::string& output);

} // namespace retort
