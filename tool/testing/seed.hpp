#pragma once

#include "dialect/dialect.hpp"
#include "plan/stream.hpp"
#include "text/source.hpp"

namespace retort {

/// A file of SQL that fills a test database, for `dialect`, as commands of one transaction; none where the file has no
/// statements. The source must outlive them. Throws Failure (Exit::migrations) for what cannot be split, and for
/// transaction control.
std::vector<Command> seed_commands(const Source& source, Dialect dialect);

} // namespace retort
