#pragma once

#include "history/state.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace retort {

/// The revisions from `first` up to `last`, in this order, which one revision can stand for. Throws Failure
/// (Exit::usage) where `first` does not lead to `last`, where the history branches, merges or is depended on within,
/// and for a revision that stands for others itself.
std::vector<Index> find_range(const History& history, Index first, Index last);

/// What the revisions of a range depend on outside of it.
std::vector<Index> outer_dependencies(const History& history, const std::vector<Index>& range);

/// The header of the revision that stands for a range, with what holds for all of it. `irreversible`: why it has no way
/// down; empty: it has one.
std::string squashed_header(const History& history, const std::vector<Index>& range, std::string_view message,
                            std::string_view irreversible);

/// The file, the folder or the files of a revision.
std::vector<std::filesystem::path> files_of(const Revision& revision);

} // namespace retort
