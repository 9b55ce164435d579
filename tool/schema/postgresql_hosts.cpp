#include "schema/postgresql_hosts.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace retort::postgresql_change {
namespace {

bool is_made_anew(Fate fate) { return fate == Fate::create || fate == Fate::recreate || fate == Fate::replace; }
bool is_taken_away(Fate fate) { return fate == Fate::drop || fate == Fate::recreate || fate == Fate::replace; }
bool is_changed(Fate fate) { return fate == Fate::alter || fate == Fate::convert || fate == Fate::park; }

/// What depends on what among what goes: tables, with all their parts, and what is no part of one.
class Wholes {
public:
  explicit Wholes(const Items& items) : items_(items), needs_(items.all().size()), circles_(items.all().size(), 0) {
    for (std::size_t i = 0; i < needs_.size(); ++i) {
      if (items_[i].goes()) {
        const std::vector<std::size_t> more = needed_by(items_[i], whole_of(i));
        needs_[whole_of(i)].insert(needs_[whole_of(i)].end(), more.begin(), more.end());
      }
    }
    find_circles();
  }

  /// Whether what a part of a dropped table needs has to be dropped before the table: then the part goes by itself.
  bool is_tangled(const Item& part, std::size_t owner) const {
    return std::ranges::any_of(needed_by(part, owner),
                               [&](std::size_t needed) { return circles_[needed] == circles_[owner]; });
  }

private:
  std::size_t whole_of(std::size_t item) const {
    const auto owner = items_.owner(*items_[item].from);
    return owner && items_[*owner].from != nullptr && items_[item].kind() != ObjectKind::sequence ? *owner : item;
  }

  /// Without `whole`, of which the item is a part, and without what stays.
  std::vector<std::size_t> needed_by(const Item& item, std::size_t whole) const {
    std::vector<std::size_t> wholes;
    for (const std::size_t needed : item.from_needs) {
      const std::size_t other = whole_of(needed);
      if (other != whole && items_[other].goes()) {
        wholes.push_back(other);
      }
    }
    return wholes;
  }

  /// Numbers the circles, each of which may be of one alone (Kosaraju's way).
  void find_circles() {
    std::vector<std::vector<std::size_t>> needed_by(needs_.size());
    for (std::size_t i = 0; i < needs_.size(); ++i) {
      for (const std::size_t needed : needs_[i]) {
        needed_by[needed].push_back(i);
      }
    }
    std::vector<std::size_t> finished;
    std::vector<bool> seen(needs_.size());
    for (std::size_t i = 0; i < needs_.size(); ++i) {
      visit(i, needs_, seen, finished);
    }
    seen.assign(needs_.size(), false);
    for (auto last = finished.rbegin(); last != finished.rend(); ++last) {
      std::vector<std::size_t> circle;
      visit(*last, needed_by, seen, circle);
      for (const std::size_t member : circle) {
        circles_[member] = *last;
      }
    }
  }

  /// Appends what can be reached and was not seen, each behind what can be reached from it.
  static void visit(std::size_t first, const std::vector<std::vector<std::size_t>>& edges, std::vector<bool>& seen,
                    std::vector<std::size_t>& finished) {
    if (seen[first]) {
      return;
    }
    struct Step {
      std::size_t item;
      std::size_t edge = 0;
    };
    std::vector<Step> path{{first}};
    seen[first] = true;
    while (!path.empty()) {
      const std::size_t item = path.back().item;
      if (path.back().edge == edges[item].size()) {
        finished.push_back(item);
        path.pop_back();
      } else if (const std::size_t next = edges[item][path.back().edge++]; !seen[next]) {
        seen[next] = true;
        path.push_back({next});
      }
    }
  }

  const Items& items_;
  std::vector<std::vector<std::size_t>> needs_; // of wholes
  std::vector<std::size_t> circles_;
};

class Hosting {
public:
  explicit Hosting(const Items& items) : items_(items), wholes_(items) {}

  std::vector<std::size_t> hosts() {
    std::vector<std::size_t> hosts(parts * items_.all().size());
    std::iota(hosts.begin(), hosts.end(), std::size_t{0});
    for (std::size_t i = 0; i < items_.all().size(); ++i) {
      if (items_[i].goes()) {
        hosts[going(i)] = host_of_going(items_[i]).value_or(going(i));
      }
      if (items_[i].comes()) {
        hosts[coming(i)] = host_of_coming(items_[i]).value_or(coming(i));
      }
    }
    for (std::size_t& host : hosts) {
      while (hosts[host] != host) {
        host = hosts[host];
      }
    }
    return hosts;
  }

private:
  using Host = std::optional<std::size_t>;

  /// What it is an aspect or a part of.
  std::optional<std::size_t> whole(const Item& item, const Object& object) const {
    return item.is_whole() ? items_.owner(object) : items_.find({item.key.object});
  }

  /// The column of a parent of its table that it goes and comes with.
  std::optional<std::size_t> parent_column(const Item& item, const std::vector<std::size_t>& needs) const {
    const auto found = std::ranges::find_if(needs, [&](std::size_t needed) {
      return items_[needed].kind() == ObjectKind::column && items_[needed].is_whole() &&
             items_[needed].object().owner != item.object().owner;
    });
    return found == needs.end() ? std::nullopt : std::optional(*found);
  }

  Host host_of_going(const Item& item) const {
    if (item.key.aspect == Aspect::ownership) {
      const auto sequence = whole(item, *item.from);
      return is_taken_away(items_[*sequence].fate) ? Host(going(*sequence)) : std::nullopt;
    }
    if (item.kind() == ObjectKind::sequence && item.is_whole()) {
      const auto column = items_.find(ObjectKind::column, item.from->value("owned by"));
      return column && items_[*column].fate == Fate::drop ? Host(going(*column)) : successor(item);
    }
    if (const auto owner = whole(item, *item.from); owner && is_taken_away(items_[*owner].fate)) {
      const bool is_tangled = items_[*owner].kind() == ObjectKind::table && wholes_.is_tangled(item, *owner);
      return is_tangled ? std::nullopt : Host(going(*owner));
    }
    if (item.kind() == ObjectKind::column && item.is_whole()) {
      const auto parent = parent_column(item, item.from_needs);
      return parent && items_[*parent].goes() && goes_along(item) ? Host(going(*parent)) : std::nullopt;
    }
    return std::nullopt;
  }

  /// The column that becomes an identity in the place of a sequence.
  Host successor(const Item& sequence) const {
    const auto column = items_.find(ObjectKind::column, sequence.from->value("owned by"));
    const bool is_replaced = sequence.fate == Fate::drop && column && items_[*column].to != nullptr &&
                             items_[*column].from->value("identity").empty() &&
                             !items_[*column].to->value("identity").empty();
    return is_replaced ? Host(coming(*column)) : std::nullopt;
  }

  /// Whether a column goes when that of a parent does: not one that the table has for itself, too.
  bool goes_along(const Item& column) const {
    const Object& table = *items_[*items_.owner(*column.from)].from;
    return !column.from->value("inherited").empty() || !table.value("partition of").empty();
  }

  Host host_of_coming(const Item& item) const {
    const auto owner = whole(item, *item.to);
    const bool has_new_owner = owner && is_made_anew(items_[*owner].fate);
    if (item.key.aspect == Aspect::default_value) {
      return has_new_owner ? Host(coming(*owner)) : std::nullopt;
    }
    if (!item.is_whole()) {
      return item.key.aspect == Aspect::partition && has_new_owner ? Host(coming(*owner)) : std::nullopt;
    }
    switch (item.kind()) {
    case ObjectKind::sequence: {
      const auto column = items_.find(ObjectKind::column, item.to->value("owned by"));
      const bool was_identity = item.fate == Fate::create && column && items_[*column].from != nullptr &&
                                items_[*column].comes() && !items_[*column].from->value("identity").empty() &&
                                items_[*column].to->value("identity").empty();
      return was_identity ? Host(coming(*column)) : std::nullopt;
    }
    case ObjectKind::column: {
      if (has_new_owner) {
        return coming(*owner);
      }
      const auto parent = parent_column(item, item.to_needs);
      const bool is_together = parent && ((item.fate == Fate::create && items_[*parent].fate == Fate::create) ||
                                          (is_changed(item.fate) && is_changed(items_[*parent].fate)));
      return is_together ? Host(coming(*parent)) : std::nullopt;
    }
    case ObjectKind::primary_key:
    case ObjectKind::unique:
    case ObjectKind::check:
    case ObjectKind::exclusion: return has_new_owner && can_stand_inside(item) ? Host(coming(*owner)) : std::nullopt;
    default: return std::nullopt;
    }
  }

  /// Whether CREATE TABLE or CREATE DOMAIN can have the constraint: not if it needs what may need the table.
  bool can_stand_inside(const Item& constraint) const {
    return !constraint.to->value("definition").ends_with(" NOT VALID") &&
           std::ranges::all_of(constraint.to_needs, [&](std::size_t needed) {
             const ObjectKind kind = items_[needed].kind();
             return kind <= ObjectKind::range_type || items_[needed].key.object.name == constraint.to->owner ||
                    items_[needed].to->owner == constraint.to->owner;
           });
  }

  const Items& items_;
  Wholes wholes_;
};

} // namespace

std::vector<std::size_t> find_hosts(const Items& items) { return Hosting(items).hosts(); }

} // namespace retort::postgresql_change
