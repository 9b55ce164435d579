#pragma once

#include "history/history.hpp"
#include "schema/change.hpp"

#include <set>
#include <string>
#include <vector>

namespace retort {

// PostgreSQL: a name without a schema is one of the first schema of search_path, which is `public` unless somebody says
// another one.

/// Names as a set of statements writes them.
struct WrittenNames {
  std::set<std::string> with_public; ///< behind `public.`
  std::set<std::string> bare;        ///< every other word
};

/// Those of the ways up of these revisions, compiled for PostgreSQL.
WrittenNames written_names(const History& history, const std::vector<Index>& revisions);

/// Adds those of a file without sections.
void add_names(const Source& source, WrittenNames& names);

/// Those of the change's statements.
WrittenNames written_names(const SchemaChange& change);

/// The same change, with objects of `public` named without their schema.
SchemaChange without_public(SchemaChange change);

} // namespace retort
