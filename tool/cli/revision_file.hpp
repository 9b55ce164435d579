#pragma once

#include "cli/commands.hpp"
#include "history/history.hpp"

#include <string>
#include <vector>

namespace retort {

/// The options that a new revision has however it comes about: its message, labels and id.
void add_revision_file_options(cxxopts::OptionAdder& options);

/// Checks what a new revision follows: no revision twice, and none together with one that it leads to. Throws Failure
/// (Exit::usage).
void check_parents(const History& history, const std::vector<Index>& parents);

/// Checks that no other revision follows these, so that a new one there is no second head. Throws Failure (Exit::usage)
/// that names what follows; `way_out` says what can be done about it, behind the advice to take the heads instead.
void check_heads(const History& history, const std::vector<Index>& members, std::string_view way_out);

/// What a new revision follows and depends on.
struct Relations {
  std::vector<Index> parents;            ///< none: it is a base
  std::vector<std::string> dependencies; ///< ids or labels
};

/// A revision that is not written yet.
struct NewRevision {
  std::string text;
  Revision revision; ///< as the text is read; not compiled
};

/// Drafts a revision with that message and the labels and the id of the command line. `sections`: markers and SQL;
/// empty: the frame for them. Throws Failure (Exit::usage).
NewRevision draft_revision(const Context& context, const History& history, std::string_view message,
                           const Relations& relations, std::string_view sections = {});

/// The text as a revision with that id and message. Throws Failure (Exit::usage) where the text would be read as
/// something else.
NewRevision read_draft(const std::string& id, const std::string& path, std::string_view message, std::string text);

/// The path of a new revision's file: its id, and what its message says.
std::string revision_path(const Context& context, const std::string& id, std::string_view message);

/// Writes it into its file and prints the result. Nothing is written when the history would not be one with it. Throws
/// Failure (Exit::usage).
void write_revision_file(const Context& context, const History& history, const NewRevision& drafted);

} // namespace retort
