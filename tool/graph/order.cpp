#include "graph/order.hpp"

#include <cstddef>

namespace retort {

std::vector<Index> graph_order(const History& history, const State& members) {
  std::vector<std::size_t> waiting(history.size());
  // What is ready, as a stack: whoever made a revision ready is followed by it at once, and so a branch stays together.
  std::vector<Index> ready;
  for (const Index index : history.order()) {
    if (!members.contains(index)) {
      continue;
    }
    for (const auto above : {history.children(index), history.dependents(index)}) {
      for (const Index other : above) {
        waiting[index] += members.contains(other) ? 1 : 0;
      }
    }
    if (waiting[index] == 0) {
      ready.push_back(index);
    }
  }
  std::vector<Index> order;
  while (!ready.empty()) {
    const Index index = ready.back();
    ready.pop_back();
    order.push_back(index);
    // Parents last, on top of the stack: they go on with the branch, a dependency may belong to another one.
    for (const auto below : {history.dependencies(index), history.parents(index)}) {
      for (const Index other : below) {
        if (members.contains(other) && --waiting[other] == 0) {
          ready.push_back(other);
        }
      }
    }
  }
  return order;
}

} // namespace retort
