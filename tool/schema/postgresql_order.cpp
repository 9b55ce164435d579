#include "schema/postgresql_order.hpp"

#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_hosts.hpp"
#include "schema/postgresql_names.hpp"

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
  explicit Graph(const Items& items) : items_(items), hosts_(find_hosts(items)), behind_(hosts_.size()) {
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      add_needs(i);
      add_table_change(i);
    }
    free_names();
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      add_mentions(i);
    }
  }

  std::vector<Action> in_order() const {
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
    return actions(order);
  }

private:
  /// What goes does so first, what is needed by others last; then what comes.
  using Rank = std::tuple<int, int, std::string_view, int, std::size_t>;

  Rank rank(std::size_t id) const {
    const Item& item = items_[id / 2];
    const int kind = static_cast<int>(item.kind());
    const bool is_going = id % 2 == 0;
    const bool is_late = is_going && item.fate == Fate::replace;
    return {is_late    ? 2
            : is_going ? 0
                       : 1,
            is_going ? -kind : kind, item.key.object.name, static_cast<int>(item.key.aspect), id};
  }

  /// There is one if all wait. It is cut there.
  std::set<Rank>::const_iterator first_in_circle(const std::set<Rank>& waiting) const {
    const auto found = std::ranges::find_if(waiting, [&](const Rank& rank) {
      const std::size_t id = std::get<std::size_t>(rank);
      return std::ranges::any_of(behind_[id], [&](std::size_t follower) { return leads(follower, id); });
    });
    return found == waiting.end() ? waiting.begin() : found;
  }

  bool is_done(std::size_t id) const { return id % 2 == 0 ? items_[id / 2].goes() : items_[id / 2].comes(); }

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
      if (hosts_[going(i)] != hosts_[going(needed)]) {
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
    if (item.fate == Fate::replace) {
      add(coming(i), going(i));
    } else {
      add(going(i), coming(i));
    }
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
    if (const auto partition = items_.find({items_[*owner].key.object, Aspect::partition})) {
      add(going(*partition), going(i));
      add(going(*partition), coming(i));
      add(coming(i), coming(*partition));
    }
    if (items_[*owner].fate == Fate::alter) {
      const bool joins = parents(*items_[*owner].from).empty() && !parents(*items_[*owner].to).empty();
      joins ? add(coming(i), coming(*owner)) : add(coming(*owner), coming(i));
    }
  }

  /// The names that are taken where the item is: relations and types share theirs, and so do the constraints of a
  /// table.
  static std::vector<std::string> taken_names(const Item& item, const Object& object) {
    const auto constraint = [&] { return fmt::format("constraint {}.{}", object.owner, own_name(object)); };
    const auto index = [&] {
      return fmt::format("{}{}", object.owner.substr(0, object.owner.size() - unqualified(object.owner).size()),
                         own_name(object));
    };
    if (!item.is_whole()) {
      return {};
    }
    switch (object.kind) {
    case ObjectKind::enum_type:
    case ObjectKind::domain:
    case ObjectKind::composite_type:
    case ObjectKind::range_type:
    case ObjectKind::sequence:
    case ObjectKind::table:
    case ObjectKind::index:
    case ObjectKind::view:
    case ObjectKind::materialized_view: return {object.name};
    case ObjectKind::primary_key:
    case ObjectKind::unique:
    case ObjectKind::exclusion: return {constraint(), index()};
    case ObjectKind::check:
    case ObjectKind::foreign_key: return {constraint()};
    case ObjectKind::function:
    case ObjectKind::procedure:
    case ObjectKind::aggregate: return {fmt::format("function {}", object.name)};
    default: return {};
    }
  }

  void free_names() {
    std::multimap<std::string, std::size_t> freed;
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      if (items_[i].goes() && items_[i].fate != Fate::park) {
        for (std::string& name : taken_names(items_[i], *items_[i].from)) {
          freed.emplace(std::move(name), i);
        }
      }
    }
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      if (items_[i].fate == Fate::create) {
        for (const std::string& name : taken_names(items_[i], *items_[i].to)) {
          const auto [begin, end] = freed.equal_range(name);
          std::for_each(begin, end, [&](const auto& taken) { add(going(taken.second), coming(i)); });
        }
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
        if (named.second != i && !leads(hosts_[coming(i)], hosts_[coming(named.second)])) {
          add(coming(named.second), coming(i));
        }
      });
    }
  }

  static std::set<std::string_view> words(std::string_view text) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    std::set<std::string_view> words;
    for (std::size_t at = 0; (at = text.find_first_of(letters, at)) != std::string_view::npos;) {
      const std::size_t end = std::min(text.find_first_not_of(letters, at), text.size());
      words.insert(text.substr(at, end - at));
      at = end;
    }
    return words;
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

  std::vector<Action> actions(const std::vector<std::size_t>& order) const {
    std::vector<std::vector<std::size_t>> hosted(hosts_.size());
    for (std::size_t id = 0; id < hosts_.size(); ++id) {
      if (hosts_[id] != id && is_done(id)) {
        hosted[hosts_[id]].push_back(id / 2);
      }
    }
    std::vector<Action> actions;
    for (const std::size_t id : order) {
      actions.push_back({id / 2, id % 2 == 0 ? Action::Part::going : Action::Part::coming, std::move(hosted[id])});
    }
    return actions;
  }

  const Items& items_;
  std::vector<std::size_t> hosts_;
  std::vector<std::set<std::size_t>> behind_;                // what must wait for each
  std::multimap<std::string_view, std::size_t> by_own_name_; // once it is needed
};

} // namespace

std::vector<Action> ordered_actions(const Items& items) { return Graph(items).in_order(); }

} // namespace retort::postgresql_change
