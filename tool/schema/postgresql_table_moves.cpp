#include "schema/postgresql_table_moves.hpp"

#include <algorithm>

namespace retort::postgresql_change {

bool leaves(const Item& item) {
  if (!item.is_whole() || item.kind() != ObjectKind::table || item.fate != Fate::alter) {
    return false;
  }
  const std::vector<std::string> kept = parents(*item.to);
  return std::ranges::any_of(parents(*item.from),
                             [&](const std::string& parent) { return std::ranges::count(kept, parent) == 0; });
}

TableMoves table_moves(const Items& items, const std::vector<std::size_t>& hosts) {
  TableMoves moves;
  for (std::size_t i = 0; i < items.all().size(); ++i) {
    const Item& item = items[i];
    const bool is_partition = item.key.aspect == Aspect::partition;
    if (leaves(item) || (is_partition && item.goes() && hosts[going(i)] == going(i))) {
      for (std::string& parent : parents(*item.from)) {
        moves.leaving.emplace(std::move(parent), is_partition ? going(i) : coming(i));
      }
    }
    if (is_partition && item.comes() && hosts[coming(i)] == coming(i)) {
      moves.joining.emplace(parents(*item.to).front(), coming(i));
    }
  }
  return moves;
}

} // namespace retort::postgresql_change
