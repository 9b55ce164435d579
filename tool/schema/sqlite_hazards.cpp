#include "schema/sqlite_hazards.hpp"

#include "schema/sqlite_statement.hpp"
#include "schema/sqlite_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace retort {
namespace {

using namespace sqlite_parts;

/// How a column that is not STRICT converts what it is given. Of INTEGER and NUMERIC, only CAST knows a difference.
enum class Affinity { text, numeric, real, blob };

Affinity affinity(std::string_view type, Parts table) {
  const auto has_any = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return type.find(word) != type.npos; });
  };
  if (is_strict(table) && type == "ANY") {
    return Affinity::blob;
  }
  if (has_any({"INT"})) {
    return Affinity::numeric;
  }
  if (has_any({"CHAR", "CLOB", "TEXT"})) {
    return Affinity::text;
  }
  if (type.empty() || has_any({"BLOB"})) {
    return Affinity::blob;
  }
  return has_any({"REAL", "FLOA", "DOUB"}) ? Affinity::real : Affinity::numeric;
}

/// Whether a text holds a function or an operator that fails where it is given no JSON.
bool reads_json(std::string_view text) {
  using namespace sqlite_text;
  const std::vector<TextToken> all = tokens(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool calls = all[i].kind == TokenKind::word && i + 1 < all.size() && is_punctuation(all[i + 1], "(");
    if (is_punctuation(all[i], "->") || is_punctuation(all[i], "->>") ||
        (calls && in_small_letters(std::string(all[i].text)).starts_with("json") &&
         !is_keyword(all[i], "json_valid"))) {
      return true;
    }
  }
  return false;
}

/// Whether a STRICT column of one type takes all that one of the other holds.
bool takes_all(std::string_view type, std::string_view of) {
  const auto is_integer = [](std::string_view one) { return one == "INT" || one == "INTEGER"; };
  return type == "ANY" || type == of || (is_integer(type) && is_integer(of)) || (type == "REAL" && is_integer(of)) ||
         (type == "TEXT" && (is_integer(of) || of == "REAL"));
}

class Hazards {
public:
  Hazards(Parts from, Parts to)
      : from_(from), to_(to), is_strict_(is_strict(to)), becomes_strict_(is_strict_ && !is_strict(from)),
        changed_(with_computed([&](const Object& column) { return changes_values(column); })),
        json_(with_computed([](const Object& column) { return reads_json(column.value("generated")); })) {}

  void add(const Object& part) {
    switch (part.kind) {
    case ObjectKind::table: add_table(part); break;
    case ObjectKind::column: add_column(part); break;
    case ObjectKind::primary_key: add_primary_key(part); break;
    case ObjectKind::unique: add_key(part); break;
    case ObjectKind::index: add_index(part); break;
    case ObjectKind::check: add_check(part); break;
    case ObjectKind::foreign_key: add_foreign_key(part); break;
    default: break;
    }
  }

  std::string take() const { return fmt::format("{}", fmt::join(hazards_, "; ")); }

private:
  using Columns = std::set<const Object*>; // of to_

  template <typename... Arguments>
  void say(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
    hazards_.push_back(fmt::format(text, std::forward<Arguments>(arguments)...));
  }

  void add_table(const Object& table) {
    if (becomes_strict_) {
      say("fails where a value of {} is not of its column's type", table.name);
    }
  }

  void add_column(const Object& column) {
    const Object* const old = find(from_, ObjectKind::column, column.name);
    const bool is_generated = !column.value("generated").empty();
    const bool is_numbered = own_name(column) == rowid_column(to_);
    if (column.value("nullable") != "yes" && !is_numbered) {
      if (old == nullptr && !is_generated) {
        if (const std::string_view value = column.value("default"); value.empty() || value == "NULL") {
          say("fails where {} has rows: the new column {} is NOT NULL and has no default", column.owner, column.name);
        }
      } else if (old == nullptr || old->value("nullable") == "yes" || (is_generated && changed_.contains(&column))) {
        say("fails where {} is NULL", column.name);
      }
    }
    if (old != nullptr && !is_generated) {
      add_type(column, *old);
    }
    if (is_strict_ && !becomes_strict_ && column.value("generated").ends_with(" stored") &&
        column.value("type") != "ANY" && (changed_.contains(&column) || old->value("type") != column.value("type"))) {
      say("fails where {} is no {}", column.name, column.value("type"));
    }
    if (column.value("generated").ends_with(" stored") && changed_.contains(&column)) {
      add_json(column.owner, column.value("generated"));
    }
  }

  /// The columns that a text names, and perhaps some whose names are other words of it.
  Columns named_columns(std::string_view text) const {
    const std::set<std::string> names = sqlite_statement::names(text);
    Columns columns;
    for (const Object& part : to_) {
      if (part.kind == ObjectKind::column &&
          names.contains(sqlite_text::in_small_letters(sqlite_text::unquoted(own_name(part))))) {
        columns.insert(&part);
      }
    }
    return columns;
  }

  bool mentions(std::string_view text, const Columns& columns) const {
    return std::ranges::any_of(named_columns(text), [&](const Object* column) { return columns.contains(column); });
  }

  /// Columns, and all that are computed from them.
  template <class Predicate>
  Columns with_computed(Predicate is_first) const {
    Columns found;
    for (std::size_t before = 1; before != found.size();) {
      before = found.size();
      for (const Object& part : to_) {
        if (part.kind == ObjectKind::column && (is_first(part) || mentions(part.value("generated"), found))) {
          found.insert(&part);
        }
      }
    }
    return found;
  }

  /// Whether rows have other values in it than before: it is computed, or what it has is converted.
  bool changes_values(const Object& column) const {
    const Object* const old = find(from_, ObjectKind::column, column.name);
    if (const std::string_view generated = column.value("generated"); !generated.empty()) {
      return old == nullptr || old->value("generated") != generated;
    }
    const Affinity to = affinity(column.value("type"), to_);
    return old != nullptr && to != Affinity::blob && to != affinity(old->value("type"), from_);
  }

  void add_json(std::string_view table, std::string_view text) {
    if (reads_json(text) || mentions(text, json_)) {
      say("fails where {} has a value that is no JSON", table);
    }
  }

  void add_index(const Object& index) {
    if (!index.value("unique").empty()) {
      add_key(index);
    }
    const std::string text = fmt::format("{} {}", index.value("columns"), index.value("where"));
    const bool is_old = std::ranges::any_of(from_, [&](const Object& part) {
      return part.kind == ObjectKind::index && part.value("columns") == index.value("columns") &&
             part.value("where") == index.value("where");
    });
    if (!is_old || mentions(text, changed_)) {
      add_json(index.owner, text);
    }
  }

  void add_type(const Object& column, const Object& old) {
    const std::string_view type = column.value("type");
    const std::string_view old_type = old.value("type");
    if (is_strict_ && !becomes_strict_ && !takes_all(type, old_type)) {
      say("fails where {} is no {}", column.name, type);
    }
    if (changed_.contains(&column)) {
      say("may change values of {}: {} instead of {}", column.name, type, old_type.empty() ? "no type" : old_type);
    }
  }

  void add_primary_key(const Object& key) {
    if (const std::string rowid = rowid_column(to_); !rowid.empty()) {
      const Object* const old = find_column(rowid);
      if (old == nullptr || rowid == rowid_column(from_)) {
        return;
      }
      say("fails where {} is no integer", old->name);
      if (can_be_null(*old)) {
        say("may change values of {}: a number instead of NULL", old->name);
      }
    } else if (is_strict_ || !has_rowid(to_)) {
      for (const std::string& item : items(key.value("columns"))) {
        const Object* const old = find_column(item);
        if (old != nullptr && can_be_null(*old) && column_of(item)->value("nullable") == "yes") {
          say("fails where {} is NULL", old->name);
        }
      }
    }
    add_key(key);
  }

  /// Whether a column that is there can be NULL: one of a primary key can, but not in all tables.
  bool can_be_null(const Object& column) const {
    const bool is_number = own_name(column) == rowid_column(from_);
    const bool is_in_strict_key = (is_strict(from_) || !has_rowid(from_)) && is_in_key(column);
    return column.value("nullable") == "yes" && !is_number && !is_in_strict_key;
  }

  /// The column that an item of a list of columns begins with.
  static std::string first_name(const std::string& item) {
    const std::vector<sqlite_text::TextToken> all = sqlite_text::tokens(item);
    return all.empty() ? "" : std::string(all.front().text);
  }

  const Object* find_in(Parts parts, const std::string& item) const {
    const std::string name = first_name(item);
    const auto found = std::ranges::find_if(
        parts, [&](const Object& part) { return part.kind == ObjectKind::column && own_name(part) == name; });
    return found == parts.end() ? nullptr : &*found;
  }
  const Object* find_column(const std::string& item) const { return find_in(from_, item); }
  const Object* column_of(const std::string& item) const { return find_in(to_, item); }

  bool is_in_key(const Object& column) const {
    return std::ranges::any_of(from_, [&](const Object& part) {
      return part.kind == ObjectKind::primary_key &&
             std::ranges::any_of(items(part.value("columns")),
                                 [&](const std::string& item) { return first_name(item) == own_name(column); });
    });
  }

  /// The items of a key without their order, which no two rows' being the same depends on.
  static std::vector<std::string> compared_items(const Object& key) {
    constexpr std::string_view descending = " DESC";
    std::vector<std::string> compared = items(key.value("columns"));
    for (std::string& item : compared) {
      item.resize(item.size() - (item.ends_with(descending) ? descending.size() : 0));
    }
    return compared;
  }

  /// Whether no two rows that the table has can be the same in these columns.
  bool differ_already(const Object& key) const {
    const std::vector<std::string> columns = compared_items(key);
    const auto compares_as_before = [&](const std::string& item) {
      return std::ranges::all_of(named_columns(item), [&](const Object* column) {
        const Object* const old = find(from_, ObjectKind::column, column->name);
        return !changed_.contains(column) && (old == nullptr || old->value("collation") == column->value("collation"));
      });
    };
    return std::ranges::any_of(from_, [&](const Object& part) {
      const bool is_key = part.kind == ObjectKind::primary_key || part.kind == ObjectKind::unique ||
                          (part.kind == ObjectKind::index && !part.value("unique").empty());
      const bool covers = part.value("where").empty() || part.value("where") == key.value("where");
      return is_key && covers && std::ranges::all_of(compared_items(part), [&](const std::string& item) {
               return compares_as_before(item) && std::ranges::find(columns, item) != columns.end();
             });
    });
  }

  void add_key(const Object& key) {
    if (!differ_already(key)) {
      say("fails where {} has rows with the same {}", key.owner, key.value("columns"));
    }
  }

  bool mentions_kept(std::string_view text) const {
    return std::ranges::any_of(named_columns(text), [&](const Object* column) {
      return find(from_, ObjectKind::column, column->name) != nullptr;
    });
  }

  void add_check(const Object& check) {
    const std::string_view condition = check.value("condition");
    const bool is_old = std::ranges::any_of(from_, [&](const Object& part) {
      return part.kind == ObjectKind::check && part.value("condition") == condition;
    });
    if ((!is_old && mentions_kept(condition)) || mentions(condition, changed_)) {
      say("fails where {} has rows that break the check {}", check.owner, condition);
    }
  }

  void add_foreign_key(const Object& key) {
    const auto referenced = [](const Object& one) {
      return sqlite_text::in_small_letters(std::string(one.value("references")));
    };
    const bool is_old = std::ranges::any_of(from_, [&](const Object& part) {
      return part.kind == ObjectKind::foreign_key && part.value("columns") == key.value("columns") &&
             referenced(part) == referenced(key);
    });
    const bool is_null = std::ranges::any_of(items(key.value("columns")), [&](const std::string& item) {
      const Object* const column = column_of(item);
      return find_column(item) == nullptr && column != nullptr && column->value("default").empty() &&
             column->value("generated").empty() && own_name(*column) != rowid_column(to_);
    });
    if (!is_old && !is_null) {
      say("fails where {} ({}) has no match in {}", key.owner, key.value("columns"), key.value("references"));
    }
  }

  Parts from_;
  Parts to_;
  bool is_strict_;
  bool becomes_strict_;
  Columns changed_;
  Columns json_; // that are computed from JSON
  std::vector<std::string> hazards_;
};

} // namespace

std::string sqlite_hazards(Parts from, Parts to, Parts parts) {
  Hazards hazards(from, to);
  for (const Object& part : parts) {
    hazards.add(part);
  }
  return hazards.take();
}

} // namespace retort
