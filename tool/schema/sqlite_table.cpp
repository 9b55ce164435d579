#include "schema/sqlite_table.hpp"

#include "schema/sqlite_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

namespace retort {
namespace {

using namespace sqlite_text;

constexpr std::array column_constraint_words = {"CONSTRAINT", "PRIMARY", "NOT",        "NULL",  "UNIQUE",
                                                "CHECK",      "DEFAULT", "COLLATE",    "AS",    "REFERENCES",
                                                "GENERATED",  "ON",      "DEFERRABLE", "MATCH", "INITIALLY"};
constexpr std::array table_constraint_words = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"};

bool is_any(const TextToken& token, std::span<const char* const> keywords) {
  return std::ranges::any_of(keywords, [&](const char* keyword) { return is_keyword(token, keyword); });
}

std::vector<TextTokens> elements(TextTokens tokens) {
  std::vector<TextTokens> found;
  for (TextCursor cursor(tokens); !cursor.at_end();) {
    found.push_back(cursor.element());
  }
  return found;
}

void add(Object& object, std::string_view name, std::string value) {
  if (!value.empty()) {
    object.attributes.push_back({name, std::move(value)});
  }
}

/// A list of columns, each with what it may have: `a, b COLLATE NOCASE, c DESC`.
std::string column_list(TextTokens tokens, const std::vector<std::string>& columns) {
  std::vector<std::string> texts;
  for (TextTokens element : elements(tokens)) {
    if (element.size() > 1 && is_keyword(element.back(), "ASC")) {
      element = element.first(element.size() - 1);
    }
    texts.push_back(canonical(element, DoubleQuotes::string, columns));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string name_list(TextTokens tokens) {
  std::vector<std::string> names;
  for (const TextTokens element : elements(tokens)) {
    names.push_back(spelled(TextCursor(element).name()));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// Reads one CREATE TABLE.
class TableReader {
public:
  explicit TableReader(std::string_view table) : table_(spelled(table)) {}

  SqliteTable read(TextCursor cursor) {
    cursor.accept("CREATE");
    const bool is_virtual = cursor.accept("VIRTUAL");
    cursor.accept("TABLE");
    cursor.accept("IF NOT EXISTS");
    cursor.next();
    Object table{ObjectKind::table, table_, {}, {}};
    if (is_virtual) {
      cursor.accept("USING");
      add(table, "using", spaced(cursor.rest()));
      out_.objects.push_back(std::move(table));
      return std::move(out_);
    }
    const std::vector<TextTokens> parts = elements(cursor.parenthesised());
    read_options(table, cursor);
    out_.objects.push_back(std::move(table));
    for (const TextTokens part : parts) {
      if (!is_any(part.front(), table_constraint_words)) {
        out_.columns.push_back(TextCursor(part).name());
      }
    }
    for (const TextTokens part : parts) {
      const std::size_t first = out_.objects.size();
      read_part(TextCursor(part));
      if (!is_any(part.front(), table_constraint_words)) {
        out_.definitions.push_back({std::string(written(part)), first, out_.objects.size()});
      }
    }
    return std::move(out_);
  }

private:
  static void read_options(Object& table, TextCursor cursor) {
    std::string other;
    bool without_rowid = false;
    bool strict = false;
    while (!cursor.at_end()) {
      const TextTokens option = cursor.element();
      if (TextCursor words(option); words.accept("WITHOUT") && is_keyword(words.peek(), "ROWID")) {
        without_rowid = true;
      } else if (option.size() == 1 && is_keyword(option.front(), "STRICT")) {
        strict = true;
      } else {
        other += canonical(option, DoubleQuotes::name);
      }
    }
    add(table, "without rowid", without_rowid ? "yes" : "");
    add(table, "strict", strict ? "yes" : "");
    add(table, "other", std::move(other));
  }

  void read_part(TextCursor cursor) {
    if (!is_any(cursor.peek(), table_constraint_words)) {
      read_column(cursor);
      return;
    }
    // SQLite asks for no comma between constraints.
    while (!cursor.at_end() && read_table_constraint(cursor)) {
    }
  }

  /// What a column's definition says of the column alone.
  struct Column {
    std::string type;
    std::string not_null;
    std::string default_value;
    std::string generated;
    std::string collation;
    std::string other;
  };

  void read_column(TextCursor cursor) {
    const std::string name = cursor.name();
    Column column;
    const TextTokens from = cursor.rest();
    while (!cursor.at_end() && !is_any(cursor.peek(), column_constraint_words)) {
      if (cursor.parenthesised().empty()) {
        cursor.next();
      }
    }
    column.type = type_name(from.first(from.size() - cursor.rest().size()));
    position_ += 1;
    const std::size_t at = out_.objects.size();
    out_.objects.push_back({ObjectKind::column, table_ + "." + spelled(name), table_, {}});
    while (!cursor.at_end()) {
      read_column_constraint(cursor, name, column);
    }
    Object& object = out_.objects[at];
    add(object, "position", std::to_string(position_));
    add(object, "type", std::move(column.type));
    add(object, "nullable", column.not_null.empty() ? "yes" : column.not_null);
    add(object, "default", std::move(column.default_value));
    add(object, "generated", std::move(column.generated));
    add(object, "collation", std::move(column.collation));
    add(object, "other", std::move(column.other));
  }

  static std::string type_name(TextTokens tokens) {
    std::string type;
    for (const TextToken& token : tokens) {
      const bool joins = type.empty() || token.kind == TokenKind::punctuation || type.ends_with('(') ||
                         type.ends_with('-') || type.ends_with('+');
      type += joins ? "" : " ";
      type += unquoted(token.text);
    }
    std::ranges::transform(type, type.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - ('a' - 'A')) : c; });
    return type;
  }

  void read_column_constraint(TextCursor& cursor, const std::string& name, Column& column) {
    const std::string constraint = constraint_name(cursor);
    if (cursor.accept("PRIMARY KEY")) {
      std::string columns = spelled(name);
      columns += cursor.accept("DESC") ? " DESC" : "";
      cursor.accept("ASC");
      Object key = begin(ObjectKind::primary_key, constraint, {});
      add(key, "columns", std::move(columns));
      add(key, "on conflict", conflict(cursor));
      add(key, "autoincrement", cursor.accept("AUTOINCREMENT") ? "yes" : "");
      out_.objects.push_back(std::move(key));
    } else if (cursor.accept("NOT NULL")) {
      column.not_null = "no";
      if (const std::string action = conflict(cursor); !action.empty()) {
        column.not_null += fmt::format(" (on conflict {})", action);
      }
    } else if (cursor.accept("NULL")) {
      conflict(cursor);
    } else if (cursor.accept("UNIQUE")) {
      add_unique(constraint, spelled(name), cursor);
    } else if (cursor.accept("CHECK")) {
      add_check(constraint, cursor);
    } else if (cursor.accept("DEFAULT")) {
      column.default_value = default_value(cursor);
    } else if (cursor.accept("COLLATE")) {
      column.collation = collation(cursor.name());
    } else if (is_keyword(cursor.peek(), "REFERENCES")) {
      add_foreign_key(constraint, spelled(name), cursor);
    } else if (cursor.accept("GENERATED ALWAYS AS") || cursor.accept("AS")) {
      column.generated = expression(cursor.parenthesised());
      column.generated += cursor.accept("STORED") ? " stored" : " virtual";
      cursor.accept("VIRTUAL");
    } else if (!cursor.at_end()) {
      column.other += canonical(cursor.rest().first(1), DoubleQuotes::name) + " ";
      cursor.next();
    }
  }

  /// Returns whether one was read.
  bool read_table_constraint(TextCursor& cursor) {
    const std::string constraint = constraint_name(cursor);
    if (cursor.accept("PRIMARY KEY")) {
      TextTokens listed = cursor.parenthesised();
      const bool counts = !listed.empty() && is_keyword(listed.back(), "AUTOINCREMENT");
      listed = listed.first(listed.size() - (counts ? 1 : 0));
      Object key = begin(ObjectKind::primary_key, constraint, {});
      add(key, "columns", key_columns(listed));
      add(key, "on conflict", conflict(cursor));
      add(key, "autoincrement", counts ? "yes" : "");
      out_.objects.push_back(std::move(key));
    } else if (cursor.accept("UNIQUE")) {
      const std::string columns = column_list(cursor.parenthesised(), out_.columns);
      add_unique(constraint, columns, cursor);
    } else if (cursor.accept("CHECK")) {
      add_check(constraint, cursor);
    } else if (cursor.accept("FOREIGN KEY")) {
      const std::string columns = column_list(cursor.parenthesised(), out_.columns);
      add_foreign_key(constraint, columns, cursor);
    } else {
      return false;
    }
    return true;
  }

  /// Where the one column is another name of the rowid, it has neither order nor collation of its own, but for a
  /// column's own `PRIMARY KEY DESC`, which makes it no such name.
  std::string key_columns(TextTokens listed) const {
    const TextToken& first = listed.front();
    const std::string name = canonical({&first, 1}, DoubleQuotes::name, out_.columns);
    const bool is_rowid = elements(listed).size() == 1 && out_.objects.front().value("without rowid").empty() &&
                          std::ranges::any_of(out_.objects, [&](const Object& object) {
                            return object.kind == ObjectKind::column && object.value("type") == "INTEGER" &&
                                   object.name == fmt::format("{}.{}", table_, name);
                          });
    return is_rowid ? name : column_list(listed, out_.columns);
  }

  static std::string constraint_name(TextCursor& cursor) {
    std::string name;
    while (cursor.accept("CONSTRAINT")) {
      name = cursor.name();
    }
    return name;
  }

  static std::string conflict(TextCursor& cursor) {
    const std::string action = cursor.accept("ON CONFLICT") ? in_small_letters(std::string(cursor.next().text)) : "";
    return action == "abort" ? "" : action;
  }

  /// A constraint is known by its name, or by `what` it says.
  Object begin(ObjectKind kind, const std::string& constraint, const std::string& what) const {
    Object object{kind, table_, table_, {}};
    if (kind == ObjectKind::primary_key) {
      add(object, "name", constraint.empty() ? "" : spelled(constraint));
    } else {
      object.name += constraint.empty() ? fmt::format(" ({})", what) : "." + spelled(constraint);
    }
    return object;
  }

  std::string expression(TextTokens tokens) const { return canonical(tokens, DoubleQuotes::string, out_.columns); }

  void add_unique(const std::string& constraint, const std::string& columns, TextCursor& cursor) {
    Object unique = begin(ObjectKind::unique, constraint, columns);
    add(unique, "columns", columns);
    add(unique, "on conflict", conflict(cursor));
    out_.objects.push_back(std::move(unique));
  }

  void add_check(const std::string& constraint, TextCursor& cursor) {
    const std::string condition = expression(cursor.parenthesised());
    Object check = begin(ObjectKind::check, constraint, condition);
    add(check, "condition", condition);
    conflict(cursor); // SQLite takes it, and does nothing
    out_.objects.push_back(std::move(check));
  }

  void add_foreign_key(const std::string& constraint, const std::string& columns, TextCursor& cursor) {
    Object key = begin(ObjectKind::foreign_key, constraint, columns);
    cursor.accept("REFERENCES");
    std::string referenced = spelled(cursor.name());
    const std::string named = name_list(cursor.parenthesised());
    referenced += named.empty() ? "" : fmt::format("({})", named);
    std::string on_delete;
    std::string on_update;
    std::string match;
    for (;;) {
      if (cursor.accept("ON DELETE")) {
        on_delete = action(cursor);
      } else if (cursor.accept("ON UPDATE")) {
        on_update = action(cursor);
      } else if (cursor.accept("MATCH")) {
        match = in_small_letters(cursor.name());
      } else {
        break;
      }
    }
    add(key, "columns", columns);
    add(key, "references", std::move(referenced));
    add(key, "on delete", std::move(on_delete));
    add(key, "on update", std::move(on_update));
    add(key, "match", std::move(match));
    add(key, "deferrable", deferral(cursor));
    out_.objects.push_back(std::move(key));
  }

  static std::string action(TextCursor& cursor) {
    if (cursor.accept("NO ACTION")) {
      return {};
    }
    std::string words = in_small_letters(std::string(cursor.next().text));
    if (words == "set") {
      words += " " + in_small_letters(std::string(cursor.next().text));
    }
    return words;
  }

  /// Only DEFERRABLE INITIALLY DEFERRED makes a difference.
  static std::string deferral(TextCursor& cursor) {
    const bool never = cursor.accept("NOT DEFERRABLE");
    if (!never && !cursor.accept("DEFERRABLE")) {
      return {};
    }
    const bool deferred = cursor.accept("INITIALLY DEFERRED");
    cursor.accept("INITIALLY IMMEDIATE");
    return deferred && !never ? "initially deferred" : "";
  }

  static std::string default_value(TextCursor& cursor) {
    if (is_punctuation(cursor.peek(), "(")) {
      return canonical(cursor.parenthesised(), DoubleQuotes::string);
    }
    const bool has_sign = is_punctuation(cursor.peek(), "-") || is_punctuation(cursor.peek(), "+");
    const TextTokens value = cursor.rest().first(std::min<std::size_t>(has_sign ? 2 : 1, cursor.rest().size()));
    for (std::size_t i = 0; i < value.size(); ++i) {
      cursor.next();
    }
    return canonical(value, DoubleQuotes::string);
  }

  static std::string collation(const std::string& name) {
    std::string folded = in_small_letters(name);
    return folded == "binary" ? "" : folded;
  }

  std::string table_;
  SqliteTable out_;
  std::size_t position_ = 0;
};

} // namespace

SqliteTable read_sqlite_table(std::string_view table, std::string_view sql) {
  const std::vector<TextToken> all = tokens(sql);
  return TableReader(table).read(TextCursor(all));
}

Object read_sqlite_index(std::string_view index, std::string_view table, std::string_view sql,
                         const std::vector<std::string>& columns) {
  const std::vector<TextToken> all = tokens(sql);
  TextCursor cursor(all);
  cursor.accept("CREATE");
  const bool is_unique = cursor.accept("UNIQUE");
  while (!cursor.at_end() && !is_punctuation(cursor.peek(), "(")) {
    cursor.next();
  }
  Object object{ObjectKind::index, spelled(index), spelled(table), {}};
  add(object, "table", spelled(table));
  add(object, "unique", is_unique ? "yes" : "");
  add(object, "columns", column_list(cursor.parenthesised(), columns));
  if (cursor.accept("WHERE")) {
    add(object, "where", canonical(cursor.rest(), DoubleQuotes::string, columns));
  }
  return object;
}

} // namespace retort
