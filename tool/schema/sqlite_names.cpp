#include "schema/sqlite_names.hpp"

#include "dialect/lexicon.hpp"
#include "schema/sqlite_parts.hpp"
#include "schema/sqlite_statement.hpp"
#include "schema/sqlite_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace retort {
namespace {

using namespace sqlite_text;
using sqlite_parts::find;
using sqlite_parts::own_name;

/// The text with names in it replaced where `rename` gives another one.
std::string with_names(const std::string& text,
                       const std::function<const std::string*(TextTokens tokens, std::size_t at)>& rename) {
  const std::vector<TextToken> all = tokens(text);
  std::string out;
  std::size_t done = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool is_name = all[i].kind == TokenKind::word || all[i].kind == TokenKind::quoted_identifier;
    const std::string* const name = is_name ? rename(all, i) : nullptr;
    if (name != nullptr) {
      const auto at = static_cast<std::size_t>(all[i].text.data() - text.data());
      out += text.substr(done, at - done);
      out += *name;
      done = at + all[i].text.size();
    }
  }
  return out + text.substr(done);
}

bool follows(TextTokens tokens, std::size_t at, std::string_view text) {
  return at + 1 < tokens.size() && is_punctuation(tokens[at + 1], text);
}

/// Whether the token can be a column's name.
bool names_column(TextTokens tokens, std::size_t at) {
  const bool calls = tokens[at].kind == TokenKind::word && follows(tokens, at, "(");
  return !calls && !follows(tokens, at, ".") && (at == 0 || !is_keyword(tokens[at - 1], "COLLATE"));
}

const std::string* find_name(const std::map<std::string, std::string>& names, std::string_view name) {
  const auto found =
      std::ranges::find_if(names, [&](const auto& entry) { return same_word(unquoted(entry.first), name); });
  return found == names.end() ? nullptr : &found->second;
}

} // namespace

SqliteNames::SqliteNames(const Schema& from, const Schema& to, const std::vector<Rename>& renames,
                         std::vector<std::string>& impossible) {
  // A column is told by the new name of its table.
  for (const ObjectKind kind : {ObjectKind::table, ObjectKind::column}) {
    for (const Rename& rename : renames) {
      if (rename.kind == kind) {
        add(from, to, rename, impossible);
      }
    }
    add_same_words(from, to, kind);
  }
  give_way(from, to);
}

void SqliteNames::add(const Schema& from, const Schema& to, const Rename& rename,
                      std::vector<std::string>& impossible) {
  const Object* const old_object = find(from, rename.kind, rename.from);
  const Object* const new_object = find(to, rename.kind, rename.to);
  const bool is_told_by_table = rename.kind == ObjectKind::table || old_object == nullptr || new_object == nullptr ||
                                table(old_object->owner) == new_object->owner;
  if (old_object == nullptr || new_object == nullptr || !is_told_by_table) {
    impossible.push_back(fmt::format("cannot rename the {} {} to {}: {}", name(rename.kind), rename.from, rename.to,
                                     old_object == nullptr   ? "the first is not there"
                                     : new_object == nullptr ? "the second is not there"
                                                             : "they are columns of two tables"));
  } else if (rename.kind == ObjectKind::table) {
    tables_[rename.from] = rename.to;
  } else {
    columns_[old_object->owner][own_name(*old_object)] = own_name(*new_object);
  }
}

void SqliteNames::add_same_words(const Schema& from, const Schema& to, ObjectKind kind) {
  std::map<std::string, const Object*> new_objects; // by their names in small letters
  for (const Object& object : to.objects) {
    if (object.kind == kind) {
      new_objects[in_small_letters(object.name)] = &object;
    }
  }
  for (const Object& object : from.objects) {
    if (object.kind != kind) {
      continue;
    }
    const bool is_table = kind == ObjectKind::table;
    const auto same = new_objects.find(in_small_letters(is_table ? object.name : renamed(object).name));
    if (same == new_objects.end()) {
      continue;
    }
    const std::string name = is_table ? object.name : own_name(object);
    const std::string new_name = is_table ? same->second->name : own_name(*same->second);
    Names& names = is_table ? tables_ : columns_[object.owner];
    const bool is_taken = std::ranges::any_of(names, [&](const auto& one) { return one.second == new_name; });
    if (name != new_name && !names.contains(name) && !is_taken) {
      names[name] = new_name;
    }
  }
  std::erase_if(columns_, [](const auto& names) { return names.second.empty(); });
}

void SqliteNames::give_way(const Schema& from, const Schema& to) {
  const auto is_in = [](const Names& names, const std::string& name) {
    return std::ranges::any_of(names, [&](const auto& one) { return same_word(one.second, name); });
  };
  const auto give_way = [&](Names& names, const std::vector<std::string>& old_names,
                            const std::vector<std::string>& new_names) {
    const auto is_taken = [&](const std::string& spare) {
      const auto is_spare = [&](const std::string& name) { return in_small_letters(unquoted(name)) == spare; };
      return std::ranges::any_of(old_names, is_spare) || std::ranges::any_of(new_names, is_spare);
    };
    Names away;
    for (const std::string& name : old_names) {
      if (!names.contains(name) && is_in(names, name)) {
        away[name] = sqlite_statement::spare_name("old_", name, is_taken);
      }
    }
    names.merge(away);
  };
  const auto names_of = [](const Schema& schema, const std::string& table) {
    std::vector<std::string> names;
    for (const Object& object : schema.objects) {
      if (table.empty() ? object.kind == ObjectKind::table
                        : object.kind == ObjectKind::column && object.owner == table) {
        names.push_back(table.empty() ? object.name : own_name(object));
      }
    }
    return names;
  };
  for (auto& [table_name, names] : columns_) {
    give_way(names, names_of(from, table_name), names_of(to, table(table_name)));
  }
  give_way(tables_, names_of(from, {}), names_of(to, {}));
}

std::string SqliteNames::table(const std::string& name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? name : found->second;
}

std::string SqliteNames::column(const std::string& table, const std::string& name) const {
  const auto names = columns_.find(table);
  if (names == columns_.end()) {
    return name;
  }
  const auto found = names->second.find(name);
  return found == names->second.end() ? name : found->second;
}

Object SqliteNames::renamed(const Object& object) const {
  if (object.kind == ObjectKind::view || object.kind == ObjectKind::trigger) {
    return object;
  }
  const std::string& old_table = object.kind == ObjectKind::table ? object.name : object.owner;
  const std::string new_table = table(old_table);
  Object out = object;
  if (object.kind == ObjectKind::table) {
    out.name = new_table;
    return out;
  }
  out.owner = new_table;
  if (object.kind == ObjectKind::column) {
    out.name = fmt::format("{}.{}", new_table, column(old_table, own_name(object)));
  } else if (object.kind != ObjectKind::index) {
    // `orders`, `orders.name`, or `orders (what it says)`
    const std::string rest = object.name.substr(old_table.size());
    out.name = new_table + (rest.starts_with(" (") ? renamed_text(old_table, rest) : rest);
  }
  for (Attribute& attribute : out.attributes) {
    if (attribute.name == "table") {
      attribute.value = new_table;
    } else if (attribute.name == "references") {
      attribute.value = renamed_reference(attribute.value);
    } else if (attribute.name == "columns" || attribute.name == "condition" || attribute.name == "where" ||
               attribute.name == "generated") {
      attribute.value = renamed_text(old_table, attribute.value);
    }
  }
  return out;
}

std::string SqliteNames::renamed_text(const std::string& table, const std::string& text) const {
  const auto names = columns_.find(table);
  return with_names(text, [&](TextTokens tokens, std::size_t at) -> const std::string* {
    if (follows(tokens, at, ".")) {
      return same_word(unquoted(tokens[at].text), unquoted(table)) ? find_name(tables_, unquoted(table)) : nullptr;
    }
    return names != columns_.end() && names_column(tokens, at) ? find_name(names->second, unquoted(tokens[at].text))
                                                               : nullptr;
  });
}

std::string SqliteNames::renamed_reference(const std::string& text) const {
  const std::vector<TextToken> all = tokens(text);
  const std::string referenced = unquoted(all.front().text);
  const auto names =
      std::ranges::find_if(columns_, [&](const auto& entry) { return same_word(unquoted(entry.first), referenced); });
  return with_names(text, [&](TextTokens, std::size_t at) -> const std::string* {
    if (at == 0) {
      return find_name(tables_, referenced);
    }
    return names == columns_.end() ? nullptr : find_name(names->second, unquoted(all[at].text));
  });
}

} // namespace retort
