#include "graph/graph.hpp"

#include "graph/order.hpp"

#include <fmt/format.h>

namespace retort {

Graph::Graph(const History& history, State members, std::optional<State> applied)
    : history_(history), members_(std::move(members)), applied_(std::move(applied)), current_(history.size()),
      order_(graph_order(history, members_)) {
  if (applied_) {
    for (const Index index : tips(history, *applied_)) {
      current_.add(index);
    }
  }
}

std::vector<Index> Graph::shown(std::span<const Index> indices) const {
  std::vector<Index> shown(indices.begin(), indices.end());
  std::erase_if(shown, [&](Index index) { return !members_.contains(index); });
  return shown;
}

std::string Graph::title(Index index) const {
  std::string title = history_[index].id;
  for (const Reference& label : history_[index].labels) {
    title += fmt::format(" ({})", label.name);
  }
  title += history_.parents(index).empty() ? " (base)" : "";
  title += history_.children(index).empty() ? " (head)" : "";
  if (has_database()) {
    title += is_current(index) ? " (current)" : is_applied(index) ? " (applied)" : " (pending)";
  }
  return title;
}

} // namespace retort
