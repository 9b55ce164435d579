#pragma once

#include "schema/schema.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the definitions in a Schema say, and which changes of them PostgreSQL makes in place.
namespace retort::postgresql_change {

/// `FOREIGN KEY (a) REFERENCES public.b(id) DEFERRABLE NOT VALID` in its parts.
struct ConstraintDefinition {
  std::string_view body;
  std::string_view deferrable; ///< `DEFERRABLE INITIALLY DEFERRED`, or empty
  bool is_valid = true;
};

ConstraintDefinition constraint_definition(std::string_view definition);

/// What stands in the first parentheses of a definition: the columns of a key or an index.
std::string_view first_parentheses(std::string_view definition);

/// Whether a constraint differs in nothing but whether rows are known to keep it and, a foreign key, in when it is
/// checked.
bool is_alterable_definition(const Object& from, const Object& to);

/// Whether CREATE OR REPLACE takes a function: arguments and result must be the same.
bool is_replaceable(const Object& from, const Object& to);

/// Before the body that is a text; all of it where the body is SQL that PostgreSQL has read.
std::string_view function_header(std::string_view definition);

/// `'a' BEFORE 'b'` for each value that an enum gets; nothing if values go or change their places.
std::optional<std::vector<std::string>> added_values(const Object& from, const Object& to);

struct TypeAttribute {
  std::string_view name;
  std::string_view type; ///< with its collation
  bool operator==(const TypeAttribute&) const = default;
};

/// Of a composite type.
std::vector<TypeAttribute> type_attributes(const Object& type);
const TypeAttribute* find(const std::vector<TypeAttribute>& attributes, std::string_view name);

/// `DROP ATTRIBUTE a`, `ADD ATTRIBUTE b integer`: what makes a composite type the other; nothing if the order would
/// not be the other's.
std::optional<std::vector<std::string>> attribute_changes(const Object& from, const Object& to);

/// Whether the attributes that both composite types have are the same.
bool keeps_types(const Object& from, const Object& to);

} // namespace retort::postgresql_change
