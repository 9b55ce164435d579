#pragma once

#include <cstddef>
#include <cstdint>

namespace retort {

enum class TokenKind : std::uint8_t {
  end,
  word,              ///< a keyword or an identifier without quotes
  quoted_identifier, ///< "…", `…`, […], U&"…"
  string,            ///< '…' with its prefix, if any
  dollar_string,     ///< $tag$…$tag$
  number,
  variable,    ///< $1, ?1, :name, @name
  punctuation, ///< an operator, a bracket, a semicolon, or a byte that begins nothing else
  hint,        ///< /*+ … */
};

/// A piece of SQL text that the server's own scanner takes as one. It holds no text: that stays in the source.
struct Token {
  TokenKind kind = TokenKind::end;
  bool after_newline = false; ///< a line ends between it and the token before, with no block comment there
  std::size_t offset = 0;
  std::size_t length = 0;
};

} // namespace retort
