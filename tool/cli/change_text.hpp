#pragma once

#include "cli/commands.hpp"
#include "schema/change.hpp"

#include <string>
#include <vector>

namespace retort {

/// --rename.
void add_rename_option(cxxopts::OptionAdder& options);

/// The options that say how one schema becomes another: --rename, --online-safe.
void add_change_options(cxxopts::OptionAdder& options);

/// What these options say of a change of `from`. A table that is renamed has its new name in the names of its columns'
/// new names. Throws Failure (Exit::usage) for what is no table or column of `from`.
ChangeOptions change_options(const Context& context, const Schema& from);

/// Any text as a comment, `-- LABEL: TEXT`, that neither a line end in it nor a section marker ends.
std::string comment_lines(std::string_view label, std::string_view text);

/// Takes out the steps with a line that would be a section marker in a revision: they become impossible.
void refuse_markers(SchemaChange& change);

/// A statement as it stands in a file: behind its hazard, as a comment, and with a semicolon.
std::string step_text(const SchemaChange::Step& step);

/// What is left for somebody to write: a comment, and a statement that no database takes.
std::string todo_text(std::string_view what);

/// All of it: a script without the frame of a revision. What SQL cannot do comes first, as what is left to write.
std::string change_text(const SchemaChange& change);

} // namespace retort
