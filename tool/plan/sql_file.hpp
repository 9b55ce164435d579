#pragma once

#include "dialect/dialect.hpp"
#include "plan/stream.hpp"
#include "text/source.hpp"

#include <string_view>
#include <vector>

namespace retort {

/// A file of SQL that is no revision, for `dialect`, as commands of one transaction; none where the file has no
/// statements. `what` it is stands in messages: `a seed`. The source must outlive the commands. Throws Failure
/// (Exit::migrations) for what is no text or cannot be split, and for transaction control.
std::vector<Command> sql_file_commands(const Source& source, Dialect dialect, std::string_view what);

} // namespace retort
