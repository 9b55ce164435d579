#pragma once

#include "text/diagnostic.hpp"

#include <string_view>

namespace retort {

/// Whether SQLite's message is about the text alone, whatever the schema is.
bool is_syntax_error(std::string_view message);

/// Turns an error that an application's own functions, collations or modules, or a newer SQLite, would not have into a
/// warning that says so. Returns whether it did.
bool forgive_newer(Diagnostic& diagnostic);

} // namespace retort
