#include "schema/postgresql_order.hpp"

#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_names.hpp"
#include "schema/postgresql_online.hpp"
#include "schema/postgresql_table_moves.hpp"
#include "schema/postgresql_taken_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <queue>
#include <set>
#include <string>
#include <tuple>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

/// What must be done before what.
class Graph {
public:
  Graph(const Items& items, const std::vector<std::size_t>& hosts, std::vector<Online>& forms,
        const ChangeOptions& options)
      : items_(items), hosts_(hosts), forms_(forms), options_(options), moves_(table_moves(items, hosts)),
        behind_(hosts.size()) {
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      add_needs(i);
      add_table_change(i);
      add_online(i);
    }
    free_names();
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      add_domain_constraint(i);
    }
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      add_mentions(i);
    }
  }

  std::vector<std::size_t> in_order() const {
    std::vector<std::size_t> waits_for(hosts_.size());
    for (const std::set<std::size_t>& followers : behind_) {
      for (const std::size_t follower : followers) {
        ++waits_for[follower];
      }
    }
    std::set<Rank> ready;
    std::set<Rank> waiting;
    for (std::size_t id = 0; id < hosts_.size(); ++id) {
      if (hosts_[id] == id && is_done(id)) {
        (waits_for[id] == 0 ? ready : waiting).insert(rank(id));
      }
    }
    std::vector<std::size_t> order;
    while (!ready.empty() || !waiting.empty()) {
      std::set<Rank>& next = ready.empty() ? waiting : ready;
      const auto chosen = ready.empty() ? first_in_circle(waiting) : ready.begin();
      const Rank first = *chosen;
      next.erase(chosen);
      const std::size_t id = std::get<std::size_t>(first);
      order.push_back(id);
      for (const std::size_t follower : behind_[id]) {
        if (--waits_for[follower] == 0 && waiting.erase(rank(follower)) != 0) {
          ready.insert(rank(follower));
        }
      }
    }
    return order;
  }

  std::vector<Action> actions(const std::vector<std::size_t>& order) const {
    std::vector<std::vector<std::size_t>> hosted(hosts_.size());
    for (std::size_t id = 0; id < hosts_.size(); ++id) {
      if (hosts_[id] != id && is_done(id)) {
        hosted[hosts_[id]].push_back(item_of(id));
      }
    }
    std::vector<Action> actions;
    for (const std::size_t id : order) {
      const auto body = unchecked_.contains(item_of(id)) ? Action::Body::unchecked : Action::Body::checked;
      actions.push_back({item_of(id), part_of(id), forms_[item_of(id)], body, std::move(hosted[id])});
    }
    return actions;
  }

  /// The items whose forms end the transaction while something is gone that comes again.
  std::set<std::size_t> in_the_way(const std::vector<std::size_t>& order) const {
    std::vector<std::size_t> places(hosts_.size());
    std::vector<std::size_t> ends;
    for (std::size_t place = 0; place < order.size(); ++place) {
      places[order[place]] = place;
      if (ends_transaction(order[place])) {
        ends.push_back(place);
      }
    }
    std::set<std::size_t> found;
    for (std::size_t i = 0; i < items_.all().size() && !ends.empty(); ++i) {
      if (items_[i].fate != Fate::recreate && items_[i].fate != Fate::park) {
        continue;
      }
      const std::size_t again = hosts_[coming(i)];
      const auto begin = std::ranges::lower_bound(ends, places[hosts_[going(i)]]);
      const auto end = std::max(begin, std::ranges::lower_bound(ends, places[again]));
      const bool is_circle = std::none_of(begin, end, [&](std::size_t place) { return leads(order[place], again); });
      std::for_each(begin, end, [&](std::size_t place) {
        if (is_circle || leads(order[place], again)) {
          found.insert(item_of(order[place]));
        }
      });
    }
    return found;
  }

private:
  /// When it is done; what goes does so first, what is needed by others last; then what comes.
  using Rank = std::tuple<int, int, int, std::string_view, int, std::size_t>;

  Rank rank(std::size_t id) const {
    const Item& item = items_[item_of(id)];
    const int kind = static_cast<int>(item.kind());
    const bool is_going = part_of(id) == Part::going;
    const int turn = !is_going ? 1 : item.fate == Fate::replace ? 2 : 0;
    const int aspect = static_cast<int>(item.key.aspect);
    return {stage(id), turn, is_going ? -kind : kind, item.key.object.name, aspect, id};
  }

  /// What is outside of the transaction is before it or behind it.
  int stage(std::size_t id) const {
    enum Stage { first, transaction, new_indexes, validation, old_indexes };
    const Item& item = items_[item_of(id)];
    switch (part_of(id)) {
    case Part::building: return can_be_built_first(items_, item, options_) ? first : new_indexes;
    case Part::finishing: return validation;
    default: return ends_transaction(id) ? old_indexes : transaction;
    }
  }

  bool ends_transaction(std::size_t id) const {
    const Part part = part_of(id);
    return part == Part::building || part == Part::finishing ||
           (part == Part::going && forms_[item_of(id)] == Online::dropped);
  }

  /// There is one if all wait. It is cut there.
  std::set<Rank>::const_iterator first_in_circle(const std::set<Rank>& waiting) const {
    const auto found = std::ranges::find_if(waiting, [&](const Rank& rank) {
      const std::size_t id = std::get<std::size_t>(rank);
      return std::ranges::any_of(behind_[id], [&](std::size_t follower) { return leads(follower, id); });
    });
    return found == waiting.end() ? waiting.begin() : found;
  }

  bool is_done(std::size_t id) const {
    const std::size_t i = item_of(id);
    switch (part_of(id)) {
    case Part::building: return forms_[i] == Online::built || forms_[i] == Online::replaced;
    case Part::going: return items_[i].goes();
    case Part::coming: return items_[i].comes();
    case Part::finishing: return forms_[i] == Online::validated;
    }
    return false;
  }

  void add(std::size_t before, std::size_t after) {
    if (is_done(before) && is_done(after) && hosts_[before] != hosts_[after]) {
      behind_[hosts_[before]].insert(hosts_[after]);
    }
  }

  void add_needs(std::size_t i) {
    const Item& item = items_[i];
    for (const std::size_t needed : item.from_needs) {
      add(going(i), going(needed));
      if (item.fate == Fate::replace) { // the new one takes the place of the old one before that goes
        add(coming(i), going(needed));
        continue;
      }
      if (hosts_[going(i)] != hosts_[going(needed)] && !leaves(items_[needed])) {
        add(going(i), coming(needed));
      }
      if (!item.goes()) {
        add(coming(i), going(needed));
      }
    }
    for (const std::size_t needed : item.to_needs) {
      if (!(items_[needed].kind() == ObjectKind::table && items_[needed].fate == Fate::alter)) {
        add(coming(needed), coming(i));
      }
    }
    item.fate == Fate::replace ? add(coming(i), going(i)) : add(going(i), coming(i));
  }

  /// An index is built while the old one is still there. What must not be NULL anywhere waits until that is sure.
  void add_online(std::size_t i) {
    const Item& item = items_[i];
    if (is_done(building(i))) {
      add(building(i), going(i));
      add(building(i), coming(i));
      for (const std::size_t needed : item.to_needs) {
        if (!can_be_built_first(items_, item, options_)) {
          add(coming(needed), building(i));
        }
      }
    }
    if (is_done(finishing(i))) {
      add(coming(i), finishing(i));
    }
    for (const std::size_t needed : item.to_needs) {
      if (item.kind() == ObjectKind::primary_key) {
        add(finishing(needed), coming(i));
      }
    }
  }

  /// A table that leaves its parents keeps what they lose only if it does so first. One that comes has their columns.
  void add_parent_change(std::size_t i, const std::string& parent) {
    const auto [begin, end] = moves_.leaving.equal_range(parent);
    std::for_each(begin, end, [&](const auto& table) {
      add(table.second, going(i));
      add(table.second, coming(i));
    });
    if (items_[i].kind() != ObjectKind::column) {
      return;
    }
    const auto [first, last] = moves_.joining.equal_range(parent);
    std::for_each(first, last, [&](const auto& table) {
      const std::string& name = items_[item_of(table.second)].key.object.name;
      const auto own = items_.find(ObjectKind::column, fmt::format("{}.{}", name, own_name(items_[i].object())));
      if (own && hosts_[coming(*own)] != hosts_[coming(i)]) {
        add(coming(i), table.second);
      }
    });
  }

  /// A table leaves its parents before its parts change, and comes to others when it has what they have. A sequence
  /// that takes the place of another one begins where that is.
  void add_table_change(std::size_t i) {
    const Item& item = items_[i];
    if (item.kind() == ObjectKind::sequence && item.is_whole() && item.fate == Fate::create) {
      if (const auto other = items_.other_sequence(item)) {
        add(coming(i), going(*other));
      }
    }
    const auto owner = items_.owner(item.object());
    if (!owner || items_[*owner].kind() != ObjectKind::table) {
      return;
    }
    add_parent_change(i, items_[*owner].key.object.name);
    if (const auto partition = items_.find({items_[*owner].key.object, Aspect::partition})) {
      add(going(*partition), going(i));
      add(going(*partition), coming(i));
      add(coming(i), coming(*partition));
      add(finishing(i), coming(*partition));
    }
    if (const auto identity = items_.find({items_[*owner].key.object, Aspect::replica_identity})) {
      add(finishing(i), coming(*identity));
    }
    if (items_[*owner].fate == Fate::alter) {
      const bool joins = parents(*items_[*owner].from).empty() && !parents(*items_[*owner].to).empty();
      joins ? add(coming(i), coming(*owner)) : add(coming(*owner), coming(i));
      if (leaves(items_[*owner])) {
        add(coming(*owner), going(i));
      }
      if (joins) {
        add(finishing(i), coming(*owner));
      }
    }
  }

  std::vector<std::string> names(std::size_t i, const Object& object) const {
    return items_[i].is_whole() ? taken_names(object) : std::vector<std::string>();
  }

  void free_names() {
    std::multimap<std::string, std::size_t> freed;
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      if (items_[i].goes() && items_[i].fate != Fate::park) {
        for (std::string& name : names(i, *items_[i].from)) {
          freed.emplace(std::move(name), i);
        }
      }
    }
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      if (items_[i].fate == Fate::create) {
        for (const std::string& name : names(i, *items_[i].to)) {
          const auto [begin, end] = freed.equal_range(name);
          if (begin != end && forms_[i] == Online::built) {
            forms_[i] = Online::replaced;
          }
          std::for_each(begin, end, [&](const auto& taken) { add(going(taken.second), coming(i)); });
        }
      }
    }
  }

  /// PostgreSQL does not add a constraint to a domain that is a part of some column's type.
  void add_domain_constraint(std::size_t i) {
    const Item& item = items_[i];
    if (!item.comes() || !is_of_domain(*item.to)) {
      return;
    }
    const std::size_t domain = *items_.owner(*item.to);
    for (std::size_t user = 0; user < items_.all().size(); ++user) {
      if (user != i && items_[user].kind() <= ObjectKind::column &&
          std::ranges::count(items_[user].to_needs, domain) != 0 && !leads(hosts_[coming(user)], hosts_[coming(i)])) {
        add(coming(i), coming(user));
      }
    }
  }

  /// PostgreSQL checks what the body of a new function speaks of, but does not say what that is. So whatever comes and
  /// whose name stands there goes first, unless that needs the function.
  void add_mentions(std::size_t i) {
    const Item& item = items_[i];
    if ((item.kind() != ObjectKind::function && item.kind() != ObjectKind::procedure) || !item.comes()) {
      return;
    }
    const std::string_view definition = item.to->value("definition");
    for (const std::string_view word : words(definition.substr(function_header(definition).size()))) {
      const auto [begin, end] = by_own_name().equal_range(word);
      std::for_each(begin, end, [&](const auto& named) {
        if (named.second == i) {
          return;
        }
        if (leads(hosts_[coming(i)], hosts_[coming(named.second)])) {
          unchecked_.insert(i);
        } else {
          add(coming(named.second), coming(i));
        }
      });
    }
  }

  const std::multimap<std::string_view, std::size_t>& by_own_name() {
    if (by_own_name_.empty()) {
      for (std::size_t i = 0; i < items_.all().size(); ++i) {
        const Item& item = items_[i];
        const bool is_mentioned = item.kind() == ObjectKind::column || item.object().owner.empty();
        if (item.is_whole() && item.comes() && is_mentioned) {
          const std::string_view name =
              item.kind() == ObjectKind::column ? own_name(item.object()) : unqualified(item.key.object.name);
          by_own_name_.emplace(name.substr(0, find_plain(name, "(")), i);
        }
      }
    }
    return by_own_name_;
  }

  bool leads(std::size_t from, std::size_t to) const {
    std::set<std::size_t> seen;
    std::vector<std::size_t> next{from};
    while (!next.empty()) {
      const std::size_t id = next.back();
      next.pop_back();
      if (id == to) {
        return true;
      }
      if (seen.insert(id).second) {
        next.insert(next.end(), behind_[id].begin(), behind_[id].end());
      }
    }
    return false;
  }

  const Items& items_;
  const std::vector<std::size_t>& hosts_;
  std::vector<Online>& forms_;
  const ChangeOptions& options_;
  TableMoves moves_;
  std::vector<std::set<std::size_t>> behind_;                // what must wait for each
  std::multimap<std::string_view, std::size_t> by_own_name_; // once it is needed
  std::set<std::size_t> unchecked_;                          // functions
};

} // namespace

std::vector<Action> ordered_actions(const Items& items, const ChangeOptions& options) {
  const std::vector<std::size_t> hosts = find_hosts(items);
  std::vector<Online> forms = online_forms(items, hosts, options);
  for (;;) {
    const Graph graph(items, hosts, forms, options);
    const std::vector<std::size_t> order = graph.in_order();
    const std::set<std::size_t> in_the_way = graph.in_the_way(order);
    if (in_the_way.empty()) {
      return graph.actions(order);
    }
    for (const std::size_t item : in_the_way) {
      forms[item] = Online::no;
    }
  }
}

} // namespace retort::postgresql_change
