#include "schema/sqlite_table_change.hpp"

#include "dialect/lexicon.hpp"
#include "schema/sqlite_hazards.hpp"
#include "schema/sqlite_rebuild.hpp"
#include "schema/sqlite_statement.hpp"
#include "schema/sqlite_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <span>

namespace retort {
namespace {

using namespace sqlite_text;

using Definition = SqliteTable::Definition;

std::span<const Object> objects(const SqliteTable& table, const Definition& definition) {
  return std::span(table.objects).subspan(definition.first, definition.last - definition.first);
}

/// The objects of a table but for those of some of its columns, without the columns' positions, sorted.
std::vector<Object> kept_objects(const SqliteTable& table, const std::vector<std::size_t>& without) {
  Schema kept;
  for (std::size_t i = 0; i < table.objects.size(); ++i) {
    if (std::ranges::none_of(without, [&](std::size_t column) {
          return i >= table.definitions[column].first && i < table.definitions[column].last;
        })) {
      kept.objects.push_back(table.objects[i]);
      std::erase_if(kept.objects.back().attributes,
                    [](const Attribute& attribute) { return attribute.name == "position"; });
    }
  }
  sort(kept);
  return std::move(kept.objects);
}

bool has_key(std::span<const Object> objects) {
  return std::ranges::any_of(objects, [](const Object& object) {
    return object.kind == ObjectKind::primary_key || object.kind == ObjectKind::unique;
  });
}

/// Whether a DEFAULT is a value and no expression.
bool is_constant(std::string_view value) {
  std::vector<TextToken> all = tokens(value);
  if (all.size() == 2 && (is_punctuation(all[0], "-") || is_punctuation(all[0], "+"))) {
    all.erase(all.begin());
  }
  if (all.size() != 1) {
    return all.empty();
  }
  const bool is_word = is_keyword(all[0], "NULL") || is_keyword(all[0], "TRUE") || is_keyword(all[0], "FALSE");
  return is_word || all[0].kind == TokenKind::number || all[0].kind == TokenKind::string;
}

} // namespace

SqliteTableChange::SqliteTableChange(const Object& from, const Object& to, std::vector<Object> parts,
                                     const SqliteNames& names)
    : to_(to), parts_(std::move(parts)), old_(read_sqlite_table(unquoted(from.name), from.statement)),
      new_(read_sqlite_table(unquoted(to.name), to.statement)) {
  match_columns(names);
  const bool can_alter =
      !kept_.empty() && keeps_all_else(names) &&
      std::ranges::all_of(removed_, [&](std::size_t column) { return can_drop(old_.definitions[column]); }) &&
      std::ranges::all_of(added_, [&](std::size_t column) { return can_add(new_.definitions[column]); }) &&
      put_in_order(removed_, old_, Order::users_first) && put_in_order(added_, new_, Order::used_first);
  way_ = can_alter ? Way::in_place : Way::rebuild;

  std::vector<NameChange> wanted;
  std::vector<std::string> taken;
  std::set<std::string> words;
  for (std::size_t i = 0; i < old_.columns.size(); ++i) {
    if (way_ == Way::in_place && std::ranges::find(removed_, i) != removed_.end()) {
      continue;
    }
    const std::string name = spelled(old_.columns[i]);
    const std::string new_name = names.column(from.name, name);
    taken.push_back(name);
    words.insert({in_small_letters(old_.columns[i]), in_small_letters(unquoted(new_name))});
    if (name != new_name) {
      wanted.push_back({name, new_name});
    }
  }
  renames_ = rename_order(std::move(wanted), taken, CaseChange::allowed, [&](const std::string& name) {
    return sqlite_statement::spare_name("old_", name, [&](const std::string& spare) { return words.contains(spare); });
  });
}

void SqliteTableChange::match_columns(const SqliteNames& names) {
  const std::string& table = old_.objects.front().name;
  std::set<std::string> found;
  for (std::size_t i = 0; i < old_.columns.size(); ++i) {
    std::string name = names.column(table, spelled(old_.columns[i]));
    if (std::ranges::find(new_.columns, unquoted(name)) == new_.columns.end()) {
      removed_.push_back(i);
    } else {
      found.insert(name);
      kept_.push_back(std::move(name));
    }
  }
  for (std::size_t i = 0; i < new_.columns.size(); ++i) {
    if (!found.contains(spelled(new_.columns[i]))) {
      added_.push_back(i);
    }
  }
}

bool SqliteTableChange::keeps_all_else(const SqliteNames& names) const {
  Schema kept;
  for (const Object& object : kept_objects(old_, removed_)) {
    kept.objects.push_back(names.renamed(object));
  }
  sort(kept);
  return kept.objects == kept_objects(new_, added_);
}

bool SqliteTableChange::can_drop(const Definition& definition) const { return !has_key(objects(old_, definition)); }

bool SqliteTableChange::can_add(const Definition& definition) const {
  const std::span<const Object> parts = objects(new_, definition);
  const Object& column = parts.front();
  const std::string_view value = column.value("default");
  const std::string_view generated = column.value("generated");
  const bool has_value = !value.empty() && !same_word(value, "NULL");
  const bool refers =
      std::ranges::any_of(parts, [](const Object& part) { return part.kind == ObjectKind::foreign_key; });
  const bool is_filled = column.value("nullable") == "yes" || has_value || !generated.empty();
  return !has_key(parts) && is_constant(value) && is_filled && !generated.ends_with(" stored") &&
         !(refers && has_value);
}

/// Puts columns of which some are computed from others before those, or behind them. Returns whether that can be done.
bool SqliteTableChange::put_in_order(std::vector<std::size_t>& columns, const SqliteTable& table, Order order) {
  std::vector<std::size_t> ordered;
  const auto uses = [&](std::size_t user, std::size_t used) {
    return user != used &&
           sqlite_statement::names(table.definitions[user].text).contains(in_small_letters(table.columns[used]));
  };
  while (!columns.empty()) {
    const auto next = std::ranges::find_if(columns, [&](std::size_t column) {
      return std::ranges::none_of(columns, [&](std::size_t other) {
        return order == Order::users_first ? uses(other, column) : uses(column, other);
      });
    });
    if (next == columns.end()) {
      return false;
    }
    ordered.push_back(*next);
    columns.erase(next);
  }
  columns = std::move(ordered);
  return true;
}

/// The name of a column that goes, by which people know it; nothing when the rest says what it held.
std::string SqliteTableChange::lost_column(std::size_t column) const {
  const Object& object = objects(old_, old_.definitions[column]).front();
  return object.value("generated").empty() ? fmt::format("{}.{}", to_.name, spelled(old_.columns[column])) : "";
}

void SqliteTableChange::add_drops(std::vector<SchemaChange::Step>& steps) const {
  if (way_ == Way::rebuild) {
    return;
  }
  for (const std::size_t column : removed_) {
    const std::string lost = lost_column(column);
    steps.push_back({fmt::format("ALTER TABLE {} DROP COLUMN {}", to_.name, spelled(old_.columns[column])),
                     lost.empty() ? "" : fmt::format("loses the column {}", lost)});
  }
}

void SqliteTableChange::add_renames(std::vector<SchemaChange::Step>& steps) const {
  for (const NameChange& rename : renames_) {
    steps.push_back({fmt::format("ALTER TABLE {} RENAME COLUMN {} TO {}", to_.name, rename.from, rename.to), {}});
  }
}

void SqliteTableChange::add_rest(std::vector<SchemaChange::Step>& steps, const std::string& spare) const {
  if (way_ == Way::rebuild) {
    std::vector<std::string> lost;
    for (const std::size_t column : removed_) {
      lost.push_back(lost_column(column));
    }
    std::erase(lost, "");
    std::ranges::move(rebuild_steps({to_, new_, parts_, kept_, std::move(lost), spare}), std::back_inserter(steps));
    return;
  }
  for (const std::size_t column : added_) {
    const Definition& definition = new_.definitions[column];
    steps.push_back({fmt::format("ALTER TABLE {} ADD COLUMN {}", to_.name, definition.text),
                     sqlite_hazards(parts_, new_.objects, objects(new_, definition))});
  }
}

} // namespace retort
