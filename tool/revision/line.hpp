#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace retort {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The lines of a text, one after the other: `for (Line line(text, 0); line.exists(); line = line.next())`.
class Line {
public:
  Line(std::string_view text, std::size_t begin) : text_(text), begin_(begin), end_(text.find('\n', begin)) {
    end_ = end_ == std::string_view::npos ? text.size() : end_;
  }

  bool exists() const { return begin_ < text_.size(); }
  Line next() const { return {text_, end_ < text_.size() ? end_ + 1 : end_}; }
  std::size_t begin() const { return begin_; }

  /// Without its line end.
  std::string_view content() const {
    std::string_view content = text_.substr(begin_, end_ - begin_);
    return content.ends_with('\r') ? content.substr(0, content.size() - 1) : content;
  }

private:
  std::string_view text_;
  std::size_t begin_;
  std::size_t end_;
};

/// `text` without the spaces and tabs at its two ends.
inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? text.substr(text.size())
                                         : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The first line of a text, behind a byte order mark.
inline Line first_line(std::string_view text) {
  return {text, text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0};
}

/// Whether `text` begins with a section marker, `--` and `migrate:up` or `migrate:down`, here: without the blanks
/// before it.
inline bool is_marker(std::string_view text) {
  if (!text.starts_with("--")) {
    return false;
  }
  return trimmed(text.substr(2)).starts_with("migrate:");
}

/// What a line of a header says, without its `--` and the blanks around it: nothing on a blank line. Absent for a line
/// that ends the header.
inline std::optional<std::string_view> header_comment(const Line& line) {
  const std::string_view content = trimmed(line.content());
  if (content.empty()) {
    return content;
  }
  return content.starts_with("--") && !is_marker(content) ? std::optional(trimmed(content.substr(2))) : std::nullopt;
}

} // namespace retort
