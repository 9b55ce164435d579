#pragma once

#include "revision/token.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The texts by which SQLite stores definitions, in one form for all that mean the same.
namespace retort::sqlite_text {

struct TextToken {
  TokenKind kind = TokenKind::end;
  std::string_view text;
};
using TextTokens = std::span<const TextToken>;

/// The tokens of `sql`, whose text they are parts of. Comments are none.
std::vector<TextToken> tokens(std::string_view sql);

/// Whether the token is that keyword, not quoted.
bool is_keyword(const TextToken& token, std::string_view keyword);

bool is_punctuation(const TextToken& token, std::string_view text);

/// As SQLite compares names: but for the letters of ASCII unchanged.
std::string in_capitals(std::string text);
std::string in_small_letters(std::string text);

/// A name without its quotes, also where a string stands for a name.
std::string unquoted(std::string_view name);

/// A name as people write it: quoted only where it must be.
std::string spelled(std::string_view name);

/// What a double-quoted token is that is no column's name.
enum class DoubleQuotes {
  name,
  string ///< where only columns can be named, SQLite takes it for a string
};

/// The text with keywords in capital letters, names quoted only where they must be and spelled as `columns` spells
/// them, and one space or none between tokens.
std::string canonical(TextTokens tokens, DoubleQuotes quotes, std::span<const std::string> columns = {});

/// The tokens as they stand, with one space or none between them.
std::string spaced(TextTokens tokens);

/// The text from the first to the last token, with the comments between them.
std::string_view written(TextTokens tokens);

/// Goes through tokens.
class TextCursor {
public:
  explicit TextCursor(TextTokens tokens) : rest_(tokens) {}

  bool at_end() const { return rest_.empty(); }
  TextTokens rest() const { return rest_; }
  const TextToken& peek(std::size_t ahead = 0) const;
  TextToken next();

  /// Passes over the keywords if they stand here, one after the other with a space between.
  bool accept(std::string_view keywords);
  bool accept_punctuation(std::string_view text);

  /// The next token as a name.
  std::string name() { return unquoted(next().text); }

  /// What stands between the parentheses that begin here, which are passed over; nothing where none begin.
  TextTokens parenthesised();

  /// What stands before the next comma outside of parentheses, which is passed over.
  TextTokens element();

private:
  TextTokens rest_;
};

} // namespace retort::sqlite_text
