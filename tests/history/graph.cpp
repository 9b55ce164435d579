#include "graph.hpp"

#include <algorithm>
#include <tuple>

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

bool before(const std::string& a, const std::string& b) {
  const auto key = [](const std::string& id) {
    const bool number = id.size() < 8 && id.find_first_not_of("0123456789") == std::string::npos;
    return std::make_tuple(!number, number ? std::stoul(id) : 0, id);
  };
  return key(a) < key(b);
}

std::string joined(const IdSet& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += (text.empty() ? "" : ",") + id;
  }
  return text;
}

IdSet set_of(const Ids& ids) { return {ids.begin(), ids.end()}; }

IdSet Graph::all() const {
  IdSet all;
  for (const auto& [id, ignored] : parents) {
    all.insert(id);
  }
  return all;
}

IdSet Graph::needs(const std::string& id) const {
  IdSet all = parents.at(id);
  all.insert(dependencies.at(id).begin(), dependencies.at(id).end());
  return all;
}

IdSet Graph::closure(const IdSet& members) const {
  IdSet all = members;
  for (const std::string& member : members) {
    all.merge(closure(needs(member)));
  }
  return all;
}

Ids Graph::order() const {
  Ids order;
  IdSet done;
  while (done.size() < parents.size()) {
    std::string next;
    for (const auto& [id, ignored] : parents) {
      if (!done.contains(id) && std::ranges::includes(done, needs(id)) && (next.empty() || before(id, next))) {
        next = id;
      }
    }
    order.push_back(next);
    done.insert(next);
  }
  return order;
}

Ids Graph::order(const IdSet& state, const IdSet& wanted) const {
  Ids rest = order();
  std::erase_if(rest, [&](const std::string& id) { return state.contains(id) || !wanted.contains(id); });
  return rest;
}

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
