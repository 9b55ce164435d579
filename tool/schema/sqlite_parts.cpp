#include "schema/sqlite_parts.hpp"

#include "schema/sqlite_text.hpp"

#include <algorithm>
#include <utility>

namespace retort::sqlite_parts {

using namespace sqlite_text;

namespace {

bool has_option(Parts parts, std::string_view option) {
  return std::ranges::any_of(
      parts, [&](const Object& part) { return part.kind == ObjectKind::table && !part.value(option).empty(); });
}

} // namespace

const Object* find(Parts parts, ObjectKind kind, std::string_view name) {
  const auto found =
      std::ranges::find_if(parts, [&](const Object& part) { return part.kind == kind && part.name == name; });
  return found == parts.end() ? nullptr : &*found;
}

const Object* find(const Schema& schema, ObjectKind kind, std::string_view name) {
  const auto found = std::ranges::lower_bound(schema.objects, std::pair(kind, name), {}, [](const Object& object) {
    return std::pair(object.kind, std::string_view(object.name));
  });
  return found != schema.objects.end() && found->kind == kind && found->name == name ? &*found : nullptr;
}

std::string own_name(const Object& column) { return column.name.substr(column.owner.size() + 1); }

std::vector<std::string> columns(Parts parts) {
  std::vector<std::string> names;
  for (const Object& part : parts) {
    if (part.kind == ObjectKind::column) {
      names.push_back(own_name(part));
    }
  }
  return names;
}

bool has(Parts parts, std::string_view column) {
  return std::ranges::any_of(
      parts, [&](const Object& part) { return part.kind == ObjectKind::column && own_name(part) == column; });
}

std::vector<std::string> items(std::string_view list) {
  const std::vector<TextToken> all = tokens(list);
  std::vector<std::string> found;
  for (TextCursor cursor(all); !cursor.at_end();) {
    found.emplace_back(written(cursor.element()));
  }
  return found;
}

bool is_strict(Parts parts) { return has_option(parts, "strict"); }

bool has_rowid(Parts parts) { return !has_option(parts, "without rowid"); }

std::string rowid_column(Parts parts) {
  const auto key = std::ranges::find_if(parts, [](const Object& part) { return part.kind == ObjectKind::primary_key; });
  if (key == parts.end() || !has_rowid(parts)) {
    return {};
  }
  const std::string name(key->value("columns"));
  const Object* const column = find(parts, ObjectKind::column, key->owner + "." + name);
  return column != nullptr && column->value("type") == "INTEGER" ? name : "";
}

std::string rowid_name(Parts parts) {
  for (const char* const name : {"rowid", "_rowid_", "oid"}) {
    if (std::ranges::none_of(columns(parts),
                             [&](const std::string& column) { return in_small_letters(unquoted(column)) == name; })) {
      return name;
    }
  }
  return {};
}

} // namespace retort::sqlite_parts
