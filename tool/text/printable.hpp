#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace retort {

/// `text` with C0, DEL, C1 and bidirectional control characters and invalid UTF-8 written as `\x1b` or `\u202e`, so
/// that it cannot steer a terminal. Tabs stay.
std::string printable(std::string_view text);

/// The number of bytes of the UTF-8 sequence that begins `text`, or 0 when it is not valid (overlong forms, surrogates
/// and numbers over U+10FFFF are not).
std::size_t utf8_sequence(std::string_view text);

/// The number of characters of `text`; every byte that is not valid UTF-8 counts as one.
std::size_t utf8_length(std::string_view text);

} // namespace retort
