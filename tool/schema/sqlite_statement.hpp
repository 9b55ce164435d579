#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Statements of sqlite_schema, to run again.
namespace retort::sqlite_statement {

/// The statement without a comment at its end, which would swallow what follows.
std::string trimmed(std::string_view statement);

/// The CREATE TABLE for a table called `name`, which may need quotes.
std::string create_table(std::string_view statement, std::string_view name);

/// All that is or could be a name in the text, in small letters, without quotes.
std::set<std::string> names(std::string_view text);

/// Of those, what stands in double quotes. SQLite takes it for a string where it is no name.
std::set<std::string> double_quoted(std::string_view text);

/// `prefix`, a number if need be, and the name: one that `is_taken`, in small letters and without
/// quotes, does not have.
std::string spare_name(std::string_view prefix, std::string_view name,
                       const std::function<bool(const std::string&)>& is_taken);

/// A list on one line, or on several where it is long.
std::string list(const std::vector<std::string>& items);

} // namespace retort::sqlite_statement
