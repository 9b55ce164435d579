#include "revision/text_check.hpp"

#include "text/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace retort {
namespace {

/// Where the first byte stands that is not part of valid UTF-8; npos if there is none.
std::size_t find_invalid(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;
    if (text.size() - at >= sizeof eight) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & high_bits) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const std::size_t length = utf8_sequence(text.substr(at, 4));
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return std::string_view::npos;
}

/// Where the first carriage return stands that no line feed follows; npos if there is none.
std::size_t find_bare_return(std::string_view text) {
  std::size_t at = text.find('\r');
  while (at != std::string_view::npos && text.substr(at + 1).starts_with('\n')) {
    at = text.find('\r', at + 1);
  }
  return at;
}

bool looks_like_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         std::ranges::count(text.substr(0, 64), '\0') > 16;
}

} // namespace

bool check_text(const Source& source, Diagnostics& diagnostics) {
  const std::string_view text = source.text();
  const std::string encoding_hint = looks_like_utf16(text) ? "this looks like UTF-16: save the file as UTF-8" : "";
  const std::size_t errors = diagnostics.errors();
  const auto report = [&](std::size_t at, std::string_view what, std::string hint) {
    if (at != std::string_view::npos) {
      diagnostics.error(fmt::format("{} at byte offset {}", what, at), locate(source, at)).hint = std::move(hint);
    }
  };
  report(text.find('\0'), "NUL byte", encoding_hint);
  report(find_invalid(text), "invalid UTF-8", encoding_hint);
  report(find_bare_return(text), "carriage return without a line feed", "end lines with LF or CRLF");
  return diagnostics.errors() == errors;
}

} // namespace retort
