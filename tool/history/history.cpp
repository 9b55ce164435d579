#include "history/history.hpp"

namespace retort {

std::optional<Index> History::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? std::optional<Index>() : found->second;
}

std::vector<Index> History::find_prefix(std::string_view prefix) const {
  std::vector<Index> found;
  for (Index index = 0; index < size(); ++index) {
    if (std::string_view(revisions_[index].id).starts_with(prefix)) {
      found.push_back(index);
    }
  }
  return found;
}

std::optional<Index> History::find_label(std::string_view label) const {
  const auto found = by_label_.find(label);
  return found == by_label_.end() ? std::optional<Index>() : found->second;
}

} // namespace retort
