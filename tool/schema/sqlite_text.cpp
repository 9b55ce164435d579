#include "schema/sqlite_text.hpp"

#include "dialect/dialect.hpp"
#include "revision/lexer.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace retort::sqlite_text {
namespace {

bool is_reserved(std::string_view word) {
  return sqlite3_keyword_check(word.data(), static_cast<int>(word.size())) != 0;
}

/// Decides on the spaces between tokens.
class Line {
public:
  void add(const TextToken& token, const std::string& text) {
    if (!text_.empty() && !joins(token)) {
      text_ += ' ';
    }
    text_ += text;
    is_sign_ = (text == "-" || text == "+") && !ends_operand();
    previous_ = token;
    previous_is_name_ =
        (token.kind == TokenKind::word || token.kind == TokenKind::quoted_identifier) && !is_reserved(text);
  }

  std::string take() { return std::move(text_); }

private:
  bool joins(const TextToken& token) const {
    const auto is_one_of = [](const TextToken& one, std::string_view characters) {
      return one.kind == TokenKind::punctuation && one.text.size() == 1 &&
             characters.find(one.text.front()) != std::string_view::npos;
    };
    return is_one_of(token, ",);.") || is_one_of(previous_, "(.") || (is_one_of(token, "(") && previous_is_name_) ||
           (is_sign_ && token.kind != TokenKind::punctuation);
  }

  /// Whether a sign that follows stands between two operands.
  bool ends_operand() const {
    switch (previous_.kind) {
    case TokenKind::end: return false;
    case TokenKind::punctuation: return previous_.text == ")";
    case TokenKind::word: return previous_is_name_;
    default: return true;
    }
  }

  std::string text_;
  TextToken previous_;
  bool previous_is_name_ = false;
  bool is_sign_ = false;
};

const std::string* find_column(std::span<const std::string> columns, std::string_view name) {
  const auto found = std::ranges::find_if(columns, [&](const std::string& column) { return same_word(column, name); });
  return found == columns.end() ? nullptr : &*found;
}

bool is_row_id(std::string_view name) {
  return same_word(name, "rowid") || same_word(name, "oid") || same_word(name, "_rowid_");
}

/// Writes the names of one text.
class Speller {
public:
  Speller(TextTokens tokens, DoubleQuotes quotes, std::span<const std::string> columns)
      : tokens_(tokens), quotes_(quotes), columns_(columns) {}

  std::string spell(std::size_t at) const {
    const TextToken& token = tokens_[at];
    if (token.kind != TokenKind::word && token.kind != TokenKind::quoted_identifier) {
      return std::string(token.text);
    }
    const std::string name = unquoted(token.text);
    if (const std::string* const column = find_column(columns_, name); column != nullptr && !calls(at)) {
      return spelled(*column);
    }
    if (token.kind == TokenKind::word) {
      return is_reserved(token.text) ? in_capitals(name) : name;
    }
    return token.text.front() == '"' && quotes_ == DoubleQuotes::string && !must_be_name(at, name) ? literal(name)
                                                                                                   : spelled(name);
  }

private:
  bool follows(std::size_t at, std::string_view text) const {
    return at + 1 < tokens_.size() && tokens_[at + 1].text == text;
  }
  bool calls(std::size_t at) const { return tokens_[at].kind == TokenKind::word && follows(at, "("); }

  bool must_be_name(std::size_t at, std::string_view name) const {
    return follows(at, ".") || follows(at, "(") || is_row_id(name) || (at > 0 && tokens_[at - 1].text == ".") ||
           (at > 0 && is_keyword(tokens_[at - 1], "COLLATE"));
  }

  TextTokens tokens_;
  DoubleQuotes quotes_;
  std::span<const std::string> columns_;
};

} // namespace

std::vector<TextToken> tokens(std::string_view sql) {
  std::vector<TextToken> found;
  const Source source = Source::borrowing("", sql);
  Diagnostics ignored; // SQLite took the text
  Lexer lexer(source, 0, sql.size(), lexicon(Dialect::sqlite), ignored);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind != TokenKind::hint) {
      found.push_back({token.kind, lexer.text_of(token)});
    }
  }
  return found;
}

bool is_keyword(const TextToken& token, std::string_view keyword) {
  return token.kind == TokenKind::word && same_word(token.text, keyword);
}

bool is_punctuation(const TextToken& token, std::string_view text) {
  return token.kind == TokenKind::punctuation && token.text == text;
}

std::string in_capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - ('a' - 'A')) : c; });
  return text;
}

std::string in_small_letters(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; });
  return text;
}

std::string unquoted(std::string_view name) {
  const char quote = name.empty() ? '\0' : name.front() == '[' ? ']' : name.front();
  if (name.size() < 2 || std::string_view("\"'`]").find(quote) == std::string_view::npos) {
    return std::string(name);
  }
  std::string out;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    out += name[i];
    i += name[i] == quote ? 1 : 0;
  }
  return out;
}

std::string spelled(std::string_view name) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  const bool is_word = !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
                       std::ranges::all_of(name, is_part) && !is_reserved(name);
  return is_word ? std::string(name) : quoted(name);
}

std::string canonical(TextTokens tokens, DoubleQuotes quotes, std::span<const std::string> columns) {
  const Speller speller(tokens, quotes, columns);
  Line line;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    line.add(tokens[i], speller.spell(i));
  }
  return line.take();
}

std::string spaced(TextTokens tokens) {
  Line line;
  for (const TextToken& token : tokens) {
    line.add(token, std::string(token.text));
  }
  return line.take();
}

std::string_view written(TextTokens tokens) {
  return tokens.empty()
             ? std::string_view()
             : std::string_view(tokens.front().text.data(), tokens.back().text.data() + tokens.back().text.size());
}

const TextToken& TextCursor::peek(std::size_t ahead) const {
  static const TextToken none;
  return ahead < rest_.size() ? rest_[ahead] : none;
}

TextToken TextCursor::next() {
  const TextToken token = peek();
  rest_ = rest_.subspan(std::min<std::size_t>(1, rest_.size()));
  return token;
}

bool TextCursor::accept(std::string_view keywords) {
  std::size_t count = 0;
  for (std::string_view left = keywords; !left.empty(); ++count) {
    const std::string_view keyword = left.substr(0, left.find(' '));
    if (!is_keyword(peek(count), keyword)) {
      return false;
    }
    left.remove_prefix(std::min(keyword.size() + 1, left.size()));
  }
  rest_ = rest_.subspan(count);
  return true;
}

bool TextCursor::accept_punctuation(std::string_view text) {
  const bool found = is_punctuation(peek(), text);
  rest_ = rest_.subspan(found ? 1 : 0);
  return found;
}

TextTokens TextCursor::parenthesised() {
  if (!is_punctuation(peek(), "(")) {
    return {};
  }
  std::size_t depth = 0;
  std::size_t end = 0;
  do {
    depth += is_punctuation(rest_[end], "(") ? 1 : 0;
    depth -= is_punctuation(rest_[end], ")") ? 1 : 0;
    ++end;
  } while (depth > 0 && end < rest_.size());
  const TextTokens inside = rest_.subspan(1, end - (depth > 0 ? 1 : 2));
  rest_ = rest_.subspan(end);
  return inside;
}

TextTokens TextCursor::element() {
  std::size_t depth = 0;
  std::size_t end = 0;
  for (; end < rest_.size() && !(depth == 0 && is_punctuation(rest_[end], ",")); ++end) {
    depth += is_punctuation(rest_[end], "(") ? 1 : 0;
    depth -= depth > 0 && is_punctuation(rest_[end], ")") ? 1 : 0;
  }
  const TextTokens found = rest_.first(end);
  rest_ = rest_.subspan(std::min(end + 1, rest_.size()));
  return found;
}

} // namespace retort::sqlite_text
