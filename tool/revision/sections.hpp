#pragma once

#include "revision/revision.hpp"
#include "text/diagnostic.hpp"

namespace retort {

/// Whether some line of the text is a section marker: `-- migrate:up` or `-- migrate:down` in the first column.
bool has_sections(std::string_view text);

/// Reads the section markers from `begin` (the end of the header) on. A section runs from the line behind its marker to
/// the next marker. SQL before the first marker, unknown words behind one and markers that are indented are errors.
std::vector<Section> read_sections(const std::shared_ptr<const Source>& source, std::size_t begin,
                                   Diagnostics& diagnostics);

} // namespace retort
