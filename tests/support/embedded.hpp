#pragma once

#include "history/embedded.hpp"
#include "script/embed.hpp"

namespace retort {

/// Histories as a program that embeds them has them, without a compiler in between.
class Embedded {
public:
  explicit Embedded(std::span<const CompiledHistory> histories, const EmbeddedFolder& folder = {"", "migrations"})
      : packed_(pack(histories, folder)), size_(static_cast<std::uint32_t>(histories.front().history->size())) {
    for (const CompiledHistory& compiled : histories) {
      dialects_.push_back(compiled.dialect);
    }
  }
  Embedded(const Embedded&) = delete;
  Embedded& operator=(const Embedded&) = delete;

  EmbeddedHistory view() const {
    return dialects_.size() == 2 ? EmbeddedHistory(data_, size_, {dialects_.front(), dialects_.back()})
                                 : EmbeddedHistory(data_, size_, {dialects_.front()});
  }

private:
  PackedHistory packed_;
  EmbeddedData data_ = {packed_.text, packed_.tables};
  std::uint32_t size_;
  std::vector<Dialect> dialects_;
};

} // namespace retort
