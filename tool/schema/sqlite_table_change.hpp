#pragma once

#include "schema/change.hpp"
#include "schema/rename_order.hpp"
#include "schema/sqlite_names.hpp"
#include "schema/sqlite_table.hpp"

#include <string>
#include <vector>

namespace retort {

/// How a table that two schemas have, and that is no virtual one, becomes what it is in the second one. Its steps come
/// in three turns: with all tables taking the same turn, each step finds the names that it needs.
class SqliteTableChange {
public:
  enum class Way {
    in_place, ///< by ALTER TABLE
    rebuild   ///< a new table takes the place of the old one
  };

  /// `from` and `to` are the table, `parts` it and all that it has, by the names that it will have.
  SqliteTableChange(const Object& from, const Object& to, std::vector<Object> parts, const SqliteNames& names);

  Way way() const { return way_; }
  const std::string& table() const { return to_.name; }
  bool renames_columns() const { return !renames_.empty(); }

  /// Whether SQLite looks through all views and triggers at one of the steps.
  bool is_checked() const { return way_ == Way::rebuild || !removed_.empty() || !renames_.empty(); }

  /// Whether SQLite writes anew, with other quotes, what has strings in double quotes.
  bool requotes() const { return (way_ == Way::in_place && !removed_.empty()) || !renames_.empty(); }

  void add_drops(std::vector<SchemaChange::Step>& steps) const;
  void add_renames(std::vector<SchemaChange::Step>& steps) const;

  /// `spare` is a name that no table has.
  void add_rest(std::vector<SchemaChange::Step>& steps, const std::string& spare) const;

private:
  enum class Order { users_first, used_first };

  void match_columns(const SqliteNames& names);
  bool keeps_all_else(const SqliteNames& names) const;
  std::string lost_column(std::size_t column) const;
  bool can_drop(const SqliteTable::Definition& definition) const;
  bool can_add(const SqliteTable::Definition& definition) const;
  static bool put_in_order(std::vector<std::size_t>& columns, const SqliteTable& table, Order order);

  const Object& to_;
  std::vector<Object> parts_;
  SqliteTable old_;
  SqliteTable new_;
  std::vector<std::string> kept_;    // by the new names
  std::vector<std::size_t> removed_; // of the old columns
  std::vector<std::size_t> added_;   // of the new columns
  std::vector<NameChange> renames_;
  Way way_ = Way::in_place;
};

} // namespace retort
