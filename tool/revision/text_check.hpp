#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace retort {

/// Whether `source` is text that a database can take (F34): UTF-8 without NUL bytes, its lines ended by LF or CRLF, a
/// byte order mark at most at its beginning. The first violation of each kind goes to `diagnostics`, with its byte
/// offset where an editor may not show it.
bool check_text(const Source& source, Diagnostics& diagnostics);

} // namespace retort
