#pragma once

#include "revision/revision.hpp"
#include "text/diagnostic.hpp"

#include <array>
#include <string_view>

namespace retort {

/// The words that begin a header's lines, each followed by a colon.
inline constexpr std::array<std::string_view, 7> header_keys = {"Revises",      "Depends-On", "Branch",  "Transaction",
                                                                "Irreversible", "Deletes",    "Replaces"};

/// Reads the comment lines on top of `source` into the revision: the message (the first line that is no key),
/// and what stands behind each of the header_keys. Stops at the first line that is neither blank nor a comment,
/// and at the first section marker. Returns the offset of that line.
std::size_t read_header(const Source& source, Revision& revision, Diagnostics& diagnostics);

} // namespace retort
