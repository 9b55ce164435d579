#pragma once

#include "plan/stream.hpp"

#include <retort/script.hpp>

#include <string>
#include <vector>

namespace retort {

enum class Guard {
  exact,     ///< refuses a database that does not stand exactly at the start
  idempotent ///< runs only the revisions that the database lacks (psql)
};

struct ScriptOptions {
  Dialect dialect = Dialect::sqlite;
  Client client = Client::shell;
  Guard guard = Guard::exact;
  std::vector<std::string> remarks; ///< comment lines on top
};

/// Writes a stream as SQL for somebody else to run, as docs/scripts.md describes. Deterministic: no time, path or
/// machine in it. Commands of the plan stand in it as they would run online; what is added around them guards the
/// database against being in another state.
std::string write_script(const Stream& stream, const ScriptOptions& options);

} // namespace retort
