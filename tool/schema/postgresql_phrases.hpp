#pragma once

#include <string>
#include <string_view>

/// Parts of questions to PostgreSQL's catalogs.
namespace retort::postgresql_phrases {

/// The name of something in the schema of that alias, as people write it.
std::string named(std::string_view schema, std::string_view name);

/// How pg_depend knows an object, or one of its columns.
std::string address(std::string_view catalog, std::string_view oid, std::string_view column = "0");

/// The comment on an object, or on one of its columns.
std::string comment(std::string_view catalog, std::string_view oid, std::string_view column = "0");

/// Whether neither an extension brought the object nor another object, as a range type brings its functions.
std::string is_own(std::string_view catalog, std::string_view oid);

/// Object::privileges, a line each. `kind` is as acldefault() has it.
std::string privileges(std::string_view kind, std::string_view acl, std::string_view owner);

/// The same of a column, or of all columns of the relation; they have no owner of their own.
std::string column_privileges(std::string_view relation, std::string_view column);

/// With those of its TOAST table.
std::string options(std::string_view relation);
std::string tablespace(std::string_view relation);
std::string collation(std::string_view oid);

/// Whether the relation `c` in the schema `n` is a table that counts.
std::string is_own_table();

/// Whether the schema `n` is not the system's.
inline constexpr std::string_view is_users = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/// Whether the relation `c` is none of Retort's own tables.
inline constexpr std::string_view is_not_retorts = "c.relname NOT IN ('retort_revisions', 'retort_journal')";

/// Of the relation `c`.
inline constexpr std::string_view persistence = "CASE c.relpersistence WHEN 'u' THEN 'unlogged' END";

} // namespace retort::postgresql_phrases
