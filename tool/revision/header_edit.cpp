#include "revision/header_edit.hpp"

#include "revision/header.hpp"
#include "revision/line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

constexpr std::string_view key = "Revises:";

bool has_key(std::string_view comment) {
  return std::any_of(header_keys.begin(), header_keys.end(),
                     [&](std::string_view known) { return comment.starts_with(fmt::format("{}:", known)); });
}

/// Where the header says what the revision follows, as a part of `text`.
std::optional<std::string_view> find_revises(std::string_view text) {
  for (Line line = first_line(text); line.exists(); line = line.next()) {
    const auto comment = header_comment(line);
    if (!comment) {
      break;
    }
    if (comment->starts_with(key)) {
      return trimmed(comment->substr(key.size()));
    }
  }
  return {};
}

/// Behind the comment lines on top.
std::size_t place_for_key(std::string_view text) {
  Line line = first_line(text);
  for (; line.exists(); line = line.next()) {
    const auto comment = header_comment(line);
    if (!comment || trimmed(line.content()).empty() || has_key(*comment)) {
      break;
    }
  }
  return line.begin();
}

} // namespace

std::string with_revises(std::string_view text, std::string_view parents) {
  if (const auto old = find_revises(text)) {
    const auto offset = static_cast<std::size_t>(old->data() - text.data());
    return fmt::format("{}{}{}", text.substr(0, offset), parents, text.substr(offset + old->size()));
  }
  const std::size_t newline = text.find('\n');
  const bool has_returns = newline != std::string_view::npos && newline > 0 && text[newline - 1] == '\r';
  const std::string_view line_end = has_returns ? "\r\n" : "\n";
  const std::size_t place = place_for_key(text);
  const std::string_view before = text.substr(0, place);
  const bool is_open = place == text.size() && first_line(text).exists() && !before.ends_with('\n');
  return fmt::format("{}{}-- {} {}{}{}", before, is_open ? line_end : "", key, parents, is_open ? "" : line_end,
                     text.substr(place));
}

} // namespace retort
