#include "text/source.hpp"

#include "text/printable.hpp"

#include <algorithm>

namespace retort {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t line_start(std::string_view text, std::size_t offset) {
  const std::size_t newline = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  return start == 0 && text.starts_with(byte_order_mark) ? byte_order_mark.size() : start;
}

} // namespace

Source Source::borrowing(std::string path, std::string_view text) {
  Source source(std::move(path), {});
  source.borrowed_ = text;
  return source;
}

Position Source::position(std::size_t offset) const {
  const std::string_view text = this->text();
  offset = std::min(offset, text.size());
  const std::size_t start = std::min(line_start(text, offset), offset);
  const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n');
  return {static_cast<std::size_t>(lines) + 1, utf8_length(text.substr(start, offset - start)) + 1};
}

std::string_view Source::line_at(std::size_t offset) const {
  const std::string_view text = this->text();
  offset = std::min(offset, text.size());
  const std::size_t start = line_start(text, offset);
  std::string_view line = text.substr(start, text.find('\n', start) - start);
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

} // namespace retort
