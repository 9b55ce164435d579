#include "schema/postgresql_change.hpp"

#include "schema/postgresql_conversion.hpp"
#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_fates.hpp"
#include "schema/postgresql_names.hpp"
#include "schema/postgresql_online.hpp"
#include "schema/postgresql_order.hpp"
#include "schema/postgresql_partitions.hpp"
#include "schema/postgresql_renames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace retort {
namespace {

using namespace postgresql_change;
using namespace postgresql_names;

/// The attributes that ALTER TABLE changes in partitions and heirs as well.
constexpr std::string_view inherited_changes[] = {"type",      "nullable", "generated",
                                                  "collation", "storage",  "statistics"};

/// Those that a new partition or heir has from its table.
constexpr std::string_view own_attributes[] = {"identity", "statistics", "options", "inherited", "comment"};

/// Puts the statements of actions together.
class Writer {
public:
  Writer(const Items& items, const ChangeOptions& options) : items_(items), options_(options), conversions_(items) {}

  Steps steps(const Action& action) const {
    const Item& item = items_[action.item];
    const Style style{owner_state(items_, item.to == nullptr ? *item.from : *item.to), action.online};
    Steps steps;
    switch (action.part) {
    case Part::building: steps = build_index(*item.to, style); break;
    case Part::going: return going(item, style);
    case Part::coming:
      steps = coming(item, style, action.others);
      if (action.body == Action::Body::unchecked) {
        steps.insert(steps.begin(), {"SET check_function_bodies = off", {}});
        steps.push_back({"RESET check_function_bodies", {}});
      }
      break;
    case Part::finishing:
      steps = item.kind() == ObjectKind::column ? validate_not_null(*item.to) : validate_constraint(*item.to, style);
      break;
    }
    if (item.fate == Fate::recreate && item.is_whole() && item.kind() != ObjectKind::column && has_same_text(item)) {
      std::ranges::for_each(steps, [](Step& step) { step.hazard.clear(); }); // the rows keep to it already
    }
    if (item.is_whole() && (item.fate == Fate::recreate || item.fate == Fate::replace)) {
      append(steps, grant_again(*item.from, *item.to));
    }
    return steps;
  }

private:
  static bool has_same_text(const Item& item) { return item.from->value("definition") == item.to->value("definition"); }

  Steps going(const Item& item, const Style& style) const {
    switch (item.key.aspect) {
    case Aspect::default_value: return drop_default(*item.from);
    case Aspect::ownership: return disown_sequence(*item.from);
    case Aspect::partition: return detach_partition(*item.from);
    case Aspect::clustering: return {{fmt::format("{} SET WITHOUT CLUSTER", alter_owner(*item.from)), {}}};
    case Aspect::replica_identity: return {{fmt::format("{} REPLICA IDENTITY DEFAULT", alter_owner(*item.from)), {}}};
    case Aspect::whole: break;
    }
    if (item.fate == Fate::park) {
      return park_column(*item.from);
    }
    if (item.fate == Fate::replace) {
      return drop_old_type(*item.from);
    }
    if (const auto other = item.kind() == ObjectKind::sequence ? items_.other_sequence(item) : std::nullopt) {
      return hand_over(*item.from, *items_[*other].to);
    }
    return drop(*item.from, style);
  }

  Steps coming(const Item& item, const Style& style, const std::vector<std::size_t>& others) const {
    switch (item.key.aspect) {
    case Aspect::default_value: return set_default(*item.to);
    case Aspect::ownership: return own_sequence(*item.to);
    case Aspect::partition: {
      Steps steps = attach_partition(*item.to);
      if (const std::string more = default_partition_hazard(item); !more.empty()) {
        steps.front().hazard += fmt::format("; {}", more);
      }
      return steps;
    }
    case Aspect::clustering:
      return {{fmt::format("{} CLUSTER ON {}", alter_owner(*item.to),
                           item.kind() == ObjectKind::index ? unqualified(item.to->name) : own_name(*item.to)),
               {}}};
    case Aspect::replica_identity: {
      const std::string_view index = item.to->value("replica identity");
      return {{fmt::format("{} REPLICA IDENTITY USING {}{}", alter_owner(*item.to), "INDEX ",
                           unqualified(index.substr(std::string_view("index ").size()))),
               {}}};
    }
    case Aspect::whole: break;
    }
    if (item.kind() == ObjectKind::table && item.fate == Fate::create) {
      return new_table(item, others);
    }
    if (item.kind() == ObjectKind::domain && item.fate != Fate::alter) {
      return new_domain(item, others);
    }
    const auto sequence = std::ranges::find_if(others, [&](std::size_t other) {
      return items_[other].kind() == ObjectKind::sequence && items_[other].is_whole();
    });
    Steps steps = sequence == others.end() ? by_itself(item, style) : with_counter(item, items_[*sequence], style);
    for (const std::size_t other : others) {
      append(steps, with_parent(items_[other]));
    }
    return steps;
  }

  /// Of a column that becomes an identity in the place of a sequence, or the other way round.
  Steps with_counter(const Item& item, const Item& sequence, Style style) const {
    style.position = Position::handed_over;
    Steps change = by_itself(item, style);
    return sequence.to == nullptr ? sequence_to_identity(*sequence.from, *item.to, std::move(change))
                                  : identity_to_sequence(*item.from, *sequence.to, std::move(change));
  }

  Steps by_itself(const Item& item, const Style& style) const {
    switch (item.fate) {
    case Fate::replace: {
      Steps steps = rename_old_type(*item.from);
      append(steps, create_type(*item.to, {}));
      return steps;
    }
    case Fate::park: {
      Object parked = *item.from;
      set_attribute(parked, "type", "text");
      return changed(item, parked, style);
    }
    case Fate::alter:
    case Fate::convert: return changed(item, *item.from, style);
    default: break;
    }
    return item.kind() == ObjectKind::sequence ? new_sequence(item) : create(*item.to, style);
  }

  /// A column that is there already may have values that a sequence will come to.
  Steps new_sequence(const Item& item) const {
    Steps steps = create_sequence(*item.to);
    const auto column = items_.find(ObjectKind::column, item.to->value("owned by"));
    if (!items_.other_sequence(item) && column && items_[*column].from != nullptr) {
      steps.front().hazard = fmt::format("starts {} anew", items_[*column].to->name);
    }
    return steps;
  }

  /// A column changes with the one of its table's parent; what that does not bring is left to do.
  Steps with_parent(const Item& item) const {
    if (item.kind() != ObjectKind::column || !item.is_whole()) {
      return {};
    }
    const Item* parent = parent_column(item);
    if (parent == nullptr) {
      return {};
    }
    if (item.fate == Fate::create) {
      return adjust_column(*parent->to, *item.to);
    }
    Object from = *item.from;
    for (const std::string_view attribute : inherited_changes) {
      if (differs(*parent->from, *parent->to, attribute)) {
        set_attribute(from, attribute, parent->to->value(attribute));
      }
    }
    return alter_column(from, *item.to, {}, {owner_state(items_, *item.to)});
  }

  Steps changed(const Item& item, const Object& from, const Style& style) const {
    if (item.kind() == ObjectKind::trigger) {
      return alter(without_gone_partitions(from), *item.to, style);
    }
    if (item.kind() != ObjectKind::column) {
      return alter(from, *item.to, style);
    }
    Retyping retyping = conversions_.of(item, from);
    const auto add_hazard = [&](std::string_view hazard) {
      retyping.hazard += fmt::format("{}{}", retyping.hazard.empty() ? "" : "; ", hazard);
    };
    for (const Object* check : new_checks(item)) {
      add_hazard(constraint_hazard(*check));
    }
    if (options_.online && style.owner != Owner::created && rewrites_table(from, *item.to, retyping)) {
      add_hazard("rewrites the table of {} while nobody can use it");
    }
    return alter_column(from, *item.to, retyping, style);
  }

  /// Of a trigger: a partition that goes takes its own along.
  Object without_gone_partitions(Object trigger) const {
    std::vector<std::string_view> kept = list(trigger.value("enabled in partitions"));
    std::erase_if(kept, [&](std::string_view partition) {
      const auto found = items_.find(ObjectKind::table, model_name(partition.substr(0, find_plain(partition, ":"))));
      const Item* table = found ? &items_[*found] : nullptr;
      return table == nullptr || table->to == nullptr ||
             table->from->value("partition of") != table->to->value("partition of");
    });
    set_attribute(trigger, "enabled in partitions", fmt::format("{}", fmt::join(kept, ", ")));
    return trigger;
  }

  /// Those that values have to pass on their way to a domain that is made anew.
  std::vector<const Object*> new_checks(const Item& column) const {
    std::vector<const Object*> checks;
    for (const std::size_t needed : column.to_needs) {
      if (items_[needed].kind() == ObjectKind::domain && items_[needed].fate == Fate::replace) {
        for (const Item& item : items_.all()) {
          if (item.kind() == ObjectKind::check && item.comes() && item.to->owner == items_[needed].key.object.name &&
              (item.from == nullptr || !has_same_text(item))) {
            checks.push_back(item.to);
          }
        }
      }
    }
    return checks;
  }

  const Item* parent_column(const Item& item) const {
    const auto found = std::ranges::find_if(item.to_needs, [&](std::size_t needed) {
      return items_[needed].kind() == ObjectKind::column && items_[needed].is_whole() &&
             items_[needed].to->owner != item.to->owner;
    });
    return found == item.to_needs.end() ? nullptr : &items_[*found];
  }

  /// What makes a column that came from a parent's what it should be.
  static Steps adjust_column(const Object& parent, const Object& to) {
    Object from = parent;
    from.name = to.name;
    from.owner = to.owner;
    for (const std::string_view attribute : own_attributes) {
      set_attribute(from, attribute, "");
    }
    Steps steps = alter_column(from, to, {}, {Owner::created});
    if (from.value("default") != to.value("default")) {
      append(steps, to.value("default").empty() ? drop_default(to) : set_default(to));
    }
    return steps;
  }

  Steps new_table(const Item& item, const std::vector<std::size_t>& others) const {
    std::vector<const Object*> columns;
    std::vector<const Object*> constraints;
    Steps adjusted;
    for (const std::size_t other : others) {
      const Item& part = items_[other];
      if (!part.is_whole()) {
        continue;
      }
      (part.kind() == ObjectKind::column ? columns : constraints).push_back(part.to);
      const bool is_parents = !part.to->value("inherited").empty() || !item.to->value("partition of").empty();
      if (const Item* parent = parent_column(part);
          part.kind() == ObjectKind::column && is_parents && parent != nullptr) {
        append(adjusted, adjust_column(*parent->to, *part.to));
      }
    }
    Steps steps = create_table(*item.to, columns, constraints);
    steps.front().hazard = default_partition_hazard(item);
    append(steps, std::move(adjusted));
    return steps;
  }

  /// Rows that the default partition has may belong to a new one.
  std::string default_partition_hazard(const Item& table) const {
    const std::string_view text = table.to->value("partition of");
    const std::size_t space = std::min(find_plain(text, " "), text.size());
    const std::string wanted = fmt::format("{} DEFAULT", text.substr(0, space));
    const auto found = std::ranges::find_if(items_.all(), [&](const Item& item) {
      return item.kind() == ObjectKind::table && item.is_whole() && item.from != nullptr && item.to != nullptr &&
             item.from->value("partition of") == wanted && item.to->value("partition of") == wanted;
    });
    return text == wanted || found == items_.all().end()
               ? ""
               : fmt::format("fails where a row of {} is {}", found->key.object.name, text.substr(space + 1));
  }

  Steps new_domain(const Item& item, const std::vector<std::size_t>& others) const {
    std::vector<const Object*> constraints;
    for (const std::size_t other : others) {
      if (items_[other].is_whole()) {
        constraints.push_back(items_[other].to);
      }
    }
    Steps steps = item.fate == Fate::replace ? rename_old_type(*item.from) : Steps();
    append(steps, create_type(*item.to, constraints));
    return steps;
  }

  const Items& items_;
  const ChangeOptions& options_;
  Conversions conversions_;
};

std::vector<std::string> impossible(const Items& items) {
  std::vector<std::string> lines;
  const Conversions conversions(items);
  for (const Item& item : items.all()) {
    if (item.from == nullptr || item.to == nullptr || !item.is_whole()) {
      continue;
    }
    if (item.kind() == ObjectKind::table) {
      std::ranges::move(impossible_changes(*item.from, *item.to), std::back_inserter(lines));
    }
    const auto table = items.owner(*item.to);
    if (item.kind() == ObjectKind::column && differs(*item.from, *item.to, "inherited") && table &&
        !differs(*items[*table].from, *items[*table].to, "inherits")) {
      lines.push_back(fmt::format("column {}: whether it is inherited alone cannot be changed", item.key.object.name));
    }
    if (std::string why = item.kind() == ObjectKind::column ? conversions.impossible(item) : ""; !why.empty()) {
      lines.push_back(std::move(why));
    }
    if (item.kind() == ObjectKind::index && differs(*item.from, *item.to, "valid") &&
        !item.to->value("valid").empty()) {
      lines.push_back(fmt::format("index {}: a valid index cannot be made an invalid one", item.key.object.name));
    }
  }
  return lines;
}

/// Without what literals put around or into a text: quotes and backslashes.
std::string letters(std::string_view text) {
  std::string letters(text);
  std::erase_if(letters, [](char c) { return c == '\'' || c == '"' || c == '\\'; });
  return letters;
}

/// A new value of an enum cannot be used before it is committed, so it comes before all else. Where its letters are, it
/// may be used.
Steps new_values(const Items& items, const Steps& others) {
  Steps steps;
  for (const Item& item : items.all()) {
    if (item.kind() == ObjectKind::enum_type && item.fate == Fate::alter) {
      append(steps, add_values(*item.from, *item.to));
    }
  }
  const bool is_used = std::ranges::any_of(steps, [&](const Step& added) {
    constexpr std::string_view words = " ADD VALUE ";
    const std::string_view value = std::string_view(added.sql).substr(added.sql.find(words) + words.size());
    const std::string text = letters(value.substr(value.find('\''), find_plain(value, " ") - value.find('\'')));
    return std::ranges::any_of(others,
                               [&](const Step& step) { return letters(step.sql).find(text) != std::string::npos; });
  });
  std::ranges::for_each(steps, [&](Step& step) { step.in_transaction = !is_used; });
  return steps;
}

} // namespace

SchemaChange change_postgresql(const Schema& from, const Schema& to, const ChangeOptions& options) {
  Schema renamed = from;
  SchemaChange change{rename(renamed, to, options.renames), {}};
  foresee_partitions(renamed, to);
  Items items(renamed, to);
  decide_fates(items);
  const Writer writer(items, options);
  for (const Action& action : ordered_actions(items, options)) {
    append(change.steps, writer.steps(action));
  }
  Steps steps = new_values(items, change.steps);
  append(steps, std::move(change.steps));
  change.steps = std::move(steps);
  change.impossible = impossible(items);
  return change;
}

} // namespace retort
