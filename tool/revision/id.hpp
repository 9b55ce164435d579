#pragma once

#include <string>
#include <string_view>

namespace retort {

/// The id that a file or folder name carries: what stands before the first `_` (or the whole name), dashes dropped.
std::string id_in(std::string_view name);

/// The rest of the name with spaces for `_` and `-`: what a revision without a message is called.
std::string slug_in(std::string_view name);

/// Whether `id` can name a revision: ASCII letters, digits and dots only, and none of the words of the target grammar.
bool is_legal_id(std::string_view id);

/// Whether `label` can name a branch: as an id, and `_` as well.
bool is_legal_label(std::string_view label);

/// The order of ids where order matters: digit-only ids shorter than 8 digits come first and compare as numbers, all
/// others compare by byte (dates of 8, 14 and 18 digits then sort as dates). A strict weak order.
bool id_less(std::string_view a, std::string_view b);

} // namespace retort
