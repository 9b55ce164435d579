#include "revision/lexer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace retort {
namespace {

enum ByteClass : std::uint8_t { blank = 1, word_start = 2, word_part = 4, digit = 8 };

constexpr std::array<std::uint8_t, 256> byte_classes = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t byte = 0; byte < classes.size(); ++byte) {
    const bool is_digit = byte >= '0' && byte <= '9';
    const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || byte >= 0x80;
    const bool is_blank = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
    classes[byte] = static_cast<std::uint8_t>((is_blank ? blank : 0) | (is_letter ? word_start | word_part : 0) |
                                              (is_digit ? digit | word_part : 0) | (byte == '$' ? word_part : 0));
  }
  return classes;
}();

bool is(std::uint8_t classes, char byte) { return (byte_classes[static_cast<unsigned char>(byte)] & classes) != 0; }

struct Invisible {
  std::string_view bytes;
  std::string_view name;
  std::string_view hint;
};

constexpr Invisible invisibles[] = {
    {"\xC2\xA0", "no-break space (U+00A0)", "write a plain space instead"},
    {"\xE2\x80\x8B", "zero width space (U+200B)", "remove it: nothing is seen of it, but it is there"},
    {"\xEF\xBB\xBF", "byte order mark (U+FEFF)", "remove it: it can stand only at the very beginning of a file"},
};

const Invisible* invisible_at(std::string_view text) {
  const auto* const found =
      std::ranges::find_if(invisibles, [&](const Invisible& each) { return text.starts_with(each.bytes); });
  return found == std::end(invisibles) ? nullptr : found;
}

/// psql's names of variables, and the tags of dollar quotes.
bool is_name_part(char byte) { return byte != '$' && is(word_part, byte); }

} // namespace

Lexer::Lexer(const Source& source, std::size_t begin, std::size_t end, const Lexicon& lexicon, Diagnostics& diagnostics)
    : source_(source), text_(source.text().substr(0, end)), at_(begin), lexicon_(lexicon), diagnostics_(diagnostics) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (begin == 0 && text_.starts_with(byte_order_mark)) {
    at_ = byte_order_mark.size();
  }
}

Token Lexer::next() {
  newline_ = false;
  commented_ = false;
  while (skip_blanks() || skip_unlexable()) {
  }
  if (at_ >= text_.size()) {
    return take(TokenKind::end, at_);
  }
  const char first = text_[at_];
  if (first == '/' && at(at_ + 1) == '*') {
    return take(TokenKind::hint, block_comment_end(at_));
  }
  if (is(word_start, first)) {
    return word();
  }
  if (first == '\'') {
    const bool continues = lexicon_.continued_strings && newline_ && !commented_ && previous_.kind == TokenKind::string;
    return continues ? continued_string() : string(at_, Quote::plain);
  }
  if (lexicon_.identifier_quotes.find(first) != std::string_view::npos) {
    return quoted(at_);
  }
  if (is(digit, first) || (first == '.' && is(digit, at(at_ + 1)))) {
    return number();
  }
  if (lexicon_.dollar_quotes && first == '$') {
    return dollar();
  }
  if (lexicon_.variable_marks.find(first) != std::string_view::npos) {
    return variable();
  }
  return punctuation();
}

/// Passes over white space and comments; returns whether there were any.
bool Lexer::skip_blanks() {
  const std::size_t begin = at_;
  for (;; ++at_) {
    const char byte = at(at_);
    if (byte == '\n' || byte == '\r') {
      newline_ = true;
    } else if (byte == '-' && at(at_ + 1) == '-') {
      skip_line_comment();
    } else if (byte == '/' && at(at_ + 1) == '*') {
      const std::size_t end = block_comment_end(at_);
      if (end == std::string_view::npos && !lexicon_.unterminated_comments) {
        report("unterminated comment", at_, 2,
               lexicon_.nested_comments ? "comments nest here: each '/*' needs a '*/' of its own" : "");
      } else if (at(at_ + 2) == '+' && end != std::string_view::npos) {
        break;
      }
      commented_ = true;
      at_ = std::min(end, text_.size()) - 1;
    } else if (!is(blank, byte)) {
      break;
    }
  }
  return at_ != begin;
}

/// Leaves `at_` on the comment's last byte: its line end, where it counts as white space, is the next one.
void Lexer::skip_line_comment() {
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  const std::size_t carriage_return = text_.substr(0, end).find('\r', at_);
  at_ = (lexicon_.carriage_return_ends_comment ? std::min(carriage_return, end) : end) - 1;
}

/// Where the block comment that begins at `from` ends; npos if it does not.
std::size_t Lexer::block_comment_end(std::size_t from) const {
  if (!lexicon_.nested_comments) {
    const std::size_t close = text_.find("*/", from + 2);
    return close == std::string_view::npos ? close : close + 2;
  }
  std::size_t depth = 1;
  for (std::size_t at = from + 2; at + 1 < text_.size(); ++at) {
    if (text_[at] == '/' && text_[at + 1] == '*') {
      ++depth;
      ++at;
    } else if (text_[at] == '*' && text_[at + 1] == '/') {
      ++at;
      if (--depth == 0) {
        return at + 1;
      }
    }
  }
  return std::string_view::npos;
}

/// Reports and passes over what begins no token; returns whether there was any.
bool Lexer::skip_unlexable() {
  if (at_ >= text_.size()) {
    return false;
  }
  if (lexicon_.client.commands_anywhere && text_[at_] == lexicon_.client.command_mark) {
    skip_client_command();
    return true;
  }
  const Invisible* const invisible = is(word_start, text_[at_]) ? invisible_at(text_.substr(at_)) : nullptr;
  if (invisible != nullptr) {
    report(fmt::format("{} outside of quotes", invisible->name), at_, invisible->bytes.size(),
           std::string(invisible->hint));
    at_ += invisible->bytes.size();
    return true;
  }
  return false;
}

void Lexer::skip_client_command() {
  std::size_t end = at_ + 1;
  while (is_name_part(at(end))) {
    ++end;
  }
  end = std::max(end, std::min(at_ + 2, text_.size()));
  const std::string_view name = text_.substr(at_, end - at_);
  if (is(blank, name.back()) || name.size() < 2) {
    report("a backslash cannot stand outside of quotes", at_, 1, "");
  } else {
    report(fmt::format("{} is a meta-command of {}, not SQL", name, lexicon_.client.name), at_, name.size(),
           "a revision holds SQL only: write it in SQL, or remove it");
  }
  at_ = std::min(text_.find('\n', at_), text_.size());
}

Token Lexer::take(TokenKind kind, std::size_t end) {
  previous_ = {kind, newline_ && !commented_, at_, end - at_};
  at_ = end;
  return previous_;
}

std::size_t Lexer::skip_word_part(std::size_t at) const {
  while (at < text_.size() && is(word_part, text_[at])) {
    if (static_cast<unsigned char>(text_[at]) >= 0x80 && invisible_at(text_.substr(at)) != nullptr) {
      break;
    }
    ++at;
  }
  return at;
}

Token Lexer::word() {
  const char second = at(at_ + 1);
  if (lexicon_.string_prefixes && second == '\'') {
    switch (text_[at_] | 0x20) {
    case 'e': return string(at_ + 1, Quote::escaped);
    case 'b':
    case 'n':
    case 'x': return string(at_ + 1, Quote::plain);
    default: break;
    }
  }
  if (lexicon_.string_prefixes && second == '&' && (text_[at_] | 0x20) == 'u') {
    if (at(at_ + 2) == '\'') {
      return string(at_ + 2, Quote::plain);
    }
    if (at(at_ + 2) == '"') {
      return quoted(at_ + 2);
    }
  }
  if (second == '\'' && (text_[at_] | 0x20) == 'x') {
    return string(at_ + 1, Quote::plain);
  }
  return take(TokenKind::word, skip_word_part(at_ + 1));
}

/// Where the string whose quote stands at `quote_at` ends; npos if it does not.
std::size_t Lexer::string_end(std::size_t quote_at, Quote quote) const {
  for (std::size_t at = quote_at + 1;; at += 2) {
    at = quote == Quote::plain ? text_.find('\'', at) : text_.find_first_of("'\\", at);
    if (at == std::string_view::npos) {
      return at;
    }
    if (text_[at] == '\'' && this->at(at + 1) != '\'') {
      return at + 1;
    }
  }
}

Token Lexer::string(std::size_t quote_at, Quote quote) {
  previous_quote_ = quote;
  const std::size_t end = string_end(quote_at, quote);
  if (end == std::string_view::npos) {
    report("unterminated string", at_, quote_at + 1 - at_, "");
  }
  return take(TokenKind::string, std::min(end, text_.size()));
}

/// To the server, a string on a later line is escaped as the one before; psql forgets that between two lines.
Token Lexer::continued_string() {
  if (!lexicon_.client.joins_strings && string_end(at_, Quote::plain) != string_end(at_, previous_quote_)) {
    report(fmt::format("{} would end this string elsewhere", lexicon_.client.name), at_, 1,
           fmt::format("write E'…' in one piece: {} does not know that the escapes go on", lexicon_.client.name));
  }
  return string(at_, previous_quote_);
}

Token Lexer::quoted(std::size_t quote_at) {
  const char quote = text_[quote_at];
  const char close = quote == '[' ? ']' : quote;
  for (std::size_t at = quote_at + 1;; at += 2) {
    at = text_.find(close, at);
    if (at == std::string_view::npos) {
      report("unterminated quoted identifier", at_, quote_at + 1 - at_, "");
      return take(TokenKind::quoted_identifier, text_.size());
    }
    if (quote == '[' || this->at(at + 1) != close) {
      return take(TokenKind::quoted_identifier, at + 1);
    }
  }
}

Token Lexer::dollar() {
  std::size_t end = at_ + 1;
  if (is(digit, at(end))) {
    return take(TokenKind::variable, skip_junk(skip_digits(end)));
  }
  while (is_name_part(at(end))) {
    ++end;
  }
  if (at(end) != '$') {
    return take(TokenKind::punctuation, at_ + 1);
  }
  const std::string_view delimiter = text_.substr(at_, end + 1 - at_);
  const std::size_t close = text_.find(delimiter, end + 1);
  if (close == std::string_view::npos) {
    report("unterminated dollar-quoted string", at_, delimiter.size(), fmt::format("it ends with {}", delimiter));
    return take(TokenKind::dollar_string, text_.size());
  }
  return take(TokenKind::dollar_string, close + delimiter.size());
}

std::size_t Lexer::skip_digits(std::size_t at) const {
  while (is(digit, this->at(at))) {
    ++at;
  }
  return at;
}

/// What follows a number without a space belongs to it (1e5, 0x1F, 1_000), or the server refuses both together.
std::size_t Lexer::skip_junk(std::size_t at) const { return is(word_start, this->at(at)) ? skip_word_part(at) : at; }

Token Lexer::number() {
  std::size_t end = skip_digits(at_);
  if (at(end) == '.' && at(end + 1) != '.') {
    end = skip_digits(end + 1);
  }
  if ((at(end) | 0x20) == 'e' && (at(end + 1) == '+' || at(end + 1) == '-') && is(digit, at(end + 2))) {
    end = skip_digits(end + 2);
  }
  return take(TokenKind::number, skip_junk(end));
}

/// SQLite's variables. A name may hold `::` and end in a suffix in parentheses, which then hides a semicolon.
Token Lexer::variable() {
  std::size_t end = skip_word_part(at_ + 1);
  while (at(end) == ':' && at(end + 1) == ':') {
    end = skip_word_part(end + 2);
  }
  if (end > at_ + 1 && at(end) == '(' && text_[at_] != '?') {
    std::size_t close = end + 1;
    while (close < text_.size() && text_[close] != ')' && !is(blank, text_[close])) {
      ++close;
    }
    end = at(close) == ')' ? close + 1 : end;
  }
  return take(TokenKind::variable, end);
}

Token Lexer::punctuation() {
  for (const std::string_view each : lexicon_.operators) {
    if (each.front() == text_[at_] && text_.substr(at_).starts_with(each)) {
      return take(TokenKind::punctuation, at_ + each.size());
    }
  }
  if (text_[at_] == ':') {
    check_client_variable();
  }
  return take(TokenKind::punctuation, at_ + operator_length());
}

/// The longest run of operator characters that holds no comment. It ends in `+` or `-` only if it also holds a
/// character that no operator of standard SQL has: `=-1` is an equals sign and a negative number, `@-` is one operator.
std::size_t Lexer::operator_length() const {
  constexpr std::size_t longest_operator = 63; // NAMEDATALEN - 1; a bound keeps long runs of signs linear
  const std::string_view run = text_.substr(at_, longest_operator + 1);
  std::size_t length = std::min({run.find_first_not_of(lexicon_.operator_characters), run.find("/*"), run.find("--"),
                                 run.size(), longest_operator});
  if (run.substr(0, length).find_first_of("~!@#^&|`?%") == std::string_view::npos) {
    while (length > 1 && (run[length - 1] == '+' || run[length - 1] == '-')) {
      --length;
    }
  }
  return std::max<std::size_t>(length, 1);
}

/// Reports what psql takes for a variable, if it replaces it, or goes on behind it in another way than the server, to
/// which the name is a token of its own.
void Lexer::check_client_variable() {
  if (lexicon_.client.variables.empty()) {
    return;
  }
  const std::string_view opening = text_.substr(at_ + 1, 2);
  const char quote = opening.empty() ? '\0' : opening.front();
  const bool is_quoted = quote == '\'' || quote == '"';
  const bool is_test = opening == "{?";
  const std::size_t begin = at_ + 1 + (is_quoted ? 1 : 0) + (is_test ? 2 : 0);
  std::size_t end = begin;
  while (is_name_part(at(end))) {
    ++end;
  }
  const std::string_view name = text_.substr(begin, end - begin);
  if (name.empty()) {
    return;
  }
  if (is_quoted || is_test) {
    if (at(end) != (is_test ? '}' : quote)) {
      return;
    }
    ++end;
  } else if (!std::ranges::binary_search(lexicon_.client.variables, name) && at(end) != '$' &&
             !(same_word(name, "E") && at(end) == '\'')) {
    return;
  }
  const std::string_view written = text_.substr(at_, end - at_);
  report(fmt::format("{} would take {} for a variable of its own", lexicon_.client.name, written), at_, written.size(),
         "put a space behind the colon");
}

void Lexer::report(std::string message, std::size_t offset, std::size_t length, std::string hint) {
  diagnostics_.error(std::move(message), locate(source_, offset, length)).hint = std::move(hint);
}

} // namespace retort
