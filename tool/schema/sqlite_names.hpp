#pragma once

#include "schema/change.hpp"

#include <map>
#include <string>
#include <vector>

namespace retort {

/// What the tables and columns of one schema are called in another one: as before, as they are said to be, or the same
/// but for the case of letters. What the other one has not, and whose name something else gets, has a name that is
/// in nobody's way. Names are as in Object::name, a column's without its table's.
class SqliteNames {
public:
  /// What cannot be told the names of goes to `impossible`.
  SqliteNames(const Schema& from, const Schema& to, const std::vector<Rename>& renames,
              std::vector<std::string>& impossible);

  std::string table(const std::string& name) const;
  std::string column(const std::string& table, const std::string& name) const;

  /// By the old name of the table: whether it or one of its columns has another name.
  bool is_renamed(const std::string& table) const { return tables_.contains(table) || columns_.contains(table); }

  /// The tables that have other names, by their old ones.
  const std::map<std::string, std::string>& tables() const { return tables_; }

  /// What ALTER TABLE … RENAME makes of a part of a table. Views and triggers stay as they are.
  Object renamed(const Object& object) const;

private:
  using Names = std::map<std::string, std::string>;

  void add(const Schema& from, const Schema& to, const Rename& rename, std::vector<std::string>& impossible);
  void add_same_words(const Schema& from, const Schema& to, ObjectKind kind);
  void give_way(const Schema& from, const Schema& to);
  std::string renamed_text(const std::string& table, const std::string& text) const;
  std::string renamed_reference(const std::string& text) const;

  Names tables_;                         // by the old names
  std::map<std::string, Names> columns_; // by the tables' old names
};

} // namespace retort
