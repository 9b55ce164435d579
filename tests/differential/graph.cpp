#include "graph.hpp"

#include <algorithm>
#include <iterator>

namespace retort {
namespace {

template <typename Condition>
IdSet those(const IdSet& ids, Condition condition) {
  IdSet those = ids;
  std::erase_if(those, [&](const std::string& id) { return !condition(id); });
  return those;
}

} // namespace

bool meets(const IdSet& a, const IdSet& b) {
  return std::ranges::any_of(a, [&](const std::string& id) { return b.contains(id); });
}

IdSet common(const IdSet& a, const IdSet& b) {
  return those(a, [&](const std::string& id) { return b.contains(id); });
}

IdSet less(const IdSet& a, const IdSet& b) {
  return those(a, [&](const std::string& id) { return !b.contains(id); });
}

IdSet set_of(const Ids& ids) { return {ids.begin(), ids.end()}; }

IdSet Graph::ancestors(const std::string& id) const {
  IdSet found = {id};
  for (const std::string& parent : parents.at(id)) {
    found.merge(ancestors(parent));
  }
  return found;
}

IdSet Graph::descendants(const IdSet& members) const {
  return those(all(), [&](const std::string& id) { return meets(ancestors(id), members); });
}

IdSet Graph::dependents(const IdSet& members) const {
  return those(all(), [&](const std::string& id) { return meets(closure({id}), members); });
}

IdSet Graph::children(const IdSet& members) const {
  return those(all(), [&](const std::string& id) { return meets(parents.at(id), members); });
}

IdSet Graph::tips(const IdSet& members) const {
  IdSet needed;
  for (const std::string& member : members) {
    needed.merge(needs(member));
  }
  return less(members, needed);
}

IdSet Graph::line(const std::string& id) const {
  if (id.empty()) {
    return all();
  }
  IdSet line = descendants({id});
  line.merge(ancestors(id));
  return line;
}

IdSet Graph::heads() const {
  return those(all(), [&](const std::string& id) { return children({id}).empty(); });
}

IdSet Graph::bases() const {
  return those(all(), [&](const std::string& id) { return parents.at(id).empty(); });
}

} // namespace retort
