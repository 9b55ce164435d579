#pragma once

#include <retort/diagnostic.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace retort {

/// A file's bytes under the name by which messages call it. Immutable; safe to read from several threads.
class Source {
public:
  Source(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}

  /// A source whose text is not copied, and must outlive it.
  static Source borrowing(std::string path, std::string_view text);

  const std::string& path() const { return path_; }
  std::string_view text() const { return borrowed_.empty() ? std::string_view(text_) : borrowed_; }

  /// Where the byte at `offset` stands; an offset behind the end is taken as the end. A byte order mark has no column.
  /// Linear in `offset`: positions are for messages.
  Position position(std::size_t offset) const;

  /// The line that holds the byte at `offset`, without its line end and without a byte order mark.
  std::string_view line_at(std::size_t offset) const;

private:
  std::string path_;
  std::string text_;
  std::string_view borrowed_; ///< instead of an own text
};

} // namespace retort
