#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// A question to PostgreSQL's catalogs. Its rows: the object's kind as name() has it, its name, its owner's name or
/// nothing, its address in pg_depend, and the attributes' values, NULL for one that is absent. The one that is called
/// `privileges` is Object::privileges.
struct CatalogQuery {
  std::vector<std::string_view> attributes;
  std::string sql;
};

// What asks a server of that version (PQserverVersion) for all that a Schema holds. They expect `search_path` to find
// the system's names and no others.

/// Schemas, extensions, types and sequences.
std::vector<CatalogQuery> type_queries(int server_version);

/// Tables and what is a part of them or of views.
std::vector<CatalogQuery> table_queries(int server_version);

/// Views, functions and event triggers.
std::vector<CatalogQuery> code_queries();

/// What depends on what. Its rows: two addresses, and how the first depends on the second (`pg_depend.deptype`).
std::string dependency_query();

} // namespace retort
