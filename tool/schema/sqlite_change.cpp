#include "schema/sqlite_change.hpp"

#include "dialect/lexicon.hpp"
#include "schema/rename_order.hpp"
#include "schema/sqlite_hazards.hpp"
#include "schema/sqlite_names.hpp"
#include "schema/sqlite_statement.hpp"
#include "schema/sqlite_table_change.hpp"
#include "schema/sqlite_text.hpp"
#include "schema/sqlite_virtual_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace retort {
namespace {

using namespace sqlite_text;
using sqlite_parts::find;
using sqlite_virtual_table::indexed_content;
using sqlite_virtual_table::is_virtual;

std::string word(const Object& object) { return in_small_letters(unquoted(object.name)); }

/// The parts of tables, but for indexes, without the columns' positions, sorted.
std::vector<Object> without_positions(const std::vector<Object>& parts) {
  Schema schema;
  for (const Object& part : parts) {
    if (part.kind != ObjectKind::index) {
      schema.objects.push_back(part);
      std::erase_if(schema.objects.back().attributes,
                    [](const Attribute& attribute) { return attribute.name == "position"; });
    }
  }
  sort(schema);
  return std::move(schema.objects);
}

bool has_equal(const Schema& schema, const Object& object) {
  const Object* const found = find(schema, object.kind, object.name);
  return found != nullptr && *found == object;
}

class SqliteChange {
public:
  SqliteChange(const Schema& from, const Schema& to, const std::vector<Rename>& renames)
      : from_(from), to_(to), names_(from, to, renames, change_.impossible) {}

  SchemaChange take() {
    if (change_.impossible.empty()) {
      match_tables();
      find_hidden();
      drop_code();
      change_tables();
      create_code();
    }
    return std::move(change_);
  }

private:
  using Parts = std::map<std::string, std::vector<Object>>; // by the tables' names in `to`

  void add(std::string sql, std::string hazard = {}) { change_.steps.push_back({std::move(sql), std::move(hazard)}); }

  static Parts parts_of(const Schema& schema, const std::function<Object(const Object&)>& renamed) {
    Parts parts;
    for (const Object& object : schema.objects) {
      const bool is_part = object.kind == ObjectKind::table || !object.owner.empty();
      if (is_part && object.kind != ObjectKind::trigger) {
        Object part = renamed(object);
        std::vector<Object>& of_table = parts[object.kind == ObjectKind::table ? part.name : part.owner];
        of_table.push_back(std::move(part));
      }
    }
    return parts;
  }

  void match_tables() {
    new_parts_ = parts_of(to_, [](const Object& object) { return object; });
    // What goes could have a name that something else gets.
    Schema kept = from_;
    std::erase_if(kept.objects, [&](const Object& object) {
      const std::string& table = object.kind == ObjectKind::table ? object.name : object.owner;
      return find(to_, ObjectKind::table, names_.table(table)) == nullptr;
    });
    old_parts_ = parts_of(kept, [&](const Object& object) { return names_.renamed(object); });
    std::set<std::string> matched;
    for (const Object& object : from_.objects) {
      if (object.kind == ObjectKind::table && match(object)) {
        matched.insert(names_.table(object.name));
      }
    }
    for (const Object& object : to_.objects) {
      if (object.kind == ObjectKind::table && !matched.contains(object.name)) {
        created_.push_back(&object);
      }
    }
    // A full-text index can ask for the table of its texts.
    std::stable_partition(dropped_.begin(), dropped_.end(), [](const Object* table) { return is_virtual(*table); });
    std::stable_partition(created_.begin(), created_.end(), [](const Object* table) { return !is_virtual(*table); });
    for (const Object* const table : created_) {
      other_texts_.insert(word(*table));
    }
  }

  /// Returns whether the table stays, whatever becomes of it.
  bool match(const Object& table) {
    const std::string name = names_.table(table.name);
    const Object* const to = find(to_, ObjectKind::table, name);
    const bool is_other = to != nullptr && (is_virtual(table) || is_virtual(*to)) && !(names_.renamed(table) == *to);
    if (to == nullptr || is_other) {
      dropped_.push_back(&table);
      vanishing_.insert(word(table));
      return false;
    }
    const std::vector<Object>& parts = old_parts_.at(name);
    if (!is_virtual(*to) &&
        (names_.is_renamed(table.name) || without_positions(parts) != without_positions(new_parts_.at(name)))) {
      changed_.emplace_back(table, *to, parts, names_);
      const bool is_rebuilt = changed_.back().way() == SqliteTableChange::Way::rebuild;
      if (is_rebuilt) {
        vanishing_.insert(word(table));
      }
      if (changed_.back().renames_columns()) {
        hidden_.insert(word(table));
      }
      if (is_rebuilt || changed_.back().renames_columns() || name != table.name) {
        other_texts_.insert(word(*to));
      }
      is_checked_ = is_checked_ || changed_.back().is_checked();
      requotes_ = requotes_ || changed_.back().requotes();
    }
    return true;
  }

  /// SQLite refuses some ALTER TABLE where a view or a trigger speaks of something that is not there, and rewrites them
  /// where it can: those are made anew that could be met by it.
  void find_hidden() {
    for (const auto& [old_name, new_name] : names_.tables()) {
      hidden_.insert(in_small_letters(unquoted(old_name)));
      is_checked_ = true;
    }
    hidden_.insert(vanishing_.begin(), vanishing_.end());
    struct View {
      const Object* view;
      std::set<std::string> names; // that it mentions
    };
    std::vector<View> kept;
    for (const Object& object : from_.objects) {
      if (object.kind == ObjectKind::view && (!has_equal(to_, object) || is_requoted(object))) {
        hide_view(object);
      } else if (object.kind == ObjectKind::view && is_checked_) {
        kept.push_back({&object, sqlite_statement::names(object.statement)});
      }
    }
    const auto hide = [&](const View& one) {
      const bool is_met = mentions_hidden(one.names, word(*one.view));
      if (is_met) {
        hide_view(*one.view);
      }
      return is_met;
    };
    while (std::erase_if(kept, hide) > 0) {
    }
  }

  void hide_view(const Object& view) {
    hidden_.insert(word(view));
    dropped_views_.insert(view.name);
  }

  bool mentions_hidden(const std::set<std::string>& names, const std::string& but) const {
    return std::ranges::any_of(names, [&](const std::string& name) { return name != but && hidden_.contains(name); });
  }

  /// Whether something in double quotes is neither a table or view nor a column of a table that is mentioned.
  bool is_requoted(const Object& object) const {
    const std::set<std::string> quoted_names = sqlite_statement::double_quoted(object.statement);
    if (!requotes_ || quoted_names.empty()) {
      return false;
    }
    const std::set<std::string> names = sqlite_statement::names(object.statement);
    std::set<std::string> known;
    for (const Object& one : from_.objects) {
      if (one.kind == ObjectKind::table || one.kind == ObjectKind::view) {
        known.insert(word(one));
      } else if (one.kind == ObjectKind::column && names.contains(in_small_letters(unquoted(one.owner)))) {
        known.insert(in_small_letters(unquoted(sqlite_parts::own_name(one))));
      }
    }
    return !std::ranges::includes(known, quoted_names);
  }

  void drop_code() {
    for (const Object& object : from_.objects) {
      if (object.kind == ObjectKind::trigger && is_to_be_dropped(object)) {
        add(fmt::format("DROP TRIGGER {}", object.name));
      }
    }
    for (const std::string& view : dropped_views_) {
      add(fmt::format("DROP VIEW {}", view));
    }
    for (const Object& object : from_.objects) {
      if (object.kind == ObjectKind::index && !goes_with_table(object)) {
        if (has_equal(to_, names_.renamed(object))) {
          kept_.insert({object.kind, object.name});
        } else {
          add(fmt::format("DROP INDEX {}", object.name));
        }
      }
    }
  }

  /// Whether an index can wait until its table is dropped: not where a table needs its name before that.
  bool goes_with_table(const Object& index) const {
    return vanishing_.contains(in_small_letters(unquoted(index.owner))) &&
           std::ranges::none_of(to_.objects, [&](const Object& object) {
             return object.kind == ObjectKind::table && word(object) == word(index);
           });
  }

  /// Other than with its table or view. Notes those that stay.
  bool is_to_be_dropped(const Object& trigger) {
    const std::string owner = in_small_letters(unquoted(trigger.owner));
    if (dropped_views_.contains(trigger.owner)) {
      return false;
    }
    if (vanishing_.contains(owner)) {
      return is_checked_ && find(to_, ObjectKind::table, names_.table(trigger.owner)) != nullptr &&
             mentions_hidden(sqlite_statement::names(trigger.statement), owner);
    }
    if (!has_equal(to_, trigger) || is_requoted(trigger) ||
        (is_checked_ && mentions_hidden(sqlite_statement::names(trigger.statement), {}))) {
      return true;
    }
    kept_.insert({trigger.kind, trigger.name});
    return false;
  }

  void change_tables() {
    for (const Object* const table : dropped_) {
      const bool stays = find(to_, ObjectKind::table, names_.table(table->name)) != nullptr;
      const std::string loss = fmt::format("loses the {} {}", stays ? "rows of" : "table", table->name);
      add(fmt::format("DROP TABLE {}", table->name), stays && !indexed_content(*table).empty() ? "" : loss);
    }
    rename_tables();
    for (const SqliteTableChange& table : changed_) {
      table.add_drops(change_.steps);
    }
    for (const SqliteTableChange& table : changed_) {
      table.add_renames(change_.steps);
    }
    for (const Object* const table : created_) {
      add(sqlite_statement::create_table(table->statement, table->name));
    }
    for (const SqliteTableChange& table : changed_) {
      table.add_rest(change_.steps, spare_table_name("new_", table.table()));
    }
  }

  void rename_tables() {
    std::vector<NameChange> wanted;
    std::vector<std::string> taken;
    for (const Object& object : from_.objects) {
      if (object.kind == ObjectKind::table && std::ranges::find(dropped_, &object) == dropped_.end()) {
        taken.push_back(object.name);
        if (const std::string name = names_.table(object.name); name != object.name) {
          wanted.push_back({object.name, name});
        }
      }
    }
    const auto spare = [&](const std::string& name) { return spare_table_name("old_", name); };
    for (const NameChange& rename : rename_order(std::move(wanted), taken, CaseChange::refused, spare)) {
      add(fmt::format("ALTER TABLE {} RENAME TO {}", rename.from, rename.to));
    }
  }

  std::string spare_table_name(std::string_view prefix, const std::string& name) const {
    return sqlite_statement::spare_name(prefix, name, [&](const std::string& spare) {
      const auto takes = [&](const Object& object) {
        const bool has_name =
            object.kind == ObjectKind::table || object.kind == ObjectKind::index || object.kind == ObjectKind::view;
        // Behind a virtual table stand others, with its name before theirs.
        return has_name &&
               (word(object) == spare || (is_virtual(object) && spare.starts_with(fmt::format("{}_", word(object)))));
      };
      return std::ranges::any_of(from_.objects, takes) || std::ranges::any_of(to_.objects, takes);
    });
  }

  void create_code() {
    for (const ObjectKind kind : {ObjectKind::index, ObjectKind::view, ObjectKind::trigger}) {
      for (const Object& object : to_.objects) {
        if (object.kind == kind && !is_kept(object)) {
          if (kind == ObjectKind::view) {
            other_texts_.insert(word(object));
          }
          const auto parts = old_parts_.find(object.owner);
          const bool has_rows = kind == ObjectKind::index && parts != old_parts_.end();
          add(sqlite_statement::trimmed(object.statement),
              has_rows ? sqlite_hazards(parts->second, new_parts_.at(object.owner), {&object, 1}) : "");
        }
      }
    }
    for (const Object& object : to_.objects) {
      if (object.kind == ObjectKind::table && is_to_be_filled(object)) {
        add(fmt::format("INSERT INTO {} ({}) VALUES ('rebuild')", object.name, object.name));
      }
    }
  }

  /// Whether a full-text index has not, or not under their rowids by now, the texts of another table or of a view.
  bool is_to_be_filled(const Object& table) const {
    const std::string content = in_small_letters(indexed_content(table));
    if (content.empty()) {
      return false;
    }
    const auto has_name = [&](const Object* other) { return word(*other) == content; };
    const bool is_new = std::ranges::find(created_, &table) != created_.end();
    if (!has_texts(table, content)) {
      return false;
    }
    return is_new ? !from_.objects.empty() && std::ranges::none_of(created_, has_name) : other_texts_.contains(content);
  }

  /// Whether a table has all columns that its index lists; some are filled by triggers alone. Of a view it is not
  /// known.
  bool has_texts(const Object& index, const std::string& content) const {
    const auto has_name = [&](const auto& entry) { return in_small_letters(unquoted(entry.first)) == content; };
    const auto parts = std::ranges::find_if(new_parts_, has_name);
    if (parts == new_parts_.end()) {
      return true;
    }
    const std::vector<std::string> columns = sqlite_parts::columns(parts->second);
    const std::vector<std::string> listed = sqlite_virtual_table::indexed_columns(index);
    return std::ranges::all_of(listed, [&](const std::string& name) {
      return std::ranges::any_of(columns, [&](const std::string& column) { return same_word(unquoted(column), name); });
    });
  }

  bool is_kept(const Object& object) const {
    return object.kind == ObjectKind::view ? has_equal(from_, object) && !dropped_views_.contains(object.name)
                                           : kept_.contains({object.kind, object.name});
  }

  const Schema& from_;
  const Schema& to_;
  SchemaChange change_;
  SqliteNames names_;
  Parts old_parts_; // of the tables that stay or are made anew, by the names that they will have
  Parts new_parts_;
  std::vector<const Object*> dropped_; // tables
  std::vector<const Object*> created_;
  std::vector<SqliteTableChange> changed_;
  bool is_checked_ = false;           // whether SQLite looks through views and triggers at some step
  bool requotes_ = false;             // whether it also writes some of them anew
  std::set<std::string> vanishing_;   // tables of `from` that are dropped, also for a new one, in small letters
  std::set<std::string> hidden_;      // these, and all else that views and triggers must not mention meanwhile
  std::set<std::string> other_texts_; // tables and views of `to` with other rows, rowids or columns than before
  std::set<std::string> dropped_views_;
  std::set<ObjectKey> kept_; // indexes and triggers
};

} // namespace

SchemaChange change_sqlite(const Schema& from, const Schema& to, const ChangeOptions& options) {
  return SqliteChange(from, to, options.renames).take();
}

} // namespace retort
