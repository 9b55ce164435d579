#pragma once

#include "dialect/lexicon.hpp"
#include "revision/token.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace retort {

/// Cuts SQL text into tokens as the server's own scanner does (F31), in linear time, without copies and without
/// recursion.
///
/// What cannot be a token goes to `diagnostics` and is passed over, so that all problems of a text are found in one
/// run: literals and comments that do not end, invisible characters, commands and variables of the dialect's client.
class Lexer {
public:
  /// Reads the bytes `[begin, end)` of `source`, which outlives the lexer, as does `diagnostics`.
  Lexer(const Source& source, std::size_t begin, std::size_t end, const Lexicon& lexicon, Diagnostics& diagnostics);

  /// The next token; of the kind `end`, again and again, behind the last one.
  Token next();

  std::string_view text_of(const Token& token) const { return text_.substr(token.offset, token.length); }

private:
  enum class Quote { plain, escaped };

  bool skip_blanks();
  bool skip_unlexable();
  void skip_line_comment();
  std::size_t block_comment_end(std::size_t from) const;
  void skip_client_command();
  Token take(TokenKind kind, std::size_t end);
  Token word();
  std::size_t string_end(std::size_t quote_at, Quote quote) const;
  Token string(std::size_t quote_at, Quote quote);
  Token continued_string();
  Token quoted(std::size_t quote_at);
  Token dollar();
  Token number();
  Token variable();
  Token punctuation();
  std::size_t operator_length() const;
  std::size_t skip_word_part(std::size_t at) const;
  std::size_t skip_digits(std::size_t at) const;
  std::size_t skip_junk(std::size_t at) const;
  void check_client_variable();
  void report(std::string message, std::size_t offset, std::size_t length, std::string hint);
  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }

  const Source& source_;
  std::string_view text_; ///< up to the end of the part that is read
  std::size_t at_;
  const Lexicon& lexicon_;
  Diagnostics& diagnostics_;
  bool newline_ = false;   ///< seen since the last token
  bool commented_ = false; ///< a block comment was
  Token previous_;
  Quote previous_quote_ = Quote::plain;
};

} // namespace retort
