#pragma once

#include "schema/change.hpp"

#include <random>
#include <string>
#include <vector>

namespace retort {

/// A schema of SQLite that chance makes, and changes.
class RandomSchema {
public:
  explicit RandomSchema(std::mt19937& random);

  /// What makes it.
  std::string sql() const;

  /// Rows for all tables. Those that break a constraint are passed over.
  std::string rows();

  /// Changes something; what is renamed goes to `renames`.
  void change(std::vector<Rename>& renames);

private:
  struct Column {
    std::string name;
    std::string type;
    std::string rest; ///< of its definition, without names of columns
    std::string computed_from = {};
    bool is_stored = false;
  };
  struct Index {
    std::string name;
    std::vector<std::string> columns;
    bool is_unique = false;
    bool is_partial = false;
  };
  struct Table {
    std::string name;
    std::vector<Column> columns;
    std::vector<std::string> key;
    std::vector<std::string> unique;
    std::string refers = {}; ///< of the first column, to the key of that table
    bool is_strict = false;
    bool has_rowid = true;
    std::vector<Index> indexes = {};
  };
  struct View {
    std::string name;
    std::string of;
    std::string column; ///< or `*`
  };
  struct Trigger {
    std::string name;
    std::string on;
    std::string mentions;
  };

  std::size_t below(std::size_t end) { return random_() % end; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <typename T>
  T& any(std::vector<T>& of) {
    return of[below(of.size())];
  }

  std::string new_name();
  std::string new_column_name(const Table& table);
  Column new_column(const Table& table);
  void add_table();
  void add_view();
  void add_trigger();
  void add_index(Table& table);
  void drop_table();
  void drop_column(Table& table);
  void rename_table(std::vector<Rename>& renames);
  void rename_column(std::vector<Rename>& renames);
  void change_column(Table& table);
  bool is_there(const std::string& name) const;
  void drop_dangling();
  std::string value(const Table& table, const Column& column);
  static bool can_have_key(const Table& table);
  std::string sql_of(const Table& table) const;

  std::mt19937& random_;
  int names_ = 0; ///< so far
  std::vector<Table> tables_;
  std::vector<View> views_;
  std::vector<Trigger> triggers_;
};

} // namespace retort
