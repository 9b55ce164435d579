#pragma once

#include <string>
#include <string_view>

namespace retort {

/// `text`, which begins with a revision's header, with `parents` behind `Revises:`. A header without that line gets
/// one, behind the comment lines on top and before the other keys, with the line end that the text has. Every other
/// byte stays as it is.
std::string with_revises(std::string_view text, std::string_view parents);

} // namespace retort
