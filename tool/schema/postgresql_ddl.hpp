#pragma once

#include "schema/change.hpp"
#include "schema/postgresql_retype.hpp"
#include "schema/postgresql_style.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The statements that make PostgreSQL's objects come, change and go.
namespace retort::postgresql_change {

using Step = SchemaChange::Step;
using Steps = std::vector<Step>;

void append(Steps& steps, Steps more);

Steps create(const Object& object, const Style& style);

/// Of all but columns.
Steps alter(const Object& from, const Object& to, const Style& style);
Steps drop(const Object& object, const Style& style);

/// What an object gets again that was dropped and created.
Steps grant_again(const Object& from, const Object& to);

// postgresql_ddl_tables.cpp

/// With the columns and constraints given, which are those that stand inside of CREATE TABLE.
Steps create_table(const Object& table, std::vector<const Object*> columns, const std::vector<const Object*>& inside);
Steps alter_table(const Object& from, const Object& to);
Steps attach_partition(const Object& table);
Steps detach_partition(const Object& table);

/// Why a table cannot be changed; a line each.
std::vector<std::string> impossible_changes(const Object& from, const Object& to);

// postgresql_ddl_columns.cpp

std::string column_definition(const Object& column);
Steps add_column(const Object& column, const Style& style);

/// What ADD COLUMN and CREATE TABLE do not say.
Steps column_extras(const Object& from, const Object& to);

/// Also gives it its type where the values have to be converted to that of the same name.
Steps alter_column(const Object& from, const Object& to, const Retyping& retyping, const Style& style);

/// What is left of it with Online::validated.
Steps validate_not_null(const Object& column);

/// Makes the values of a column texts.
Steps park_column(const Object& column);

/// Sets an attribute, or takes it away where the value is empty.
void set_attribute(Object& object, std::string_view attribute, std::string_view value);
Steps set_default(const Object& owner);
Steps drop_default(const Object& owner);

// postgresql_ddl_constraints.cpp

/// With Online::built and Online::replaced of the index that is there.
Steps add_constraint(const Object& constraint, const Style& style);
Steps alter_constraint(const Object& from, const Object& to, const Style& style);
Steps constraint_extras(const Object& from, const Object& to);
Steps validate_constraint(const Object& constraint, const Style& style);
Steps create_index(const Object& index, const Style& style);

/// The index of Online::built and Online::replaced, also of a primary key or a unique constraint.
Steps build_index(const Object& object, const Style& style);
Steps alter_index(const Object& from, const Object& to);

/// On what it fails where there are rows; nothing if they are not looked at.
std::string constraint_hazard(const Object& constraint);

// postgresql_ddl_types.cpp

/// A domain with the constraints given.
Steps create_type(const Object& type, const std::vector<const Object*>& inside);
Steps alter_type(const Object& from, const Object& to);

/// Of an enum, apart from the rest.
Steps add_values(const Object& from, const Object& to);

/// Gives it the name out of the way that it has until it is dropped.
Steps rename_old_type(const Object& type);
Steps drop_old_type(const Object& type);

Steps create_sequence(const Object& sequence);
Steps alter_sequence(const Object& from, const Object& to);
Steps own_sequence(const Object& sequence);
Steps disown_sequence(const Object& sequence);

/// ` (START WITH 5 …)` of a column's `always (start 5 …)`.
std::string identity_options(std::string_view identity);

// postgresql_ddl_counters.cpp: a column's counter that takes the place of another one, and goes on where that was.
// The table is locked before the position is read.

/// `change` are the steps that make the column an identity.
Steps sequence_to_identity(const Object& sequence, const Object& column, Steps change);

/// `change` are the steps that make the column none.
Steps identity_to_sequence(const Object& column, const Object& sequence, Steps change);

/// Drops the sequence in whose place there is another one.
Steps hand_over(const Object& from, const Object& to);

// postgresql_ddl_code.cpp

Steps create_code(const Object& object);
Steps alter_code(const Object& from, const Object& to);
Steps column_comments(const Object& from, const Object& to);

// Parts of statements.

/// Nothing where both have the same comment.
Steps comment(const Object& from, const Object& to);

/// `TARGET SET (a = b)` and `TARGET RESET (c)`, for what differs in two lists of options.
Steps set_options(std::string_view target, std::string_view from, std::string_view to);

/// ` WITH (a = b)`, or nothing.
std::string with_options(std::string_view options);

/// An object that has nothing, to compare a new one with.
Object bare(const Object& object);

} // namespace retort::postgresql_change
