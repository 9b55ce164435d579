#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace retort {

enum class Dialect { sqlite, postgresql };

enum class Direction { up, down };

/// What a generated source holds: constant data, never written by hand (docs/decisions/embedded-history.md).
struct EmbeddedData {
  std::string_view text;      ///< names, checksums and the revisions' files, each once
  std::u32string_view tables; ///< where what of it stands
};

/// A history inside a program, as `migrations_add_library` generates it. A view of constant data: copying one copies a
/// pointer, nothing is initialised at run time, and any number of threads may use it at any time.
///
/// Revisions are numbered from 0 in id order. What a number or a dialect may be is not checked: a number is below
/// size(), and a dialect is one that the history has.
class EmbeddedHistory {
public:
  /// Of the data that this header reads. Generated files compare it with theirs.
  static constexpr int format = 2;

  /// For generated code: `data` holds `size` revisions, compiled for `dialects`.
  constexpr EmbeddedHistory(const EmbeddedData& data, std::uint32_t size, std::initializer_list<Dialect> dialects)
      : data_(&data), size_(size) {
    for (const Dialect dialect : dialects) {
      has_[static_cast<std::size_t>(dialect)] = true;
    }
  }

  constexpr bool has(Dialect dialect) const { return has_[static_cast<std::size_t>(dialect)]; }

  /// The number of revisions.
  constexpr std::size_t size() const { return size_; }

  constexpr std::string_view id(std::size_t revision) const { return part(record(revision)); }
  constexpr std::string_view message(std::size_t revision) const { return part(record(revision) + 2); }

  /// The file or folder, from the migrations directory's own name on: `migrations/20261122143000_add_invoices.sql`.
  constexpr std::string_view path(std::size_t revision) const { return part(record(revision) + 4); }

  /// What the revision table says of the unchanged revision (docs/checksum.md): 64 hexadecimal digits.
  constexpr std::string_view checksum(Dialect dialect, std::size_t revision) const {
    return data_->text.substr(data_->tables[section(dialect) + revision], checksum_length);
  }

  /// The revisions without a child, in id order.
  constexpr std::size_t head_count() const { return data_->tables[record(size_)]; }
  constexpr std::size_t head(std::size_t number) const { return data_->tables[record(size_) + 1 + number]; }

  // The layout of `tables`, for what reads the rest of it: where the sources, the graph and each dialect's section
  // begin, a record for each revision, the heads; then those parts, as script/embed.cpp writes them.
  static constexpr std::size_t sources_entry = 0;
  static constexpr std::size_t graph_entry = 1;
  static constexpr std::size_t section_entries = 2;
  static constexpr std::size_t records_begin = 4;
  static constexpr std::size_t record_length = 6; ///< id, message, path: each an offset in the text, and a length
  static constexpr std::size_t checksum_length = 64;

  constexpr const EmbeddedData& data() const { return *data_; }

  /// Where the dialect's section begins: a checksum's offset for each revision, then what they run.
  constexpr std::size_t section(Dialect dialect) const {
    return data_->tables[section_entries + static_cast<std::size_t>(dialect)];
  }

  /// The part of the text that two entries of `tables` describe.
  constexpr std::string_view part(std::size_t entry) const {
    return data_->text.substr(data_->tables[entry], data_->tables[entry + 1]);
  }

private:
  static constexpr std::size_t record(std::size_t revision) { return records_begin + revision * record_length; }

  const EmbeddedData* data_;
  std::uint32_t size_;
  std::array<bool, 2> has_ = {};
};

} // namespace retort
